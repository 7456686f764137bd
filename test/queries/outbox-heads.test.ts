import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openStore } from '../../db/node.ts';
import { createQueries, type Queries } from '../../db/queries/index.ts';
import type { Store } from '../../db/store.ts';
import { createVault } from '../../src/lib/vault.ts';

const NOW = Date.parse('2026-11-18T15:00:00+08:00');
let store: Store;
let q: Queries;
let ordinal: number;

beforeEach(() => {
  store = openStore(':memory:');
  q = createQueries({ store, vault: createVault('a secret for tests, long enough …') });
  ordinal = 0;
});
afterEach(() => store.close());

const add = (targetId: string, notBefore = NOW): void =>
  q.outbox.add({
    cause: 'job:test',
    ordinal: ordinal++,
    connection: 'feishu:cli_test',
    kind: 'send',
    targetType: 'chat',
    targetId,
    lane: 'answer',
    payload: '{}',
    exempt: true,
    notBefore,
    now: NOW,
  });
const heads = (now = NOW, limit = 50, committed = q.outbox.newest()): string[] =>
  store.transaction(() =>
    q.outbox.heads(now, limit, [], committed).map((row) => `${row.targetId} ${row.id}`),
  );
const flood = (count: number): void => {
  for (let nth = 0; nth < count; nth += 1) add('oc_flooded');
};

describe('whose turn it is in a lane where one chat is flooded (decision 38)', () => {
  it.each([300, 6_000])('finds the first of every chat behind %i messages of one', (count) => {
    flood(count);
    add('oc_b');
    add('oc_b');
    add('oc_c');
    expect(heads()).toEqual(['oc_flooded 1', `oc_b ${count + 1}`, `oc_c ${count + 3}`]);
  });

  it('looks at all chats in turn where more wait than are looked at', () => {
    store.transaction(() => {
      for (let nth = 0; nth < 3_000; nth += 1) add(`oc_${nth % 150}`);
    });
    // The front is walked once; then so much is known to wait that it is not.
    expect(heads(NOW, 200)).toHaveLength(150);
    flood(6_000);
    expect(heads(NOW, 200)).toHaveLength(151);
    const looks = [heads(NOW, 100), heads(NOW, 100)];
    expect(looks.map((each) => each.length)).toEqual([100, 100]);
    expect(new Set(looks.flat()).size).toBe(151);
  });

  it('goes on with the next when the first is gone, however it went', () => {
    flood(300);
    add('oc_b');
    add('oc_b');
    expect(heads()).toEqual(['oc_flooded 1', 'oc_b 301']);
    q.outbox.lease([1], NOW, NOW + 60_000);
    q.outbox.sent(1, 'om_1', NOW);
    q.outbox.end(301, 'dropped', null, NOW);
    expect(heads()).toEqual(['oc_flooded 2', 'oc_b 302']);
    add('oc_c');
    expect(heads()).toEqual(['oc_flooded 2', 'oc_b 302', 'oc_c 303']);
  });

  it('lets a message that is tried again hold those behind it, and a held one nobody', () => {
    flood(300);
    add('oc_b');
    add('oc_b');
    add('oc_c', NOW + 3_600_000);
    add('oc_c');
    q.outbox.lease([301], NOW, NOW + 60_000);
    expect(heads()).toEqual(['oc_flooded 1', 'oc_c 304']);
    q.outbox.again(301, NOW + 5_000, 'busy', true);
    expect(heads()).toEqual(['oc_flooded 1', 'oc_c 304']);
    expect(heads(NOW + 5_000)).toEqual(['oc_flooded 1', 'oc_b 301', 'oc_c 304']);
  });

  it('says no more than it is asked for, and walks the lane again when the flood is over', () => {
    flood(300);
    for (const chat of ['b', 'c', 'd']) add(`oc_${chat}`);
    expect(heads(NOW, 2)).toEqual(['oc_flooded 1', 'oc_b 301']);
    for (let id = 1; id <= 300; id += 1) q.outbox.end(id, 'dropped', null, NOW);
    expect(heads()).toEqual(['oc_b 301', 'oc_c 302', 'oc_d 303']);
  });

  it('keeps nothing in mind of a message that may yet be undone', () => {
    flood(300);
    const before = q.outbox.newest();
    expect(() =>
      store.transaction(() => {
        add('oc_undone');
        expect(q.outbox.heads(NOW, 50, [], before).map((row) => row.targetId)).toEqual(['oc_flooded']);
        throw new Error('undone');
      }),
    ).toThrow('undone');
    add('oc_b');
    expect(heads()).toEqual(['oc_flooded 1', 'oc_b 301']);
  });
});
