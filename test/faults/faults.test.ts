import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createFaultWorld, type FaultWorld } from './fault-world.ts';
import { createRandom } from './random.ts';
import { createRun, round } from './rounds.ts';
import { type Built, buildServer } from './server.ts';

/** `npm test` runs the short form; `npm run test:faults` asks for all of it. */
const ROUNDS = Number(process.env.FAULT_ROUNDS ?? 6);
/** Beside the webhook; the rounds are the same ones. */
const OVER_LONGCONN = Number(process.env.FAULT_ROUNDS_LONGCONN ?? Math.ceil(ROUNDS / 3));
const SEED = Number(process.env.FAULT_SEED ?? 20261118);

let built: Built;
let world: FaultWorld;
beforeAll(async () => {
  built = await buildServer();
}, 60_000);
afterEach(async () => {
  await world.close();
});
afterAll(() => {
  built?.remove();
});

describe.each([
  { transport: 'webhook', rounds: ROUNDS },
  { transport: 'longconn', rounds: OVER_LONGCONN },
] as const)('the real server over $transport, killed and troubled', ({ transport, rounds }) => {
  it(
    `loses nothing and does nothing twice in ${rounds} rounds (seed ${SEED}), and ends in peace on SIGTERM`,
    async () => {
      world = await createFaultWorld(built, { groups: 3, transport });
      await world.start();
      // FULL and the log of the database: without them the rounds would prove nothing.
      expect(await world.life().pragma('synchronous')).toEqual([2]);
      expect(await world.life().pragma('journal_mode')).toEqual(['wal']);
      const run = createRun(world, createRandom(SEED));
      for (let n = 0; n < rounds; n += 1) {
        await round(run);
        expect(run.breaches, `after round ${n + 1} of seed ${SEED}`).toEqual([]);
      }
      console.log(`faults over ${transport}, seed ${SEED}: ${JSON.stringify(run.counts)}`);
      expect(run.counts.rounds).toBe(rounds);
      expect(run.counts.messages).toBeGreaterThan(run.counts.acts);
      expect(await world.life().stop()).toBe(0);
    },
    60_000 + rounds * 30_000,
  );
});
