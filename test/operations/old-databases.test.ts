import { copyFileSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { copyDatabase, openStore, quickCheck } from '../../db/node.ts';
import { createQueries } from '../../db/queries/index.ts';
import { createVault } from '../../src/lib/vault.ts';
import { createWorld } from '../helpers/world.ts';

const FIXTURES = join(import.meta.dirname, '../fixtures/databases');
/** The key of `createWorld`, which made them. */
const SECRET = 'a secret for tests, long enough …';
const MAKE = process.env.MAKE_DATABASE;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lianxin-old-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Tables, columns and indexes by name, without white space. */
function shape(path: string): string[] {
  const sqlite = new Database(path, { readonly: true });
  const rows = sqlite
    .prepare("select type || ' ' || name || ' ' || coalesce(sql, '') from sqlite_master")
    .pluck()
    .all() as string[];
  sqlite.close();
  return rows.map((row) => row.replace(/\s+/g, ' ')).sort();
}

describe('databases of earlier versions', () => {
  const names = readdirSync(FIXTURES).filter((name) => name.endsWith('.db'));

  it('are kept', () => {
    expect(names).toEqual(['v1.db', 'v2.db']);
  });

  it.each(names)('%s opens, comes to this version’s schema and keeps what was in it', (name) => {
    const path = join(folder, name);
    copyFileSync(join(FIXTURES, name), path);
    const store = openStore(path);
    const q = createQueries({ store, vault: createVault(SECRET) });
    expect(quickCheck(store)).toEqual([]);
    expect(q.audit.verify()).toBeNull();
    const members = store.db.all<{ id: number }>("select id from member where name = '石小红'");
    const diary = q.visits.diary(members[0]?.id ?? 0, { limit: 9, offset: 0 });
    expect(diary).toMatchObject([
      { place: '3号楼', person: '张某', note: '低保咨询', happenedDay: '2026-11-18' },
    ]);
    const household = store.db.all<{ id: number }>('select household_id as id from visit')[0]?.id ?? 0;
    expect(q.visits.ofHousehold(household, 9).map(({ id }) => id)).toEqual(diary.map(({ id }) => id));
    for (const { key } of store.db.all<{ key: string }>('select key from inbox'))
      store.transaction(() => expect(q.inbox.begin({ key })).toBeNull());
    const [issue] = store.db.all<{ id: number }>('select id from issue');
    expect(q.issues.get(issue?.id ?? 0)).toMatchObject({
      number: 1,
      state: 'handling',
      words: '楼道灯坏了三天没人修',
      person: '陈奶奶',
    });
    store.close();

    const fresh = join(folder, 'fresh.db');
    openStore(fresh).close();
    expect(shape(path)).toEqual(shape(fresh));
  });

  /** `MAKE_DATABASE=v2 npx vitest run test/operations/old-databases` keeps today's schema before it changes. */
  it.runIf(MAKE)('makes a new one', async () => {
    const world = await createWorld({ jobs: [], path: join(folder, 'office.db') });
    const { 石小红: author, 贺立: secretary } = world.users;
    if (!author || !secretary) throw new Error('nobody there');
    world.household('3号楼', '张某', '石小红');
    await author.say(world.group, '/走访 3号楼 张某 低保咨询');
    await author.say(world.group, '/诉求 6号楼 陈奶奶 楼道灯坏了三天没人修');
    await world.settle();
    const card = world.sim.private(secretary).lastCard();
    if (!card) throw new Error('no card');
    await secretary.press(card, '按建议办');
    await world.settle();
    const target = join(FIXTURES, `${MAKE}.db`);
    rmSync(target, { force: true });
    await copyDatabase(join(folder, 'office.db'), target);
    await world.close();
    const sqlite = new Database(target);
    sqlite.pragma('page_size = 512');
    sqlite.exec('VACUUM');
    sqlite.close();
  });
});
