import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, describe, expect, it } from 'vitest';
import { castOf } from '../../bench/lib/cast.ts';
import { COMMANDS, message } from '../../bench/lib/commands.ts';
import { createTaker } from '../../bench/lib/taker.ts';
import { CONNECTION } from '../../bench/load/app.ts';
import { makeOffice, SECRET, WEDNESDAY } from '../../bench/office/open.ts';
import type { Size } from '../../bench/office/size.ts';
import { openStore } from '../../db/node.ts';
import { movableClock } from '../../src/lib/clock.ts';
import { silentLog } from '../../src/lib/log.ts';
import { assembleOffice } from '../../src/office/assemble.ts';

const SMALL: Size = {
  streets: 1,
  communitiesPerStreet: 1,
  branchesPerCommunity: 2,
  membersPerBranch: 5,
  householdsPerCommunity: 20,
  visitsPerMember: 2,
  issuesPerBranch: 20,
};
/** Everybody has as much of his own as before; there is ten times as much around him. */
const LARGER: Size = {
  ...SMALL,
  communitiesPerStreet: 2,
  branchesPerCommunity: 20,
  householdsPerCommunity: 200,
};

/** Tables that grow with the years: none of them may be walked for one command. */
const GROWING =
  /^SCAN (household|visit|visitor|issue|issue_step|member|identity|role|pairing|contact_point|inbox|outbox|live_card|follow|org|chat)\b/;

const folder = mkdtempSync(join(tmpdir(), 'growth-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Every statement that the connection runs, as it runs it: watched, nothing is replaced. */
function watched(): { ran: string[]; end(): void } {
  const { prepare } = Database.prototype;
  const ran: string[] = [];
  Database.prototype.prepare = function (this: Database.Database, source: string) {
    const statement = prepare.call(this, source);
    for (const way of ['run', 'get', 'all'] as const) {
      const original = statement[way].bind(statement);
      statement[way] = (...parameters: unknown[]) => {
        ran.push(source);
        return Reflect.apply(original, statement, parameters) as never;
      };
    }
    return statement;
  } as typeof prepare;
  return {
    ran,
    end: () => {
      Database.prototype.prepare = prepare;
    },
  };
}

/** What each command ran on an office of this size, by its name; answers are written as they are sent. */
async function commandsOn(size: Size, name: string): Promise<Map<string, string[]>> {
  const path = join(folder, `${name}.db`);
  const made = makeOffice(path, size, { connection: CONNECTION });
  const cast = castOf(made, 1);
  made.store.close();
  const watch = watched();
  const store = openStore(path);
  const office = assembleOffice({
    store,
    secret: SECRET,
    clock: movableClock(WEDNESDAY, { frozen: true }),
    platforms: [createTaker()],
    log: silentLog,
  });
  await office.start();
  await office.settle(5_000);
  const found = new Map<string, string[]>();
  for (const command of COMMANDS) {
    const [said] = cast;
    if (!said) throw new Error('nobody speaks');
    watch.ran.length = 0;
    await office.deliver(message(said, command.text(said, 0), command.group === true));
    found.set(command.name, [...watch.ran]);
    await office.settle(5_000);
    found.set(`${command.name}：答复`, [...watch.ran]);
  }
  watch.end();
  await office.stop();
  store.close();
  return found;
}

function plansOf(path: string, statements: Iterable<string>): { source: string; walked: string }[] {
  const sqlite = new Database(path, { readonly: true });
  const found = [...new Set(statements)].flatMap((source) => {
    if (!/^\s*(select|with|update|delete)/i.test(source)) return [];
    const blanks = Array.from(source.matchAll(/\?/g), () => 1);
    const steps = sqlite.prepare(`explain query plan ${source}`).all(...blanks) as { detail: string }[];
    return steps
      .filter((step) => GROWING.test(step.detail))
      .map((step) => ({ source: source.replaceAll('"', ''), walked: step.detail }));
  });
  sqlite.close();
  return found;
}

describe('what a command costs (performance.md: with the work, not with the data)', () => {
  it('walks no table that grows, and runs no more statements in a larger office', async () => {
    const small = await commandsOn(SMALL, 'small');
    const larger = await commandsOn(LARGER, 'larger');
    for (const { name } of COMMANDS.filter((each) => each.name.startsWith('走访'))) {
      expect([name, larger.get(name)?.length]).toEqual([name, small.get(name)?.length]);
    }
    const all = [...larger.values()].flat();
    expect(all.length).toBeGreaterThan(100);
    expect(plansOf(join(folder, 'larger.db'), all)).toEqual([]);
  });
});
