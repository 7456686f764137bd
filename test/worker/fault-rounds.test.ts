import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { checkAlways } from '../faults/check.ts';
import { type Act, act } from '../faults/load.ts';
import { createRandom } from '../faults/random.ts';
import { createRun, round } from '../faults/rounds.ts';
import { settle } from '../faults/settle.ts';
import { createWorkerFaultWorld, type WorkerFaultWorld } from './fault-world.ts';

/** `npm test` runs the short form; `npm run test:faults` asks for all of it. */
const ROUNDS = Number(process.env.FAULT_ROUNDS_WORKER ?? 6);
const SEED = Number(process.env.FAULT_SEED ?? 20261118);
const SECOND = 1000;
const patience = { timeoutMs: 10 * SECOND };

let world: WorkerFaultWorld;
/** Everything people did, for the checks look at the whole file. */
const acts: Act[] = [];
beforeAll(async () => {
  world = await createWorkerFaultWorld({ groups: 3 });
}, 120_000);
afterAll(async () => {
  await world?.close();
});

describe('the Worker in workerd, killed and troubled', () => {
  it('has the next alarm set before it does anything in a tick, and is back by it when killed there', async () => {
    const breaches: string[] = [];
    const [group] = world.groups;
    const [, by] = group?.members ?? [];
    if (!group || !by) throw new Error('nobody to speak');
    const hanging = world.sim.fail({ path: /\/im\/v1\/messages/, mode: 'hang', times: 100 });
    onTestFinished(() => hanging.cancel());
    acts.push(await act(world, { what: 'visit', group, by, building: 3, which: 0 }, breaches));
    await world.sim.waitFor(() => hanging.hits > 0, patience);
    // The alarm of the event rings; its tick waits for a platform that does not answer.
    await world.advance(6 * SECOND);
    await world.sim.waitFor(() => world.lastTick() !== null, patience);
    const armed = await world.armed();
    expect(armed).not.toBeNull();
    expect(armed).toBeLessThanOrEqual(world.sim.now() + 5 * SECOND);
    await world.kill();
    hanging.cancel();
    await world.start();
    breaches.push(...(await world.mend(acts)), ...(await settle(world)), ...checkAlways(world, acts));
    expect(breaches).toEqual([]);
    expect(world.sim.chat(group.id).texts()).toEqual(['已记 · 3号楼 1户']);
  }, 60_000);

  it(
    `loses nothing and does nothing twice in ${ROUNDS} rounds (seed ${SEED})`,
    async () => {
      const run = createRun(world, createRandom(SEED), acts);
      for (let n = 0; n < ROUNDS; n += 1) {
        await round(run);
        expect(run.breaches, `after round ${n + 1} of seed ${SEED}: ${world.output()}`).toEqual([]);
      }
      console.log(`faults in workerd, seed ${SEED}: ${JSON.stringify(run.counts)}`);
      expect(run.counts.rounds).toBe(ROUNDS);
      expect(run.counts.messages).toBeGreaterThan(run.counts.acts);
    },
    60_000 + ROUNDS * 30_000,
  );
});
