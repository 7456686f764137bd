import assert from 'node:assert/strict';
import { asc, eq, inArray, sql } from 'drizzle-orm';
import { bundle } from '../../db/migrations/bundle.ts';
import { migrate } from '../../db/migrations.ts';
import { outbox, setting } from '../../db/schema/index.ts';
import { CommitFailed, type Store } from '../../db/store.ts';

/** One promise of the Store, kept by every host. Runs inside the host, so it asserts with `node:assert`. */
export interface StoreCase {
  name: string;
  run(store: Store): void;
}

const put = (store: Store, key: string, value = key) => {
  store.db.insert(setting).values({ key, value }).run();
};
const keys = (store: Store) =>
  store.db
    .select({ key: setting.key })
    .from(setting)
    .orderBy(asc(setting.key))
    .all()
    .map((row) => row.key);
const boom = () => {
  throw new Error('boom');
};

const transactions: StoreCase[] = [
  {
    name: 'a transaction gives back its value and keeps its rows',
    run(store) {
      const value = store.transaction(() => {
        put(store, 'a');
        put(store, 'b');
        return 7;
      });
      assert.equal(value, 7);
      assert.deepEqual(keys(store), ['a', 'b']);
    },
  },
  {
    name: 'a throw rolls the whole transaction back and is passed on as it is',
    run(store) {
      const error = new TypeError('mine');
      assert.throws(
        () =>
          store.transaction(() => {
            put(store, 'a');
            throw error;
          }),
        (thrown) => thrown === error,
      );
      assert.deepEqual(keys(store), []);
      store.transaction(() => put(store, 'after'));
      assert.deepEqual(keys(store), ['after']);
    },
  },
  {
    name: 'a transaction inside a transaction is refused, and so is a savepoint outside one',
    run(store) {
      assert.throws(() => store.transaction(() => store.transaction(() => put(store, 'a'))), /already open/);
      assert.throws(() => store.savepoint(() => put(store, 'a')), /needs a transaction/);
      assert.deepEqual(keys(store), []);
    },
  },
  {
    name: 'an async work is refused and leaves nothing',
    run(store) {
      // @ts-expect-error: what the type refuses must fail at run time too
      const asyncWork: () => never = async () => put(store, 'a');
      assert.throws(() => store.transaction(asyncWork), TypeError);
      const outcomes = store.batch([asyncWork, () => put(store, 'b')]);
      assert.deepEqual(
        outcomes.map((outcome) => outcome.ok),
        [false, true],
      );
      assert.deepEqual(keys(store), ['b']);
    },
  },
];

const batches: StoreCase[] = [
  {
    name: 'an empty batch is nothing',
    run(store) {
      assert.deepEqual(store.batch([]), []);
    },
  },
  {
    name: 'a throw in a batch undoes that work alone; the order of the outcomes is that of the works',
    run(store) {
      const outcomes = store.batch([
        () => {
          put(store, 'a');
          return 1;
        },
        () => {
          put(store, 'b');
          return boom();
        },
        () => {
          put(store, 'c');
          return 3;
        },
      ]);
      assert.deepEqual(outcomes[0], { ok: true, value: 1 });
      assert.equal(outcomes[1]?.ok, false);
      assert.deepEqual(outcomes[2], { ok: true, value: 3 });
      assert.deepEqual(keys(store), ['a', 'c']);
    },
  },
  {
    name: 'a later work of a batch sees the rows of an earlier one, and not those undone',
    run(store) {
      const outcomes = store.batch<string[] | undefined>([
        () => {
          put(store, 'kept');
          return undefined;
        },
        () => {
          put(store, 'undone');
          return boom();
        },
        () => keys(store),
      ]);
      assert.deepEqual(outcomes[2], { ok: true, value: ['kept'] });
    },
  },
  {
    name: 'a unique conflict is an outcome of its own work; the next work may use the key',
    run(store) {
      put(store, 'taken', 'first');
      const outcomes = store.batch([
        () => {
          put(store, 'x');
          put(store, 'taken', 'second');
        },
        () => put(store, 'y'),
      ]);
      const [first, second] = outcomes;
      assert.ok(first && !first.ok && !(first.error instanceof CommitFailed));
      assert.match(String(first.error), /UNIQUE/);
      assert.equal(second?.ok, true);
      assert.deepEqual(keys(store), ['taken', 'y']);
    },
  },
  {
    name: 'a savepoint inside a work undoes itself alone when the work catches',
    run(store) {
      const outcomes = store.batch([
        () => {
          put(store, 'a');
          assert.throws(
            () =>
              store.savepoint(() => {
                put(store, 'b');
                store.savepoint(() => put(store, 'c'));
                boom();
              }),
            /boom/,
          );
          store.savepoint(() => put(store, 'd'));
        },
      ]);
      assert.equal(outcomes[0]?.ok, true);
      assert.deepEqual(keys(store), ['a', 'd']);
    },
  },
  {
    name: 'an inner savepoint that was released falls with its outer one, three deep',
    run(store) {
      store.transaction(() => {
        put(store, '1');
        try {
          store.savepoint(() => {
            put(store, '2');
            store.savepoint(() => {
              put(store, '3');
              store.savepoint(() => put(store, '4'));
            });
            boom();
          });
        } catch {
          put(store, '5');
        }
      });
      assert.deepEqual(keys(store), ['1', '5']);
    },
  },
];

const values: StoreCase[] = [
  {
    name: 'returning gives the written row, its number too, and nothing on a conflict that is ignored',
    run(store) {
      const row = {
        cause: 'c',
        ordinal: 0,
        connection: 'k',
        kind: 'send',
        targetType: 'chat',
        targetId: 't',
        lane: 'answer',
        payload: '{}',
        exempt: true,
        notBefore: 1_795_000_000_123,
        createdAt: 0,
        state: 'pending',
        uuid: 'u',
      } as const;
      const [written] = store.db.insert(outbox).values(row).returning().all();
      assert.ok(written && written.id > 0);
      assert.equal(written.exempt, true);
      assert.equal(written.notBefore, 1_795_000_000_123);
      assert.equal(written.leaseUntil, null);
      assert.deepEqual(store.db.insert(outbox).values(row).onConflictDoNothing().returning().all(), []);
      const changed = store.db
        .update(outbox)
        .set({ state: 'sent' })
        .where(eq(outbox.id, written.id))
        .returning({ id: outbox.id })
        .all();
      assert.deepEqual(changed, [{ id: written.id }]);
      assert.deepEqual(
        store.db.delete(outbox).where(eq(outbox.id, -1)).returning({ id: outbox.id }).all(),
        [],
      );
    },
  },
  {
    name: 'get gives one row or undefined, also from a prepared query with placeholders',
    run(store) {
      put(store, 'a', '1');
      const byKey = store.db
        .select()
        .from(setting)
        .where(eq(setting.key, sql.placeholder('key')))
        .prepare();
      assert.deepEqual(byKey.get({ key: 'a' }), { key: 'a', value: '1' });
      assert.equal(byKey.get({ key: 'b' }), undefined);
      assert.deepEqual(byKey.all({ key: 'b' }), []);
    },
  },
  {
    name: 'text comes back as it went in: rare characters, emoji, newlines, quotes, NUL-free controls',
    run(store) {
      const text = '𠮷田・买买提·艾力 👵🏻 “低保”\n\t\u0001 \' " % _ \u202e ｱ 㐂';
      put(store, 'u', text);
      assert.equal(store.db.select().from(setting).where(eq(setting.key, 'u')).get()?.value, text);
    },
  },
  {
    name: 'a value of one million characters is kept whole',
    run(store) {
      const text = '走访'.repeat(500_000 / 2) + 'x'.repeat(500_000);
      put(store, 'big', text);
      assert.equal(store.db.select().from(setting).where(eq(setting.key, 'big')).get()?.value, text);
    },
  },
  {
    name: '100 bound parameters go in one statement; a longer list goes as one JSON array',
    run(store) {
      const all = Array.from({ length: 1000 }, (_, index) => `k${String(index).padStart(4, '0')}`);
      for (let at = 0; at < all.length; at += 50) {
        const rows = all.slice(at, at + 50).map((key) => ({ key, value: key }));
        store.db.insert(setting).values(rows).run();
      }
      const hundred = store.db
        .select()
        .from(setting)
        .where(inArray(setting.key, all.slice(0, 100)))
        .all();
      assert.equal(hundred.length, 100);
      const list = sql`${setting.key} IN (SELECT value FROM json_each(${JSON.stringify(all.slice(0, 700))}))`;
      assert.equal(store.db.select().from(setting).where(list).all().length, 700);
    },
  },
  {
    name: 'migrating again changes nothing',
    run(store) {
      const tables = () => store.db.all(sql`SELECT name, sql FROM sqlite_master ORDER BY name`);
      const before = tables();
      migrate(store);
      assert.deepEqual(tables(), before);
      assert.deepEqual(
        store.db.all(sql`SELECT tag FROM __migrations ORDER BY tag`),
        bundle.map(({ tag }) => ({ tag })),
      );
    },
  },
  {
    name: 'a migration that fails half-way leaves nothing of itself',
    run(store) {
      const next = {
        tag: '9999_next',
        hash: 'h',
        sql: 'CREATE TABLE extra (a)--> statement-breakpoint\nCREATE TABLE setting (a)',
      };
      assert.throws(() => migrate(store, [...bundle, next]));
      assert.deepEqual(store.db.all(sql`SELECT name FROM sqlite_master WHERE name = 'extra'`), []);
      migrate(store, [...bundle, { ...next, sql: 'CREATE TABLE extra (a)' }]);
      assert.equal(store.db.all(sql`SELECT name FROM sqlite_master WHERE name = 'extra'`).length, 1);
    },
  },
  {
    name: 'a database of a newer or another version is refused with a sentence',
    run(store) {
      store.db.run(sql`INSERT INTO __migrations (tag, hash) VALUES ('9998_future', 'x')`);
      assert.throws(() => migrate(store), { name: 'AppError', code: 'database-newer', userText: /升级/ });
      store.db.run(sql`DELETE FROM __migrations WHERE tag = '9998_future'`);
      store.db.run(sql`UPDATE __migrations SET hash = 'x'`);
      assert.throws(() => migrate(store), {
        name: 'AppError',
        code: 'database-differs',
        userText: /DATABASE_PATH/,
      });
    },
  },
];

/** The whole contract: a suite per host runs each case on a fresh, migrated store of its own. */
export const storeCases: readonly StoreCase[] = [...transactions, ...batches, ...values];
