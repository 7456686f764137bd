import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Desk, openDesk, PLAIN } from './desk.ts';

/** Only words that say so close a matter; for all others the form opens with the words in it. */
let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
  await desk.say('石小红', PLAIN);
  await desk.press('贺立', '按建议办');
});
afterEach(async () => {
  expect(desk.world.sim.complaints).toEqual([]);
  await desk.close();
});

async function submit(name: string, form: Record<string, string>): Promise<void> {
  await desk.world.users[name]?.press(desk.card(name), '记下', { form });
  await desk.world.settle();
}

describe('how far it is', () => {
  it.each(['没修好，等配件', '还没去', '明天去看', '电话打不通', '正在修', '已联系物业，周五来修'])(
    '%s closes nothing',
    async (words) => {
      await desk.tell('石小红', `办 1 ${words}`);
      expect(desk.state()).toMatchObject({ state: 'handling', closeKind: null });
      expect(desk.text('石小红')).toContain('办好了 · 第1号');
      expect(desk.text('石小红')).toMatch(/还没办好就先不记；要晚几天，请发：办 1 延期 \d\d-\d\d 缺配件/u);
      // The words stand in the form; the kind is not chosen beforehand.
      await expect(submit('石小红', {})).rejects.toThrow('field kind is required');
      await submit('石小红', { kind: 'partly', told: 'no' });
      expect(desk.state()).toMatchObject({ state: 'resolved', closeKind: 'partly', result: words });
    },
  );

  it('the line that the form gives asks for more time', async () => {
    await desk.tell('石小红', '办 1 没修好，等配件');
    const line = /办 1 延期 \d\d-\d\d 缺配件/u.exec(desk.text('石小红'))?.[0] ?? '';
    await desk.tell('石小红', line);
    expect(desk.state()).toMatchObject({ state: 'handling', laterDay: `2026-${line.slice(7, 12)}` });
  });

  it('keeps that he was told', async () => {
    await desk.tell('石小红', '办 1 去看过线路，电话告诉了她');
    await submit('石小红', { kind: 'solved' });
    expect(desk.state()).toMatchObject({ state: 'awaitingSignOff', result: '去看过线路，电话告诉了她' });
  });

  it.each([
    ['办 1 换了声控灯，电话告诉了她', 'awaitingSignOff', 'solved'],
    ['办 1 换了灯泡，还没告诉她', 'resolved', 'solved'],
    ['办理 1 换了声控灯，试过能亮', 'resolved', 'solved'],
    ['办好了 1 老人看过', 'resolved', 'solved'],
    ['办 1 解释清楚了，她理解', 'resolved', 'explained'],
    ['办 1 部分解决，还差一盏', 'resolved', 'partly'],
  ])('%s', async (line, state, closeKind) => {
    await desk.tell('石小红', line);
    expect(desk.state()).toMatchObject({ state, closeKind });
  });
});

describe('what the resident said', () => {
  beforeEach(async () => {
    await desk.press('石小红', '办好了', { result: '换了灯泡', kind: 'solved', told: 'face' });
  });

  it.each(['不太满意', '不是很满意', '谈不上满意', '不怎么满意', '不够满意', '满意度低'])(
    '%s is 不满意: his reason is asked for, then another handles it',
    async (words) => {
      await desk.tell('李梅', `评 1 ${words} 电话 本人`);
      expect(desk.state()).toMatchObject({ state: 'awaitingSignOff', satisfaction: null });
      expect(desk.text('李梅')).toContain('群众说：不满意');
      await submit('李梅', { sentence: '晚上还是闪' });
      expect(desk.state()).toMatchObject({ state: 'rework', rework: 1 });
    },
  );

  it('with a reason behind it, it is recorded at once', async () => {
    await desk.tell('李梅', '评 1 不太满意 电话 本人 晚上还是闪');
    expect(desk.state()).toMatchObject({ state: 'rework' });
    expect(desk.text('贺立')).toContain('晚上还是闪');
  });

  it('a number that nobody answers is the complaint, not how the call went', async () => {
    await desk.tell('李梅', '评 1 不满意 电话 本人 报修电话打不通，灯还是坏的');
    expect(desk.state()).toMatchObject({ state: 'rework' });
    expect(desk.text('贺立')).toContain('报修电话打不通，灯还是坏的');
  });

  it('nobody reached is still that', async () => {
    await desk.tell('李梅', '评 1 打了两次电话没人接');
    expect(desk.state()).toMatchObject({ state: 'awaitingSignOff', satisfaction: null });
    expect(desk.text('李梅')).not.toContain('群众怎么说 · 第1号');
  });

  it.each([
    ['没有不满意', '没有不满意'],
    ['还行，就是慢', '还行，就是慢'],
  ])('%s: a person chooses, and nothing is lost', async (words, kept) => {
    await desk.tell('李梅', `评 1 ${words} 电话 本人`);
    expect(desk.state()).toMatchObject({ state: 'awaitingSignOff', satisfaction: null });
    expect(desk.text('李梅')).toContain('群众怎么说 · 第1号');
    await expect(submit('李梅', {})).rejects.toThrow('field satisfaction is required');
    await submit('李梅', { satisfaction: 'bad' });
    expect(desk.state()).toMatchObject({ state: 'rework' });
    expect(desk.text('贺立')).toContain(kept);
  });

  it('content with a word of praise, but not how he was asked: both stand in the form', async () => {
    await desk.tell('李梅', '评 1 满意 灯亮了');
    await submit('李梅', { channel: 'call' });
    expect(desk.state()).toMatchObject({ state: 'closed', satisfaction: 'good' });
  });

  it('a plain 满意 closes it as before', async () => {
    await desk.tell('李梅', '评 1 满意 电话 本人');
    expect(desk.state()).toMatchObject({ state: 'closed', satisfaction: 'good' });
  });
});

describe('settled on the spot', () => {
  beforeEach(async () => {
    await desk.say('石小红', '/诉求 6号楼 陈奶奶 水龙头滴水');
    await desk.tell('贺立', '研判 2 当场解决 换了垫圈');
  });

  it.each([
    ['不太满意', 'handling'],
    ['没有不满意', 'unclear'],
  ])('%s is not content', async (words, how) => {
    await desk.tell('石小红', `评 2 ${words}`);
    expect(desk.state(2)).toMatchObject({ state: 'settledOnSpot', satisfaction: null });
    if (how === 'unclear') await submit('石小红', { satisfaction: 'bad' });
    else
      await desk.world.users.石小红?.press(desk.card('石小红'), '记下，再办一次', {
        form: { sentence: '还在滴' },
      });
    await desk.world.settle();
    expect(desk.state(2).satisfaction).toBe('bad');
  });

  it('content, said by who was there', async () => {
    await desk.tell('石小红', '评 2 满意');
    expect(desk.state(2).satisfaction).toBe('good');
  });
});
