import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Visit } from '../../db/queries/visits.ts';
import { type Desk, openDesk } from '../issue/desk.ts';

const TWO = '/走访 3号楼2单元501 张某 低保咨询；3号楼2单元502 李某 医保';

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
const told = () => records().map(({ place, person, note }) => `${place} ${person} ${note}`);
async function say(...lines: string[]): Promise<void> {
  for (const line of lines) await desk.say('石小红', line);
}
const answers = () => {
  const { sim, users } = desk.world;
  return users.石小红 ? sim.private(users.石小红).texts().join('\n') : '';
};

describe('of several visits the one that is named is corrected (decision 25)', () => {
  it('by its place', async () => {
    await say(TWO, '/更正 3号楼2单元501 张某 养老咨询');
    expect(told()).toEqual(['3号楼2单元501 张某 养老咨询', '3号楼2单元502 李某 医保']);
    await say('/更正 3号楼2单元501 王某');
    expect(told()).toEqual(['3号楼2单元501 王某 养老咨询', '3号楼2单元502 李某 医保']);
  });

  it('by its person, or by a part of its address, which stays', async () => {
    await say(TWO, '/更正 张某 养老咨询', '/更正 3号楼 李某 慢病门诊');
    expect(told()).toEqual(['3号楼2单元501 张某 养老咨询', '3号楼2单元502 李某 慢病门诊']);
  });

  it('the last where none is named', async () => {
    await say(TWO, '/更正 慢病门诊');
    expect(told()).toEqual(['3号楼2单元501 张某 低保咨询', '3号楼2单元502 李某 慢病门诊']);
  });

  it('and asks where two could be meant', async () => {
    await say(TWO, '/更正 3号楼 养老咨询');
    expect(told()).toEqual(['3号楼2单元501 张某 低保咨询', '3号楼2单元502 李某 医保']);
    expect(answers()).toContain('您说的是哪一户？1. 3号楼2单元501 张某；2. 3号楼2单元502 李某。还没有改');
    expect(desk.group()).not.toContain('已更正');
    await say('/更正 3号楼2单元502 张某 养老咨询');
    expect(told()).toEqual(['3号楼2单元501 张某 低保咨询', '3号楼2单元502 李某 医保']);
  });

  it('several at once, or none of them', async () => {
    await say(TWO, '/更正 3号楼2单元501 张某 养老；3号楼2单元502 李某 门诊');
    expect(told()).toEqual(['3号楼2单元501 张某 养老', '3号楼2单元502 李某 门诊']);
    await say('/更正 3号楼2单元501 张某 低保；9号楼 赵某 低保');
    expect(told()).toEqual(['3号楼2单元501 张某 养老', '3号楼2单元502 李某 门诊']);
    expect(answers()).toContain('没看清要改的是哪几户');
  });
});

describe('the outcome follows what the correction says (decisions 20, 30)', () => {
  const paired = () =>
    desk.world.office.q.visits
      .credits(desk.world.members.石小红 ?? 0, '2026-01-01')
      .map(({ outcome }) => outcome);

  it('nobody was at home after all', async () => {
    await say('/走访 5号楼 王某 低保', '/更正 5号楼 王某 没人在家');
    expect(records()).toMatchObject([{ outcome: 'attempt', note: '没人在家' }]);
    expect(paired()).toEqual(['attempt']);
    expect(desk.text('石小红')).toContain('未遇');
  });

  it('they were met after all', async () => {
    await say('/未遇 4号楼 王某', '/更正 见到了 低保咨询');
    expect(records()).toMatchObject([{ outcome: 'met', person: '王某', note: '见到了 低保咨询' }]);
  });

  it('they were met, and no more is told', async () => {
    await say('/未遇 4号楼 王某 送低保材料', '/更正 见到了');
    expect(records()).toMatchObject([{ outcome: 'met', note: '送低保材料' }]);
    await say('/未遇 6号楼 赵某 敲门没人', '/更正 后来见到了');
    expect(records()[1]).toMatchObject({ outcome: 'met', note: '后来见到了' });
  });

  it('says nothing of it and leaves it', async () => {
    await say('/未遇 4号楼 王某', '/更正 5号楼 王某');
    expect(records()).toMatchObject([{ outcome: 'attempt', place: '5号楼' }]);
  });
});
