import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { card, later, platformOf, setUp, to } from './sim-platform.ts';

const MESSAGES = '/open-apis/im/v1/messages';

describe('deliver', () => {
  it('sends a line to a group and a card to a person', async () => {
    const { sim, platform } = await setUp();
    const user = sim.addUser({ name: '石小红' });
    const group = sim.addGroup({ withBot: true, name: '第一支部', members: [user] });
    const line = await platform.deliver(to(group, { text: '已记 · 3号楼 1户' }));
    const sent = await platform.deliver(to(user.openId, { card: card('走访已记') }));
    expect(line).toEqual({ status: 'sent', messageId: sim.chat(group).last()?.id, chatId: group });
    expect(sent).toMatchObject({ status: 'sent', messageId: sim.private(user).lastCard()?.id });
    expect(sim.chat(group).texts()).toEqual(['已记 · 3号楼 1户']);
    expect(sim.complaints).toEqual([]);
  });

  it('rings nobody by what a resident said', async () => {
    const { sim, platform } = await setUp();
    const group = sim.addGroup({ withBot: true, name: '第一支部' });
    const hostile = '<at user_id="all">所有人</at> <at id=all></at> **粗** [a](b)';
    await platform.deliver(to(group, { text: hostile }));
    await platform.deliver(
      to(group, { card: card(hostile, { blocks: [{ kind: 'quote', text: hostile }] }) }),
    );
    expect(sim.messages.map((message) => message.mentionsAll)).toEqual([false, false]);
    expect(sim.complaints).toEqual([]);
  });

  it('replies, and sends plainly when the message was recalled (decision 40)', async () => {
    const { sim, platform } = await setUp();
    const user = sim.addUser({ name: '石小红' });
    const group = sim.addGroup({ withBot: true, name: '第一支部', members: [user] });
    const { messageId = '' } = await user.say(group, '走访 3号楼');
    const out = () => to(group, { text: '已记' }, { kind: 'reply', messageId });
    expect(await platform.deliver(out())).toMatchObject({ status: 'sent' });
    expect(sim.chat(group).last()?.replyTo).toBe(messageId);
    await user.recall(messageId);
    expect(await platform.deliver(out())).toMatchObject({ status: 'sent', chatId: group });
    expect(sim.chat(group).last()?.replyTo).toBeUndefined();
    expect(sim.chat(group).texts()).toEqual(['已记', '已记']);
  });

  it('updates a card in place, recalls it once and for all, reacts', async () => {
    const { sim, platform } = await setUp();
    const user = sim.addUser({ name: '石小红' });
    const group = sim.addGroup({ withBot: true, name: '第一支部', members: [user] });
    const { messageId: said = '' } = await user.say(group, '走访 3号楼');
    const sent = await platform.deliver(to(group, { card: card('第128号', { status: '待研判' }) }));
    const messageId = sent.status === 'sent' ? sent.messageId : '';
    const update = to(group, { card: card('第128号', { status: '办理中' }) }, { kind: 'update', messageId });
    expect(await platform.deliver(update)).toEqual({ status: 'sent', messageId });
    expect(sim.chat(group).texts()).toEqual([expect.stringContaining('办理中')]);

    const react = to(group, { text: 'DONE' }, { kind: 'react', messageId: said });
    expect(await platform.deliver(react)).toMatchObject({ status: 'sent' });
    expect(sim.allMessages.find((message) => message.id === said)?.reactions).toMatchObject([
      { emoji: 'DONE' },
    ]);

    const recall = to(group, { text: '' }, { kind: 'recall', messageId });
    expect(await platform.deliver(recall)).toEqual({ status: 'sent', messageId });
    expect(await platform.deliver(recall)).toEqual({ status: 'sent', messageId });
    expect(sim.chat(group).messages).toEqual([]);
  });

  it('fetches one token for many first calls, and one more when it went bad', async () => {
    const { sim, platform } = await setUp({ limits: false });
    const group = sim.addGroup({ withBot: true, name: '第一支部' });
    const burst = () =>
      Promise.all([1, 2, 3, 4, 5, 6].map((n) => platform.deliver(to(group, { text: `第${n}条` }))));
    expect((await burst()).every(({ status }) => status === 'sent')).toBe(true);
    expect(sim.tokensIssued).toBe(1);
    sim.expireTokens();
    expect((await burst()).every(({ status }) => status === 'sent')).toBe(true);
    expect(sim.tokensIssued).toBe(2);
    expect(sim.chat(group).messages).toHaveLength(12);
  });

  it('does not try a third time when the new token is refused too', async () => {
    const { sim, platform } = await setUp();
    const group = sim.addGroup({ withBot: true, name: '第一支部' });
    const fault = sim.fail({ path: MESSAGES, mode: 'error', status: 400, code: 99991663, times: 9 });
    expect(await platform.deliver(to(group, { text: '好' }))).toEqual({ status: 'retry', code: '99991663' });
    expect(fault.hits).toBe(2);
  });
});

describe('the proxy', () => {
  it('carries every call to an https base, and none to a plain one', async () => {
    const asked: string[] = [];
    const proxy = createServer();
    proxy.on('connect', (request, socket) => {
      asked.push(String(request.url));
      socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    later(() => proxy.close());
    const httpsProxy = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
    const { sim, platform } = await setUp({}, { httpsProxy });
    const group = sim.addGroup({ withBot: true, name: '第一支部' });
    expect(await platform.deliver(to(group, { text: '好' }))).toMatchObject({ status: 'sent' });
    expect(asked).toEqual([]);
    const outside = platformOf(sim, { httpsProxy, baseUrl: 'https://feishu.invalid' });
    expect(await outside.deliver(to(group, { text: '好' }))).toMatchObject({ status: 'retry' });
    expect(asked).toEqual(['feishu.invalid:443']);
  });
});

describe('reads', () => {
  it('lists the members of a group over its pages', async () => {
    const { sim, platform } = await setUp({ limits: false });
    const members = Array.from({ length: 230 }, (_, n) => sim.addUser({ name: `居民${n}` }));
    const group = sim.addGroup({ withBot: true, name: '居民群', members });
    const found = await platform.chatMembers(group);
    expect(found).toEqual(members.map((user) => ({ id: user.openId, name: user.name })));
    await expect(platform.chatMembers('oc_none')).rejects.toMatchObject({ name: 'FeishuCallError' });
  });

  it('learns its own open_id in the background, to tell itself from other bots', async () => {
    const { sim, platform } = await setUp();
    const user = sim.addUser({ name: '石小红' });
    const group = sim.addGroup({ withBot: true, name: '第一支部', members: [user] });
    const mention = (id: string) => {
      const { body, headers } = sim.pack(
        sim.envelope('im.message.receive_v1', {
          sender: { sender_id: { open_id: user.openId }, sender_type: 'user' },
          message: {
            message_id: `om_${id}`,
            chat_id: group,
            chat_type: 'group',
            message_type: 'text',
            content: '{"text":"@_user_1 好"}',
            mentions: [{ key: '@_user_1', id: { open_id: id }, mentioned_type: 'bot', name: '机器人' }],
          },
        }),
      );
      const lower = Object.fromEntries(
        Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
      );
      const received = platform.receive({ headers: lower, body: Buffer.from(body), now: sim.now() });
      return (
        received.kind === 'inbound' && received.inbound.kind === 'message' && received.inbound.mentionsBot
      );
    };
    expect(mention('ou_other')).toBe(true);
    await sim.waitFor(() => sim.calls.find((call) => call.path.includes('bot/v3/info')));
    await sim.waitFor(() => !mention('ou_other'));
    expect(mention(sim.botOpenId)).toBe(true);
  });
});
