import { describe, expect, it } from 'vitest';
import type { JsonObject } from './index.ts';
import { card, client, codeOf, sendCard, sendText, start, webhook } from './test-kit.ts';

const typeOf = (payload: JsonObject): unknown => (payload.header as JsonObject).event_type;

describe('people and chats', () => {
  it('tells the bot of joins and leaves, and nothing of chats it is not in', async () => {
    const sim = await start();
    const seen: JsonObject[] = [];
    await webhook(sim, (payload) => {
      seen.push(payload);
      return {};
    });
    const lin = sim.addUser({ name: '林一' });
    const he = sim.addUser({ name: '贺二' });
    const group = sim.addGroup({ name: '第一支部', members: [lin], external: true });
    expect(await sim.addMembers(group, [he], lin)).toMatchObject({ pushed: false });
    await sim.addBotTo(group, lin);
    await sim.removeMembers(group, [he], lin);
    await sim.removeBotFrom(group, lin);
    expect(seen.map(typeOf)).toEqual([
      'im.chat.member.bot.added_v1',
      'im.chat.member.user.deleted_v1',
      'im.chat.member.bot.deleted_v1',
    ]);
    expect(seen[0]).toMatchObject({ event: { chat_id: group, external: true, name: '第一支部' } });
    expect(seen[1]).toMatchObject({ event: { users: [{ name: '贺二', user_id: { open_id: he.openId } }] } });
    await expect(he.say(group, '喂')).rejects.toThrow('not in the chat');
    expect((await codeOf(sendText(client(sim), group, '已记'))).code).toBe(230002);
  });

  it('hears only what names the bot when the scope is missing', async () => {
    const sim = await start({ groupScope: 'at' });
    const seen: JsonObject[] = [];
    await webhook(sim, (payload) => {
      seen.push(payload);
      return {};
    });
    const lin = sim.addUser({ name: '林一' });
    const group = sim.addGroup({ name: '第一支部', members: [lin], withBot: true });
    expect(await lin.say(group, '/走访 3号楼')).toMatchObject({ pushed: false });
    const heard = await lin.say(group, '走访 3号楼', {
      mentionBot: true,
      messageId: 'om_fixed',
      createTime: 1_700_000_000_000,
    });
    expect(heard).toMatchObject({ pushed: true, messageId: 'om_fixed' });
    expect(seen).toHaveLength(1);
    expect(seen[0]).toMatchObject({
      event: { message: { message_id: 'om_fixed', create_time: '1700000000000' } },
    });
  });

  it('pushes recalls and reactions, and lets a managing bot recall for others', async () => {
    const sim = await start();
    const seen: JsonObject[] = [];
    await webhook(sim, (payload) => {
      seen.push(payload);
      return {};
    });
    const lin = sim.addUser({ name: '林一' });
    const group = sim.addGroup({ name: '第一支部', members: [lin], withBot: true });
    const to = client(sim);
    const said = await lin.say(group, '写错了');
    await lin.recall(said.messageId ?? '');
    expect(seen.at(-1)).toMatchObject({
      event: { message_id: said.messageId, recall_type: 'message_owner' },
    });
    const again = await lin.say(group, '有电话号码');
    const drop = () => to.im.v1.message.delete({ path: { message_id: again.messageId ?? '' } });
    expect((await codeOf(drop())).code).toBe(230026);
    sim.setBotManager(group, true);
    await drop();
    expect(sim.allMessages.map((each) => each.deleted)).toEqual([true, true]);
    await sendCard(to, lin.openId, card([]));
    const shown = sim.private(lin).lastCard();
    if (!shown) throw new Error('no card');
    await lin.react(shown, 'OK');
    expect(seen.at(-1)).toMatchObject({
      event: { reaction_type: { emoji_type: 'OK' }, user_id: { open_id: lin.openId } },
    });
    sim.dissolve(group);
    expect((await codeOf(sendText(to, group, '还在吗'))).code).toBe(232009);
  });

  it('serves the files of messages and keeps slash commands unique', async () => {
    const sim = await start();
    await webhook(sim, () => ({}));
    const lin = sim.addUser({ name: '林一' });
    const to = client(sim);
    const photo = await lin.sayPrivately('', { type: 'image' });
    const { image_key: key } = JSON.parse(sim.allMessages[0]?.raw ?? '{}') as { image_key: string };
    const file = await to.im.v1.messageResource.get({
      path: { message_id: photo.messageId ?? '', file_key: key },
      params: { type: 'image' },
    });
    const parts: Buffer[] = [];
    for await (const part of file.getReadableStream()) parts.push(part as Buffer);
    expect(Buffer.concat(parts).toString()).toBe('simulated');

    const url = '/open-apis/application/v7/app_slash_commands';
    const data = { command: '走访', description: { default_value: '记一次走访' } };
    await to.request({ method: 'POST', url, data });
    expect((await codeOf(to.request({ method: 'POST', url, data }))).code).toBe(40000000);
    const id = String(sim.slashCommands[0]?.command_id);
    await to.request({
      method: 'PATCH',
      url: `${url}/${id}`,
      data: { description: { default_value: '记走访' } },
    });
    expect(await to.request({ method: 'GET', url })).toMatchObject({
      data: { items: [{ command: '走访', description: { default_value: '记走访' } }] },
    });
    await to.request({ method: 'DELETE', url: `${url}/${id}` });
    expect(sim.slashCommands).toEqual([]);
  });

  it('says which chats hold what when waiting is in vain', async () => {
    const sim = await start();
    const lin = sim.addUser({ name: '林一' });
    await sendText(client(sim), lin.openId, '已记 · 3号楼 1户');
    await expect(sim.waitFor(() => sim.private(lin).texts().length > 1, { timeoutMs: 60 })).rejects.toThrow(
      '[private 林一] bot: 已记 · 3号楼 1户',
    );
    expect(await sim.waitFor(() => sim.private(lin).last())).toMatchObject({
      msgType: 'text',
      openId: lin.openId,
    });
  });
});
