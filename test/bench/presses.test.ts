import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTaker } from '../../bench/lib/taker.ts';
import { CONNECTION } from '../../bench/load/app.ts';
import { type Press, pressEvent } from '../../bench/load/events.ts';
import { makeOffice, SECRET, WEDNESDAY } from '../../bench/office/open.ts';
import { dealPresses, PRESSES_A_CARD } from '../../bench/office/presses.ts';
import type { Size } from '../../bench/office/size.ts';
import { movableClock } from '../../src/lib/clock.ts';
import { silentLog } from '../../src/lib/log.ts';
import { assembleOffice } from '../../src/office/assemble.ts';
import { parse } from '../../src/platforms/feishu/parse.ts';
import { parseObject } from '../../src/platforms/read.ts';

const SMALL: Size = {
  streets: 1,
  communitiesPerStreet: 2,
  branchesPerCommunity: 2,
  membersPerBranch: 20,
  householdsPerCommunity: 30,
  visitsPerMember: 3,
  issuesPerBranch: 60,
};
const CARDS = 16;

const { store, q } = makeOffice(':memory:', SMALL, { connection: CONNECTION });
const presses = dealPresses({ store, q, connection: CONNECTION, cards: CARDS, now: WEDNESDAY });
const office = assembleOffice({
  store,
  secret: SECRET,
  clock: movableClock(WEDNESDAY, { frozen: true }),
  platforms: [createTaker()],
  log: silentLog,
});
beforeAll(() => office.start());
afterAll(async () => {
  await office.stop();
  store.close();
});

/** As the platform would hand the bytes over that the client of the benchmark sends. */
const inboundOf = (press: Press, id: string) =>
  parse(parseObject(pressEvent(press, id, WEDNESDAY)) ?? {}, {
    connection: CONNECTION,
    now: WEDNESDAY,
    botId: () => undefined,
    chatType: () => undefined,
  });

describe('the presses that the benchmark deals', () => {
  it('are each answered with a card, and what can be refused is not', async () => {
    expect(presses).toHaveLength(CARDS * PRESSES_A_CARD);
    const refused: unknown[] = [];
    for (const [nth, press] of presses.entries()) {
      const answer = await office.deliver(inboundOf(press, String(nth)));
      if (!answer.card || answer.toast?.tone === 'bad') refused.push([press, answer.toast]);
    }
    expect(refused).toEqual([]);
    expect(new Set(presses.map(({ action }) => action)).size).toBeGreaterThan(6);
  });

  it('have changed what they press', () => {
    expect(q.audit.verify()).toBeNull();
    const given = presses.filter(({ action }) => action === 'triage.here').map(({ value }) => value.issue);
    const states = given.map((id) => q.issues.get(Number(id))?.state);
    expect(new Set(states)).toEqual(new Set(['handling']));
    const done = presses.filter(({ action }) => action === 'handle.done').map(({ value }) => value.issue);
    expect(done.map((id) => q.issues.get(Number(id))?.state)).not.toContain('handling');
  });
});
