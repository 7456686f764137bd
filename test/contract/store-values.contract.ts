import assert from 'node:assert/strict';
import { eq, inArray, sql } from 'drizzle-orm';
import { bundle } from '../../db/migrations/bundle.ts';
import { migrate } from '../../db/migrations.ts';
import { outbox, setting } from '../../db/schema/index.ts';
import { put, type StoreCase } from './store-case.ts';

/** What goes in comes out, on either host. */
export const valueCases: StoreCase[] = [
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
];

/** Migrations on a live database. */
export const migrationCases: StoreCase[] = [
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
