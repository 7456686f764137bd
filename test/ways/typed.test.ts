import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Desk, openDesk, PLAIN } from '../issue/desk.ts';

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
  for (const name of ['石小红', '贺立', '李梅', '周强']) await desk.tell(name, '/文字版');
});
afterEach(async () => {
  expect(desk.world.sim.complaints).toEqual([]);
  await desk.close();
});

const texts = (name: string): string[] => desk.world.sim.private(desk.world.users[name] as never).texts();
const last = (name: string): string => texts(name).at(-1) ?? '';
/** The line that the newest message tells for a word. */
function line(name: string, word: string): string {
  const found = new RegExp(`(?:^|[：；])(${word} (?:\\d|K)[^\\n；]*)`, 'mu').exec(last(name))?.[1];
  if (!found) throw new Error(`no line for ${word} in: ${last(name)}`);
  return found;
}
/** Types what the newest message tells for the word, and `rest` behind it. */
async function type(name: string, word: string, rest = ''): Promise<string> {
  await desk.tell(name, `${line(name, word).replace(/ 〔.*$/u, '')} ${rest}`.trim());
  return last(name);
}
const diary = (name: string) =>
  desk.world.office.q.visits.diary(desk.world.members[name] ?? 0, { limit: 5, offset: 0 });

describe('文字版', () => {
  it('comes as words, and goes again', async () => {
    expect(last('石小红')).toContain('文字版开着');
    await desk.tell('石小红', '走访 3号楼 张某 低保咨询');
    expect(last('石小红')).toContain('走访已记 · 3号楼 张某');
    expect(desk.world.sim.private(desk.world.users.石小红 as never).cards()).toHaveLength(0);
    await desk.tell('石小红', '文字版 关');
    expect(desk.text('石小红')).toContain('卡片照常带按钮');
  });

  it('is one’s own: others see cards', async () => {
    await desk.tell('吴敏', '帮助');
    expect(desk.text('吴敏')).toContain('您可以这样用');
  });
});

describe('a visit by typed lines', () => {
  beforeEach(async () => {
    desk.world.household('3号楼2单元501', '张某', '石小红');
    await desk.tell('石小红', '走访 3号楼 张某 低保咨询');
  });

  it('is changed through its form', async () => {
    await type('石小红', '修改');
    expect(last('石小红')).toContain('修改这条走访');
    expect(await type('石小红', '保存', '什么事：问了低保怎么办，昨天去的')).toContain('已改好。');
    expect(diary('石小红')[0]?.note).toBe('问了低保怎么办，昨天去的');
  });

  it('is changed in one line, too', async () => {
    expect(await type('石小红', '修改', '电话 昨天 什么事：送药')).toContain('已改好。');
    expect(diary('石小红')[0]).toMatchObject({ note: '送药', mode: 'phone', happenedDay: '2026-11-17' });
  });

  it('is withdrawn and restored', async () => {
    expect(await type('石小红', '撤销这条记录')).toContain('已撤销');
    expect(diary('石小红')).toEqual([]);
    expect(await type('石小红', '恢复这条')).toContain('已恢复。');
    expect(diary('石小红')).toHaveLength(1);
  });

  it('becomes a matter', async () => {
    await type('石小红', '转为诉求');
    expect(desk.state()).toMatchObject({ words: '低保咨询', person: '张某' });
  });

  it('is known by a mistyped code, and by a misspelt label', async () => {
    const typed = line('石小红', '撤销这条记录');
    const wrong = typed.replace(/.$/u, (char) => (char === '7' ? '8' : '7'));
    await desk.tell('石小红', wrong);
    expect(last('石小红')).toContain('号没对上');
    expect(diary('石小红')).toHaveLength(1);
    await desk.tell('石小红', typed.replace('撤销这条记录', '撤消这条记录').toLowerCase());
    expect(diary('石小红')).toEqual([]);
  });

  it('answers to nobody else', async () => {
    await desk.tell('李梅', line('石小红', '撤销这条记录'));
    expect(diary('石小红')).toHaveLength(1);
    expect(last('李梅')).not.toMatch(/张某|低保/u);
  });

  it('shows its card again for the bare code', async () => {
    const code = line('石小红', '修改').split(' ')[1] ?? '';
    await desk.tell('石小红', code.toLowerCase());
    expect(last('石小红')).toContain('走访已记 · 3号楼 张某');
  });
});

describe('a matter by typed lines', () => {
  beforeEach(() => desk.say('石小红', PLAIN));

  it('goes its whole way', async () => {
    expect(await type('贺立', '按建议办')).toContain('已交石小红，11月27日前。');
    expect(await type('石小红', '已告诉群众', '电话')).toContain('记下了，谢谢您。');
    await type('石小红', '办好了');
    expect(last('石小红')).toContain('〔办得怎么样〕');
    await type('石小红', '办好了', '换了声控灯，当面告诉了她');
    expect(desk.state()).toMatchObject({ state: 'awaitingSignOff', result: '换了声控灯，当面告诉了她' });
    expect(await type('李梅', '满意')).toContain('1 当面、2 电话');
    await type('李梅', '满意', '电话 本人');
    expect(desk.state()).toMatchObject({ state: 'closed', satisfaction: 'good' });
  });

  it('is dispatched, taken, given back, put off and taken back', async () => {
    await type('贺立', '派给单位', '物业办');
    expect(desk.state()).toMatchObject({ handlerOrgId: desk.world.orgs.物业办 });
    expect(await type('周强', '我来办')).toContain('好的，这件由您来办。');
    expect(await type('周强', '申请延期')).toContain('〔延到哪天〕 〔为什么〕');
    expect(await type('周强', '申请延期', '12-4 缺配件')).toContain('12月4日');
    expect(desk.state()).toMatchObject({ laterDay: '2026-12-04' });
    await type('贺立', '不延期');
    await desk.tell('周强', '1');
    expect(await type('周强', '退回', '这段路灯归市政管，明天起不归我们')).toContain('已退回');
    expect(desk.state()).toMatchObject({ state: 'reported' });
    await desk.tell('贺立', '1');
    expect(await type('贺立', '换人或改期', '李梅 12月2日')).toContain('已交李梅');
    expect(desk.state()).toMatchObject({ handlerId: desk.world.members.李梅 });
    await type('贺立', '收回');
    expect(desk.state()).toMatchObject({ state: 'reported' });
  });

  it('says what is missing and with which line it is done', async () => {
    await desk.tell('贺立', '派给单位 1 不认识的单位');
    expect(last('贺立')).toBe('还差“派给”（1 物业办）。请这样发：\n派给单位 1 〔派给〕');
    await desk.tell('贺立', '按建议办 1');
    await desk.tell('贺立', '改期 1 12-2');
    expect(last('贺立')).toContain('改期 1 12月2日 〔为什么〕');
    await desk.tell('石小红', '申请延期 1 下周五');
    expect(last('石小红')).toContain('申请延期 1 11月27日 〔为什么〕');
    await desk.tell('石小红', '退回 1');
    expect(last('石小红')).toContain('退回 1 〔为什么办不了〕');
  });

  it('tells who may not, or too late, and offers what is open', async () => {
    await desk.tell('石小红', '退回 1 不归我管');
    expect(last('石小红')).toContain('第1号现在没有“退回”这一步。');
    expect(desk.state().state).toBe('reported');
  });

  it('is judged by the second dissatisfied word, typed', async () => {
    await type('贺立', '按建议办');
    await desk.tell('石小红', '办 1 换了灯泡，电话告诉了她');
    await type('李梅', '不满意');
    await type('李梅', '不满意', '电话 本人 晚上还是不亮');
    expect(desk.state()).toMatchObject({ state: 'rework', handlerId: desk.world.members.贺立 });
  });

  it('does not take a story for a press', async () => {
    const before = desk.state().version;
    await desk.tell('贺立', '楼道里 1 只猫在叫');
    await desk.tell('贺立', '走访 6号楼 陈奶奶 灯还没修');
    expect(desk.state().version).toBe(before);
    expect(diary('贺立')).toHaveLength(1);
  });

  it('works from the group too, and answers in private', async () => {
    await desk.world.users.贺立?.say(desk.world.group, '本支部办 1 李梅', { mentionBot: true });
    await desk.world.settle();
    expect(desk.state()).toMatchObject({ handlerId: desk.world.members.李梅 });
    expect(desk.group()).not.toMatch(/李梅|楼道灯/u);
  });
});

describe('what cannot be updated', () => {
  it('is not: only what is new is sent', async () => {
    const fixed = await openDesk({ cardLifeMs: 0 });
    await fixed.say('石小红', PLAIN);
    await fixed.tell('贺立', '按建议办 1');
    await fixed.tell('石小红', '退回 1 不归我们');
    const kinds = fixed.world.store.db.all<{ kind: string }>('select distinct kind from outbox');
    expect(kinds).toEqual([{ kind: 'send' }]);
    await fixed.world.moveTo('2026-12-02T09:00');
    expect(fixed.world.store.db.all('select 1 from live_card where retired_at is null')).toEqual([]);
    await fixed.close();
  });

  it('while a standing card follows a typed line', async () => {
    await desk.tell('贺立', '文字版 关');
    await desk.say('石小红', PLAIN);
    const standing = desk.card('贺立');
    await desk.tell('贺立', '本支部办 1 李梅');
    expect(desk.world.sim.cardText(standing)).toContain('已交李梅');
  });
});
