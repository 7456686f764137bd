import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Visit } from '../../db/queries/visits.ts';
import { type Desk, openDesk } from '../issue/desk.ts';

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
});
afterEach(async () => {
  await desk.close();
});

/** 石小红's records, in the order typed. */
function records(): Visit[] {
  const { office, members } = desk.world;
  return office.q.visits
    .diary(members.石小红 ?? 0, { limit: 20, offset: 0 })
    .sort((one, other) => one.id - other.id);
}

describe('a pasted block', () => {
  it('records every visit on its own day', async () => {
    await desk.say('石小红', '/走访 3号楼 张某 低保\n/走访 4号楼 李某 医保\n/走访 昨天 5号楼 王某 没人');
    expect(records()).toMatchObject([
      { place: '3号楼', happenedDay: '2026-11-18', kind: 'visit', outcome: 'met', note: '低保' },
      { place: '4号楼', happenedDay: '2026-11-18', kind: 'visit', outcome: 'met', note: '医保' },
      { place: '5号楼', happenedDay: '2026-11-17', kind: 'late', outcome: 'attempt', note: '没人' },
    ]);
    const receipt = desk.text('石小红');
    expect(receipt).toContain('走访已记 · 3户：见到2，未遇1 · 今天、昨天');
    expect(receipt).toContain('5号楼 王某 · 昨天 · 未遇 · 没人');
  });

  it('and in its own way', async () => {
    await desk.say('石小红', '/走访 3号楼 张某 低保\n打电话 4号楼 李某 医保');
    expect(records()).toMatchObject([{ mode: 'home' }, { mode: 'phone' }]);
    const receipt = desk.text('石小红');
    expect(receipt).toContain('走访已记 · 2户 · 今天');
    expect(receipt).toContain('4号楼 李某 · 电话 · 医保');
  });
});

describe('a block of several commands', () => {
  it('keeps what each of them says', async () => {
    await desk.say(
      '石小红',
      '/未遇 3号楼 张某 敲门\n/走访 4号楼 李某 医保\n/补访 和李梅一起 5号楼 王某 送米',
    );
    expect(records()).toMatchObject([
      { place: '3号楼', outcome: 'attempt', kind: 'visit', note: '敲门' },
      { place: '4号楼', outcome: 'met', kind: 'visit', note: '医保' },
      { place: '5号楼', outcome: 'met', kind: 'makeup', note: '送米' },
    ]);
    const went = records().map(({ id }) => desk.world.office.q.visits.visitors(id).map(({ name }) => name));
    expect(went).toEqual([['石小红'], ['石小红'], ['石小红', '李梅']]);
  });
});

describe('who stands right behind a place is the resident', () => {
  it('and who came along is credited beside the typist', async () => {
    const household = desk.world.household('3号楼', '张桂芳', '石小红');
    await desk.say('石小红', '/走访 3号楼 张桂芳，李梅一起去的');
    const [visit] = records();
    expect(visit).toMatchObject({ person: '张桂芳', householdId: household });
    expect(desk.world.office.q.visits.visitors(visit?.id ?? 0).map(({ name }) => name)).toEqual([
      '石小红',
      '李梅',
    ]);
  });
});

describe('a road number above a building', () => {
  it('is one place and one visit', async () => {
    await desk.say('石小红', '/走访 人民路12号3号楼501 张桂芳 低保');
    expect(records()).toMatchObject([{ place: '人民路12号3号楼501', building: '人民路12号3号楼' }]);
    expect(desk.group()).toContain('已记 · 人民路12号3号楼 1户');
  });
});
