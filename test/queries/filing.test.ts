import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openStore } from '../../db/node.ts';
import { createQueries, type Queries } from '../../db/queries/index.ts';
import type { Store } from '../../db/store.ts';
import { createVault } from '../../src/lib/vault.ts';

const NOW = Date.parse('2026-11-18T15:00:00+08:00');
const MEMBERS = 7;
const HOUSEHOLDS = 11;
const vault = createVault('a secret for tests, long enough …');
let folder: string;
let store: Store;
let q: Queries;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lianxin-filing-'));
  store = openStore(join(folder, 'office.db'));
  q = createQueries({ store, vault });
});
afterEach(() => {
  store.close();
  rmSync(folder, { recursive: true });
});

const dayOf = (nth: number): string => `2026-${String(1 + (nth % 11)).padStart(2, '0')}-05`;
/** Visit `nth` of member `nth % 7` to household `nth % 11`. */
const visit = (queries: Queries, nth: number): number =>
  queries.visits.create({
    orgId: 1,
    householdId: (nth % HOUSEHOLDS) + 1,
    batch: `b${nth}`,
    typistId: (nth % MEMBERS) + 1,
    happenedDay: dayOf(nth),
    recordedAt: NOW,
    mode: 'home',
    outcome: 'met',
    kind: 'visit',
    building: '3号楼',
    place: null,
    person: null,
    note: null,
    chatId: null,
    messageId: null,
    visitors: [
      { memberId: (nth % MEMBERS) + 1, name: `甲${nth % MEMBERS}`, paired: false, contactPointIds: [] },
    ],
  }).id;
const visits = (from: number, to: number, queries = q, at = store): void =>
  at.transaction(() => {
    for (let nth = from; nth < to; nth += 1) visit(queries, nth);
  });

const ids = (rows: readonly { id: number }[]): number[] => rows.map(({ id }) => id).sort((a, b) => a - b);
/** The same without any index. */
const plainly = (where: string): number[] =>
  store.db
    .all<{ id: number }>(
      `select distinct visit.id from visit join visitor on visit_id = visit.id where withdrawn_at is null and ${where}`,
    )
    .map(({ id }) => id)
    .sort((a, b) => a - b);
const filed = (): Record<string, number> =>
  Object.fromEntries(
    store.db
      .all<{ name: string; upTo: number }>('select name, up_to as "upTo" from filed')
      .map(({ name, upTo }) => [name, upTo]),
  );

function expectAllFound(queries = q): void {
  for (let household = 1; household <= HOUSEHOLDS + 1; household += 1) {
    const there = plainly(`+household_id = ${household}`);
    expect(ids(queries.visits.ofHousehold(household, 10_000))).toEqual(there);
    expect(queries.visits.orgsAt(household)).toEqual(there.length > 0 ? [1] : []);
    expect(queries.households.lastMet(household)).toBe(
      store.db.all<{ day: string | null }>(
        `select max(happened_day) as day from visit where +household_id = ${household}`,
      )[0]?.day ?? null,
    );
  }
  for (let member = 1; member <= MEMBERS; member += 1) {
    const his = `+member_id = ${member}`;
    expect(ids(queries.visits.diary(member, { limit: 10_000, offset: 0 }))).toEqual(plainly(his));
    expect(ids(queries.visits.credits(member, '2026-06-05'))).toEqual(
      plainly(`${his} and +visitor.happened_day >= '2026-06-05'`),
    );
    expect(queries.visits.latestBy(member)?.id).toBe(plainly(`typist_id = ${member}`).at(-1));
  }
  const facts = queries.work.dutyFacts([1, 2, 3], '2026-11-18', '2026-06-05');
  for (const member of [1, 2, 3])
    expect(ids(facts.visits.get(member) ?? [])).toEqual(
      plainly(`+member_id = ${member} and +visitor.happened_day >= '2026-06-05'`),
    );
}

describe('indexes that grow behind the rows', () => {
  it('find every visit, filed or not', () => {
    expectAllFound();
    visits(0, 1000);
    expect(filed()).toEqual({ inbox: 0, visit: 0, visitor: 0 });
    expectAllFound();
    visits(1000, 2500);
    expect(filed()).toEqual({ inbox: 0, visit: 2048, visitor: 2048 });
    expectAllFound();
  });

  it('follow a visit that is moved, filed or not, and one whose visitors are others', () => {
    visits(0, 2100);
    for (const id of [5, 1024, 2048, 2050, 2100]) {
      q.visits.change(id, { householdId: HOUSEHOLDS + 1 });
      q.visits.setVisitors(id, '2026-07-01', [
        { memberId: 1, name: '甲0', paired: false, contactPointIds: [] },
        { memberId: 2, name: '甲1', paired: false, contactPointIds: [] },
      ]);
    }
    q.visits.change(5, { householdId: 1 });
    q.visits.change(5, { householdId: null });
    q.visits.change(1024, { householdId: 3 });
    q.visits.withdraw(7, 1, NOW);
    expectAllFound();
    visits(2100, 3200);
    expectAllFound();
  });

  it('know nothing of what was rolled back', () => {
    visits(0, 1020);
    expect(() =>
      store.transaction(() => {
        for (let nth = 1020; nth < 1030; nth += 1) visit(q, nth);
        throw new Error('undone');
      }),
    ).toThrow('undone');
    expect(filed()).toMatchObject({ visit: 0 });
    visits(3, 20);
    expect(filed()).toMatchObject({ visit: 1024 });
    expectAllFound();
  });

  it('are the same for a second process, whoever files', () => {
    const other = openStore(join(folder, 'office.db'));
    const there = createQueries({ store: other, vault });
    visits(0, 1000);
    visits(1000, 1100, there, other);
    expect(filed()).toMatchObject({ visit: 1024 });
    visits(1100, 1200);
    expectAllFound();
    expectAllFound(there);
    other.close();
  });
});

describe('the keys of events', () => {
  const TOGETHER = 4096;
  const key = (nth: number): string => `msg:om_${nth}`;
  const come = (nth: number, queries = q, at = store): number | null =>
    at.transaction(() => {
      const id = queries.inbox.begin({ key: key(nth) });
      if (id !== null)
        queries.inbox.finish(id, { key: key(nth), connection: 'c', now: NOW, status: 'ignored' });
      return id;
    });
  const comeAll = (from: number, to: number): void =>
    store.transaction(() => {
      for (let nth = from; nth < to; nth += 1) {
        const id = q.inbox.begin({ key: key(nth) }) ?? 0;
        q.inbox.finish(id, { key: key(nth), connection: 'c', now: NOW, status: 'ignored' });
      }
    });

  it('let each in once, in mind, filed, and after a restart', () => {
    expect(come(0)).toBe(1);
    expect(come(0)).toBeNull();
    comeAll(1, TOGETHER + 10);
    expect(filed()).toMatchObject({ inbox: TOGETHER });
    store.close();
    store = openStore(join(folder, 'office.db'));
    q = createQueries({ store, vault });
    for (const nth of [0, 1, TOGETHER - 1, TOGETHER, TOGETHER + 9]) expect(come(nth)).toBeNull();
    expect(come(TOGETHER + 10)).toBe(TOGETHER + 11);
    expect(q.inbox.seen(key(3))).toMatchObject({ id: 4 });
  });

  it('are free again after a rollback', () => {
    come(0);
    expect(() =>
      store.transaction(() => {
        q.inbox.add({ key: key(1), connection: 'c', now: NOW, status: 'ignored' });
        throw new Error('undone');
      }),
    ).toThrow('undone');
    expect(come(1)).toBe(2);
    expect(come(1)).toBeNull();
  });

  it('of another process are known at once', () => {
    const other = openStore(join(folder, 'office.db'));
    const there = createQueries({ store: other, vault });
    expect(come(0)).toBe(1);
    expect(come(1, there, other)).toBe(2);
    expect(come(1)).toBeNull();
    expect(come(0, there, other)).toBeNull();
    expect(come(2)).toBe(3);
    expect(come(3, there, other)).toBe(4);
    other.close();
  });

  it('may come again when retention has dropped them', () => {
    comeAll(0, TOGETHER + 2);
    while (store.transaction(() => q.upkeep.dropKeys(NOW + 1, 500)) === 500);
    expect(store.db.all('select 1 from inbox_by_key')).toHaveLength(0);
    expect(come(5)).toBe(TOGETHER + 3);
    expect(come(5)).toBeNull();
    expect(come(TOGETHER + 1)).toBeNull();
    comeAll(TOGETHER + 2, 2 * TOGETHER + 10);
    expect(come(6)).not.toBeNull();
  });

  it('leave no gap for what is added while another event is under way', () => {
    comeAll(0, TOGETHER - 1);
    store.transaction(() => {
      const id = q.inbox.begin({ key: key(-1) }) ?? 0;
      q.inbox.add({ key: key(-2), connection: 'c', now: NOW, status: 'ignored' });
      q.inbox.finish(id, { key: key(-1), connection: 'c', now: NOW, status: 'ignored' });
    });
    comeAll(TOGETHER, TOGETHER + 5);
    for (const nth of [-1, -2, 0, TOGETHER - 2]) expect(come(nth)).toBeNull();
  });
});
