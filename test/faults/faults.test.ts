import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFaultWorld, type FaultWorld } from './fault-world.ts';
import { createRandom } from './random.ts';
import { createRun, round } from './rounds.ts';
import { type Built, buildServer } from './server.ts';

/** `npm test` runs the short form; `npm run test:faults` asks for all of it. */
const ROUNDS = Number(process.env.FAULT_ROUNDS ?? 6);
const SEED = Number(process.env.FAULT_SEED ?? 20261118);

let built: Built;
let world: FaultWorld;
beforeAll(async () => {
  built = await buildServer();
  world = await createFaultWorld(built, { groups: 3 });
  await world.start();
}, 60_000);
afterAll(async () => {
  await world?.close();
  built?.remove();
});

describe('the real server, killed and troubled', () => {
  it('keeps its connection in WAL mode with synchronous=FULL', async () => {
    expect(await world.life().pragma('synchronous')).toEqual([2]);
    expect(await world.life().pragma('journal_mode')).toEqual(['wal']);
  });

  it(
    `loses nothing and does nothing twice in ${ROUNDS} rounds (seed ${SEED})`,
    async () => {
      const run = createRun(world, createRandom(SEED));
      for (let n = 0; n < ROUNDS; n += 1) {
        await round(run);
        expect(run.breaches, `after round ${n + 1} of seed ${SEED}`).toEqual([]);
      }
      console.log(`faults, seed ${SEED}: ${JSON.stringify(run.counts)}`);
      expect(run.counts.rounds).toBe(ROUNDS);
      expect(run.counts.messages).toBeGreaterThan(run.counts.acts);
    },
    60_000 + ROUNDS * 30_000,
  );

  it('ends in peace on SIGTERM', async () => {
    expect(await world.life().stop()).toBe(0);
  });
});
