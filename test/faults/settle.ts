import { rowsOf } from './check.ts';
import type { HostWorld } from './host-world.ts';
import { pause } from './troubles.ts';

const HOUR = 3_600_000;
const TURNS = 600;

/**
 * Lets the server finish and the clocks run on (leases end, back-offs end, re-pushes come) until nothing is due.
 * A sentence if it never calms down.
 */
export async function settle(world: HostWorld): Promise<string[]> {
  let before = '';
  let still = 0;
  for (let turn = 0; turn < TURNS; turn += 1) {
    const waits = waiting(world);
    if (waits.length === 0) return [];
    const now = JSON.stringify(waits);
    still = now === before ? still + 1 : 0;
    before = now;
    if (still < 3) {
      await pause(30);
      continue;
    }
    // Nothing moves by itself: time passes until the next thing may.
    const next = Math.min(...waits.map((each) => each.at)) - world.sim.now();
    await world.advance(Math.min(Math.max(next + 5, 500), 120_000));
    await world.wake();
    still = 0;
  }
  return [
    `it did not calm down by ${world.sim.now()}: ${JSON.stringify(waiting(world))} ${world.output().slice(-2000)}`,
  ];
}

/** What is still under way, and when it may move. Messages held back for working hours are not. */
function waiting(world: HostWorld): { what: string; at: number }[] {
  const lanes = new Set<string>();
  const rows = rowsOf(world)
    .filter((row) => row.state === 'leased' || row.state === 'pending')
    .filter((row) => row.exempt === 1 || row.not_before < world.sim.now() + HOUR)
    .map((row) => {
      const lane = `${row.target_id} ${row.lane}`;
      const behind = lanes.has(lane);
      lanes.add(lane);
      const at = row.state === 'leased' ? (row.lease_until ?? 0) : row.not_before;
      // Who stands behind another moves when that one does.
      return { what: `${row.id} ${row.state} ${row.attempts}`, at: behind ? Number.POSITIVE_INFINITY : at };
    });
  const pushes = world.sim.events.flatMap((event) =>
    event.nextAt === undefined ? [] : [{ what: `push ${event.attempts.length}`, at: event.nextAt }],
  );
  return [...rows, ...pushes];
}
