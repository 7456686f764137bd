import { describe, expect, it } from 'vitest';
import type { DingTalkSim } from './index.ts';
import { hook, loggedIn, start } from './test-kit.ts';

async function session(sim: DingTalkSim) {
  const lin = sim.addUser({ name: '林一', staffId: 'user1' });
  const mei = sim.addUser({ name: '李梅', staffId: 'user2' });
  const group = sim.addGroup({ name: '第一支部', members: [lin], withBot: true });
  const seen = hook(sim);
  await lin.say(group, '/走访', { at: true });
  const url = String(seen[0]?.body.sessionWebhook);
  const send = async (body: object): Promise<unknown> => {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    expect(answer.status).toBe(200);
    return ((await answer.json()) as { errcode: number }).errcode;
  };
  return { lin, mei, group, send };
}

const text = (content: string, atUserIds: string[] = []) => ({
  msgtype: 'text',
  text: { content },
  at: { atUserIds },
});

describe('session webhook', () => {
  it('names who stands in the text and in at, if he is in the group', async () => {
    const sim = await start();
    const { group, send } = await session(sim);
    expect(await send(text('@user1 已记', ['user1']))).toBe(0);
    expect(sim.group(group).lastText()).toBe('@林一 已记');
    expect(sim.messages[0]?.at).toEqual(['user1']);
    expect(sim.complaints).toEqual([]);
    await send(text('已记', ['user1']));
    await send(text('@user2 已记', ['user2']));
    expect(sim.messages.slice(1).map((each) => each.at)).toEqual([[], []]);
    expect(sim.complaints).toEqual(['webhook: @user1 is in at.atUserIds, but not in the text']);
  });

  it('answers errors as errcode: old sessions, long bodies, unknown kinds, too many', async () => {
    const sim = await start({ clock: () => 1_800_000_000_000 });
    const { send } = await session(sim);
    expect(await send(text('长'.repeat(6700)))).toBe(460101);
    expect(await send({ msgtype: 'image', image: {} })).toBe(40035);
    for (let count = 0; count < 19; count += 1) expect(await send(text('一'))).toBe(0);
    expect(await send(text('一'))).toBe(130101);
    await sim.advance(61_000);
    expect(await send(text('仍在十分钟内'))).toBe(130101);
    await sim.advance(600_000);
    expect(await send(text('又可以了'))).toBe(0);
    await sim.advance(5_400_000);
    expect(await send(text('太晚'))).toBe(300001);
    expect(sim.throttled).toBe(2);
  });
});

describe('links', () => {
  const dtmd = (words: string) => `dtmd://dingtalkclient/sendMessage?content=${encodeURIComponent(words)}`;

  it('make the person say their words; in a group the bot hears only what begins with its @', async () => {
    const sim = await start();
    const lin = sim.addUser({ name: '林一' });
    const group = sim.addGroup({ name: '第一支部', members: [lin], withBot: true });
    const seen = hook(sim);
    const to = await loggedIn(sim);
    const content = { title: '走访', text: `[撤销](${dtmd('撤销 7K')})\n\n[再问](${dtmd('@连心 我的')})` };
    await to.toPeople([lin.staffId], 'sampleMarkdown', content);
    await to.toGroup(group, 'sampleMarkdown', content);
    const mine = sim.private(lin).lastCard();
    const theirs = sim.group(group).lastCard();
    if (!mine || !theirs) throw new Error('no cards');
    expect(await lin.tap(mine, '撤销')).toMatchObject({
      kind: 'said',
      text: '撤销 7K',
      delivery: { acked: true },
    });
    expect(await lin.tap(theirs, '撤销')).toMatchObject({ kind: 'said', delivery: { pushed: false } });
    expect(await lin.tap(theirs, '再问')).toMatchObject({ kind: 'said', delivery: { acked: true } });
    expect(seen.map((each) => each.body.text)).toEqual([{ content: '撤销 7K' }, { content: ' 我的' }]);
    await expect(lin.tap(mine, '没有')).rejects.toThrow('nothing to tap');
  });

  it('do nothing in clients that do not know them', async () => {
    const sim = await start({ dtmd: 'markdown' });
    const lin = sim.addUser({ name: '林一' });
    hook(sim);
    const to = await loggedIn(sim);
    const button = { singleTitle: '撤销', singleURL: dtmd('撤销 7K') };
    await to.toPeople([lin.staffId], 'sampleActionCard', { title: '走访', text: '已记', ...button });
    const card = sim.private(lin).lastCard();
    expect(card && (await lin.tap(card, '撤销'))).toEqual({ kind: 'nothing' });
    expect(sim.allMessages).toHaveLength(1);
  });
});
