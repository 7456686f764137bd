import { afterEach, beforeEach, expect, it } from 'vitest';
import { openStore } from '../../db/node.ts';
import { createQueries, type Queries } from '../../db/queries/index.ts';
import type { Store } from '../../db/store.ts';
import { causeOf } from '../../src/lib/event-cause.ts';
import { createVault } from '../../src/lib/vault.ts';

const NOW = Date.parse('2026-11-18T15:00:00+08:00');
let store: Store;
let q: Queries;

beforeEach(() => {
  store = openStore(':memory:');
  q = createQueries({ store, vault: createVault('a secret for tests, long enough …') });
});
afterEach(() => store.close());

const come = (key: string, now: number): number => q.inbox.add({ key, connection: 'c', now, status: 'done' });
const say = (cause: string, ordinal: number, now: number): void =>
  q.outbox.add({
    cause,
    ordinal,
    connection: 'c',
    kind: 'send',
    targetType: 'chat',
    targetId: 'oc_1',
    lane: 'answer',
    payload: JSON.stringify({ view: 'v', params: { of: `${cause} ${ordinal}` } }),
    exempt: true,
    notBefore: now,
    now,
  });

it('finds what an event said behind thousands of messages, and nothing of others', () => {
  store.transaction(() => {
    const event = come('msg:om_a', NOW);
    expect(event).toBe(1);
    say(causeOf(event), 0, NOW);
    say(causeOf(event), 1, NOW);
    say(`${causeOf(event)}=`, 0, NOW);
    for (let nth = 0; nth < 4_500; nth += 1) say(causeOf(100 + nth), 0, NOW + nth);
    // What it says when it is run again stands among the newest.
    say(causeOf(event), 2, NOW + 5_000);
  });
  const cause = causeOf(1);
  expect(q.photos.groupLinesOf('msg:om_a').map((row) => [row.cause, row.ordinal])).toEqual([
    [cause, 0],
    [cause, 1],
    [cause, 2],
  ]);
  expect(q.cards.answeredWith('msg:om_a').map(({ params }) => params.of)).toEqual([
    `${cause} 0`,
    `${cause} 1`,
    `${cause} 2`,
  ]);
  expect(q.photos.groupLinesOf('msg:om_b')).toEqual([]);
});

it('still finds what the clock stamped before its event, when it was set back in between', () => {
  const event = come('msg:om_a', NOW);
  say(causeOf(event), 0, NOW - 4 * 60_000);
  expect(q.photos.groupLinesOf('msg:om_a')).toHaveLength(1);
});

it('says what a job has to say once, however often it runs', () => {
  say('job:weekly:2026-11-16:1', 0, NOW);
  say('job:weekly:2026-11-16:1', 0, NOW);
  expect(store.db.all('select 1 from outbox')).toHaveLength(1);
});
