import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { asc, sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openStore } from '../../db/node.ts';
import { setting } from '../../db/schema/index.ts';
import { CommitFailed, type Store } from '../../db/store.ts';
import { put } from '../contract/store-case.ts';

let folder: string;
let store: Store;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lianxin-faults-'));
  store = openStore(join(folder, 'office.db'));
});
afterEach(() => {
  store.close();
  rmSync(folder, { recursive: true, force: true });
});

const keys = (of: Store = store) =>
  of.db
    .select({ key: setting.key })
    .from(setting)
    .orderBy(asc(setting.key))
    .all()
    .map((row) => row.key);
const big = 'x'.repeat(400_000);
/** A disk with room for `spare` more pages: the same SQLITE_FULL, with the same silent rollback, as a real one. */
const fillDisk = (spare = 4) => {
  const { page_count: pages } = store.db.get<{ page_count: number }>(sql`PRAGMA page_count`);
  store.db.get(sql.raw(`PRAGMA max_page_count = ${pages + spare}`));
};
const makeRoom = () => store.db.get(sql`PRAGMA max_page_count = 1000000`);
/** What is really in the file, as another process would find it. */
const onDisk = () => {
  const other = openStore(join(folder, 'office.db'), { readonly: true });
  try {
    return keys(other);
  } finally {
    other.close();
  }
};

describe('a full disk inside a group commit (decision 41)', () => {
  it('acknowledges none, keeps none, and works again when there is room', () => {
    fillDisk();
    const works = [() => put(store, 'a'), () => put(store, 'b', big), () => put(store, 'c')];
    expect(() => store.batch(works)).toThrow(CommitFailed);
    expect(onDisk()).toEqual([]);
    makeRoom();
    expect(store.batch(works).every((outcome) => outcome.ok)).toBe(true);
    expect(onDisk()).toEqual(['a', 'b', 'c']);
  });

  it('run singly, only the work that does not fit fails', () => {
    fillDisk();
    expect(store.batch([() => put(store, 'a')])).toEqual([{ ok: true, value: undefined }]);
    expect(() => store.batch([() => put(store, 'b', big)])).toThrow(CommitFailed);
    expect(store.batch([() => put(store, 'c')])).toEqual([{ ok: true, value: undefined }]);
    expect(onDisk()).toEqual(['a', 'c']);
  });

  it('a work that swallows the error and writes on leaves nothing half-written', () => {
    fillDisk();
    const careless = () => {
      put(store, 'b1');
      try {
        put(store, 'b2', big);
      } catch {
        // As a command's own error handling would.
      }
      put(store, 'b3');
    };
    expect(() => store.batch([() => put(store, 'a'), careless, () => put(store, 'c')])).toThrow(CommitFailed);
    expect(onDisk()).toEqual([]);
  });

  it('so does one that swallows it around a savepoint, or at its very end', () => {
    fillDisk();
    const aroundSavepoint = () => {
      try {
        store.savepoint(() => put(store, 'b2', big));
      } catch {
        put(store, 'b3');
      }
    };
    const atTheEnd = () => {
      try {
        put(store, 'b2', big);
      } catch {
        // Nothing follows: only the state of the connection tells.
      }
    };
    for (const careless of [aroundSavepoint, atTheEnd]) {
      expect(() => store.batch([() => put(store, 'a'), careless])).toThrow(CommitFailed);
      expect(() => store.transaction(careless)).toThrow(CommitFailed);
      expect(onDisk()).toEqual([]);
    }
  });

  it('a statement that takes back only itself still fails the whole batch, swallowed or not', () => {
    fillDisk();
    let seen: unknown;
    const manyRows = () => {
      try {
        const rows = Array.from({ length: 40 }, (_, at) => ({ key: `m${at}`, value: big.slice(0, 20_000) }));
        store.db.insert(setting).values(rows).run();
      } catch (error) {
        seen = error;
        throw error;
      }
    };
    const swallowed = () => {
      put(store, 'a');
      try {
        store.savepoint(manyRows);
      } catch {
        // The transaction is still open here, and must not be committed all the same.
      }
    };
    expect(() => store.batch([() => put(store, 'a'), manyRows])).toThrow(CommitFailed);
    expect(seen).toMatchObject({ code: 'SQLITE_FULL' });
    expect(() => store.batch([swallowed])).toThrow(CommitFailed);
    expect(() => store.transaction(swallowed)).toThrow(CommitFailed);
    expect(onDisk()).toEqual([]);
  });

  it('a transaction says so with the cause', () => {
    fillDisk();
    expect(() => store.transaction(() => put(store, 'b', big))).toThrow(
      expect.objectContaining({
        name: 'CommitFailed',
        cause: expect.objectContaining({ code: 'SQLITE_FULL' }),
      }),
    );
  });
});

describe('a locked database', () => {
  it('fails the commit within the busy wait, by another connection, and works again after it', () => {
    const other = openStore(join(folder, 'office.db'));
    other.transaction(() => {
      put(other, 'theirs');
      expect(() => store.batch([() => put(store, 'mine')])).toThrow(CommitFailed);
      expect(() => store.transaction(() => put(store, 'mine'))).toThrow(CommitFailed);
    });
    other.close();
    expect(store.batch([() => put(store, 'mine')])[0]?.ok).toBe(true);
    expect(onDisk()).toEqual(['mine', 'theirs']);
  });

  it('fails the commit while another process holds it, and that process dying gives it back', async () => {
    const script = `
      const sqlite = new (require('better-sqlite3'))(process.argv[1]);
      sqlite.exec("BEGIN IMMEDIATE; INSERT INTO setting VALUES ('theirs', '')");
      console.log('locked');
      setInterval(() => {}, 1000);`;
    const holder = spawn(process.execPath, ['-e', script, join(folder, 'office.db')], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(holder.stdout, 'data');
    expect(() => store.batch([() => put(store, 'mine')])).toThrow(CommitFailed);
    holder.kill('SIGKILL');
    await once(holder, 'exit');
    expect(store.batch([() => put(store, 'mine')])[0]?.ok).toBe(true);
    expect(onDisk()).toEqual(['mine']);
  });
});
