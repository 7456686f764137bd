import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openStore, quickCheck } from '../../db/node.ts';
import { setting } from '../../db/schema/index.ts';
import { CommitFailed, type Store } from '../../db/store.ts';
import { put } from '../contract/store-case.ts';

let folder: string;
let path: string;
const opened: Store[] = [];
const open = (at = path, options?: { readonly?: boolean }) => {
  const store = openStore(at, options);
  opened.push(store);
  return store;
};
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lianxin-open-'));
  path = join(folder, 'data', 'deep', 'office.db');
});
afterEach(() => {
  for (const store of opened.splice(0)) store.close();
  rmSync(folder, { recursive: true, force: true });
});

const pragma = (store: Store, name: string) =>
  Object.values(store.db.get<object>(sql.raw(`PRAGMA ${name}`)))[0];
const count = (store: Store) => store.db.select().from(setting).all().length;

describe('opening an office on Node', () => {
  it('runs with WAL, FULL, foreign keys and a short busy wait in the connection itself', () => {
    const store = open();
    expect(pragma(store, 'journal_mode')).toBe('wal');
    expect(pragma(store, 'synchronous')).toBe(2);
    expect(pragma(store, 'foreign_keys')).toBe(1);
    expect(pragma(store, 'busy_timeout')).toBeLessThanOrEqual(100);
  });

  it('creates the folder and a file that nobody else may read, its log too', () => {
    const store = open();
    put(store, 'a');
    for (const file of [path, `${path}-wal`, `${path}-shm`]) expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(statSync(join(folder, 'data')).mode & 0o777).toBe(0o700);
  });

  it('keeps its rows over a restart and has no complaint about the file', () => {
    open().batch([() => undefined]);
    put(opened[0] as Store, 'a');
    opened.splice(0)[0]?.close();
    const again = open();
    expect(count(again)).toBe(1);
    expect(quickCheck(again)).toEqual([]);
  });

  it('quickCheck names the damage', () => {
    const store = open();
    store.db
      .insert(setting)
      .values(Array.from({ length: 300 }, (_, at) => ({ key: `k${at}`, value: 'v'.repeat(300) })))
      .run();
    opened.splice(0)[0]?.close();
    const bytes = readFileSync(path);
    bytes.fill(0x41, bytes.length - 8192, bytes.length - 4096);
    writeFileSync(path, bytes);
    expect(quickCheck(open()).length).toBeGreaterThan(0);
  });

  it('refuses a file that is no database, a missing one read-only, and a newer one, each with a sentence', () => {
    const other = join(folder, 'no.db');
    writeFileSync(other, 'this is not a database '.repeat(100));
    expect(() => openStore(other)).toThrow(
      expect.objectContaining({ code: 'database-open', userText: expect.stringContaining('DATABASE_PATH') }),
    );
    expect(() => openStore(path, { readonly: true })).toThrow(
      expect.objectContaining({ code: 'database-open' }),
    );
    open().db.run(sql`INSERT INTO __migrations (tag, hash) VALUES ('9998_future', 'x')`);
    expect(() => openStore(path)).toThrow(expect.objectContaining({ code: 'database-newer' }));
    expect(() => openStore(path, { readonly: true })).toThrow(
      expect.objectContaining({ code: 'database-newer' }),
    );
  });

  it('refuses an unmigrated database read-only', () => {
    open().db.run(sql`DELETE FROM __migrations`);
    expect(() => openStore(path, { readonly: true })).toThrow(
      expect.objectContaining({ code: 'database-older' }),
    );
  });

  it('opens beside a writer that holds the lock, without waiting for it', () => {
    const writer = open();
    writer.transaction(() => {
      put(writer, 'a');
      expect(count(open())).toBe(0);
    });
  });
});

describe('a read-only store', () => {
  it('cannot write, and sees one moment for the length of its transaction', () => {
    const writer = open();
    put(writer, 'a');
    const reader = open(path, { readonly: true });
    expect(() => put(reader, 'b')).toThrow(/readonly/);
    expect(() => reader.batch([() => put(reader, 'b')])).toThrow(CommitFailed);
    reader.transaction(() => {
      expect(count(reader)).toBe(1);
      put(writer, 'c');
      expect(count(reader)).toBe(1);
    });
    expect(count(reader)).toBe(2);
  });
});
