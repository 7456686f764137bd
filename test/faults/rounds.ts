import { checkAlways, checkSettled } from './check.ts';
import type { HostWorld } from './host-world.ts';
import { type Act, act, type Counts, plan } from './load.ts';
import type { Random } from './random.ts';
import { settle } from './settle.ts';
import { pause, troublePlatform } from './troubles.ts';

/** Everything that is kept between rounds. */
export interface Run {
  world: HostWorld;
  random: Random;
  acts: Act[];
  breaches: string[];
  counts: Counts;
}

/** `acts`: what was done before the rounds, for the checks look at the whole file. */
export function createRun(world: HostWorld, random: Random, acts: Act[] = []): Run {
  const run: Run = {
    world,
    random,
    acts,
    breaches: [],
    counts: {
      rounds: 0,
      kills: 0,
      acts: 0,
      duplicates: 0,
      repushes: 0,
      platformFaults: 0,
      locks: 0,
      fullDisks: 0,
      clockJumps: 0,
      resets: 0,
      tokenExpiries: 0,
      messages: 0,
      uncertain: 0,
      dead: 0,
    },
  };
  watchLeases(run);
  return run;
}

/** Decision 37: that a call is about to be made is on disk before it is made. */
function watchLeases({ world, breaches }: Run): void {
  const row = world.disk.prepare<[string], { state: string; attempted_at: number | null }>(
    'select state, attempted_at from outbox where uuid = ?',
  );
  world.sim.fail({
    method: 'POST',
    mode: 'hang',
    times: Number.POSITIVE_INFINITY,
    match({ body }) {
      const uuid = (body as { uuid?: string } | undefined)?.uuid;
      const kept = uuid ? row.get(uuid) : undefined;
      if (uuid && (kept?.state !== 'leased' || kept.attempted_at === null))
        breaches.push(`${uuid} was called before that was on disk`);
      return false;
    },
  });
}

/** One round: load and troubles, mostly a kill in the middle; it comes back, all is pushed again, all is checked. */
export async function round(run: Run): Promise<void> {
  const { world, random, counts, breaches } = run;
  const kills = random.chance(0.85);
  troublePlatform(world, random, counts, random.chance(kills ? 0.2 : 0.1));
  world.endThousand?.();
  const load = fire(run);
  const trouble = random.pick(world.troubles)(random, counts);
  trouble.catch(() => undefined);
  if (kills) {
    await pause(random.between(5, 500));
    await world.kill();
    counts.kills += 1;
  }
  const fresh = await Promise.all(load);
  await trouble;
  run.acts.push(...fresh);
  counts.acts += fresh.length;
  const end = world.fallen();
  if (end && !kills) breaches.push(end);
  if (end) await world.start();
  breaches.push(...(await world.mend(run.acts)));
  await repeat(run, fresh);
  breaches.push(...(await settle(world)), ...checkAlways(world, run.acts));
  const settled = checkSettled(world);
  breaches.push(...settled.breaches);
  counts.uncertain = settled.uncertain;
  counts.dead = settled.dead;
  counts.messages = world.sim.messages.length;
  counts.rounds += 1;
}

/** People act all at once, a few milliseconds apart. */
function fire({ world, random, breaches }: Run): Promise<Act>[] {
  const plans = Array.from({ length: random.between(6, 24) }, () => ({
    ...plan(world, random),
    after: random.between(0, 350),
  }));
  return plans.map(async (each) => {
    await pause(each.after);
    return act(world, each, breaches);
  });
}

/** What was not acknowledged is pushed again in any order; some of what was comes once more (feishu.md 1.7). */
async function repeat({ world, random, acts, breaches, counts }: Run, fresh: readonly Act[]): Promise<void> {
  const lost = random.shuffle(fresh.filter((each) => each.what !== 'undo' && !each.acked()));
  const again = random.shuffle(acts.slice(-60)).slice(0, random.between(0, 8));
  counts.repushes += lost.length;
  counts.duplicates += again.length;
  await Promise.all([
    ...lost.slice(random.between(0, lost.length)).map((each) => world.sim.repush(each.delivery.eventId)),
    ...again
      .filter((each) => each.acked())
      .map(async (each) => {
        const press = each.what === 'undo';
        const newEventId = !press && random.chance(0.5);
        const second = await world.sim.duplicate(each.delivery.eventId, { newEventId });
        if (press && each.accepted && second.acked)
          if (JSON.stringify(second.body) !== JSON.stringify(each.delivery.body))
            breaches.push(`${each.key}: the same press was answered otherwise the second time`);
      }),
  ]);
}
