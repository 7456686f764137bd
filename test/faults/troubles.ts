import Database from 'better-sqlite3';
import type { Fault } from '../simulators/feishu/types.ts';
import type { FaultWorld } from './fault-world.ts';
import type { HostWorld, Trouble } from './host-world.ts';
import type { Counts } from './load.ts';
import type { Random } from './random.ts';

const MESSAGES = /\/open-apis\/im\/v1\/messages/;
const MINUTE = 60_000;
/** SQLite's own default. */
const NO_LIMIT = 1_073_741_823;

export const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

/** What the platform may do to a call instead of answering it well. */
const PLATFORM: readonly ((random: Random) => Fault)[] = [
  () => ({ mode: 'error', status: 400, code: 230020 }),
  () => ({ mode: 'error', status: 429, code: 99991400 }),
  () => ({ mode: 'error', status: 503, code: 0 }),
  () => ({ mode: 'error', status: 500, code: 0 }),
  () => ({ mode: 'error', status: 500, code: 1 }),
  () => ({ mode: 'drop-before' }),
  () => ({ mode: 'drop-after' }),
  (random) => ({ mode: 'delay', delayMs: random.between(50, 900) }),
];

/** Arms the platform's troubles of a round. A call that never answers costs 5 real seconds, so those are rare. */
export function troublePlatform(world: HostWorld, random: Random, counts: Counts, hang: boolean): void {
  const many = random.between(0, 4);
  for (let n = 0; n < many; n += 1) {
    world.sim.fail({ path: MESSAGES, ...random.pick(PLATFORM)(random), times: random.between(1, 3) });
    counts.platformFaults += 1;
  }
  if (hang) {
    world.sim.fail({ path: MESSAGES, mode: 'hang' });
    counts.platformFaults += 1;
  }
  if (random.chance(0.1)) {
    world.sim.expireTokens();
    counts.tokenExpiries += 1;
  }
}

/** No trouble of the host in this round. */
export async function calm(): Promise<void> {}

/** Another process writes for a while and lets nobody else. */
async function lockDatabase(world: FaultWorld, random: Random, counts: Counts): Promise<void> {
  const [from, span] = [random.between(0, 150), random.between(50, 2500)];
  await pause(from);
  const other = new Database(world.path, { timeout: 2000 });
  try {
    other.exec('BEGIN IMMEDIATE');
    counts.locks += 1;
    await pause(span);
    other.exec('ROLLBACK');
  } finally {
    other.close();
  }
}

/** The server's connection finds room for a few pages and no more, then room again (or it is killed first). */
async function fillDisk(world: FaultWorld, random: Random, counts: Counts): Promise<void> {
  const life = world.life();
  const [spare, span] = [random.between(0, 3), random.between(50, 600)];
  const [pages] = await life.pragma('page_count');
  await life.pragma(`max_page_count = ${Number(pages) + spare}`);
  counts.fullDisks += 1;
  await pause(span);
  if (!life.gone()) await life.pragma(`max_page_count = ${NO_LIMIT}`);
}

/** The machine's clock is set, forward or back; not so far that every event looks forged (decision 2). */
async function jumpClock(world: FaultWorld, random: Random, counts: Counts): Promise<void> {
  const from = random.between(0, 200);
  const by = random.chance(0.5) ? random.between(1, 70) * MINUTE : -random.between(1, 4) * MINUTE;
  await pause(from);
  if (world.life().gone()) return;
  counts.clockJumps += 1;
  await world.skew(by);
}

/** The troubles of a machine under Node; a kill may come first. */
export function troublesOfNode(world: () => FaultWorld): readonly Trouble[] {
  return [calm, calm, lockDatabase, fillDisk, jumpClock].map((made) => async (random, counts) => {
    const life = world().life();
    try {
      await made(world(), random, counts);
    } catch (error) {
      if (!life.gone()) throw error;
    }
  });
}
