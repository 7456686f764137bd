import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { createQueries } from '../../db/queries/index.ts';
import { causeOf } from '../../src/lib/event-cause.ts';
import { createVault } from '../../src/lib/vault.ts';
import type { HostWorld, Trouble } from '../faults/host-world.ts';
import type { Act } from '../faults/load.ts';
import { SECRET, START, seedOffice } from '../faults/seed.ts';
import { calm, pause } from '../faults/troubles.ts';
import { createFeishuSim } from '../simulators/feishu/index.ts';
import { createWorkerHost } from './host.ts';

/** How much later than what is due an alarm may come: the object's own 5 s (TAKE_OVER), and a busy machine. */
const LATE = 10_000;

export interface WorkerFaultWorld extends HostWorld {
  /** When it ticked last, as the file says (epoch ms). */
  lastTick(): number | null;
  /** For when its alarm is set; null while none is. */
  armed(): Promise<number | null>;
  close(): Promise<void>;
}

/** The Worker in workerd on a roster of its own, and the strict simulator in this process, `groups` branches of three people. */
export async function createWorkerFaultWorld(options: { groups: number }): Promise<WorkerFaultWorld> {
  const base = START - Date.now();
  const sim = await createFeishuSim({ clock: () => Date.now() + base });
  const name = `feishu:${sim.appId}`;
  let output = '';
  const host = createWorkerHost({
    at: START,
    bindings: () => ({ ...sim.env(), SECRET_KEY: SECRET, LOG_LEVEL: 'warn' }),
    onStart: (url) => sim.connectWebhook({ url: new URL('webhook/feishu', url).href }),
    onOutput(text) {
      output = (output + text).slice(-20_000);
    },
  });
  await host.start();
  const seeds = mkdtempSync(join(tmpdir(), 'lianxin-seed-'));
  const groups = seedOffice(sim, join(seeds, 'seed.db'), options.groups);
  await host.seed(name, join(seeds, 'seed.db'));
  rmSync(seeds, { recursive: true, force: true });
  const path = await host.file(name);
  const disk = new Database(path, { readonly: true, timeout: 2000 });

  /** Cloudflare's own trouble: the object is moved, or a new version comes, while people speak. */
  const reset: Trouble = async (random, counts) => {
    const times = Array.from({ length: random.between(1, 3) }, () => random.between(5, 250));
    for (const after of times) {
      await pause(after);
      if (!up) return;
      await host.reset(name);
      counts.resets += 1;
    }
  };

  let up = true;
  const world: WorkerFaultWorld = {
    sim,
    path,
    disk,
    groups,
    troubles: [calm, reset, reset],
    async start() {
      await host.start();
      up = true;
    },
    async kill() {
      up = false;
      await host.stop();
    },
    fallen: () => (up ? undefined : 'workerd was killed'),
    async mend(acts) {
      const armed = await world.armed();
      const now = sim.now();
      const due = nextDue(disk, acts);
      if (due === null || (armed !== null && armed <= Math.max(due, now) + LATE)) return [];
      return [`acknowledged work is due at ${due}, it is ${now}, and the alarm is set to ${armed}`];
    },
    async advance(ms) {
      await sim.advance(ms);
      await host.moveTo(name, sim.now());
    },
    // Nobody speaks to it: it has to come back by its alarm.
    wake: async () => undefined,
    output: () => output,
    lastTick: () =>
      host.look(path, (store) =>
        createQueries({ store, vault: createVault(SECRET) }).settings.get<number>('alive'),
      ),
    armed: () => host.moveTo(name, sim.now()),
    async close() {
      disk.close();
      await host.close();
      await sim.close();
    },
  };
  return world;
}

/** When the first message that an acknowledged event has left behind may go; null: all are gone. */
function nextDue(disk: Database.Database, acts: readonly Act[]): number | null {
  const event = disk.prepare<[string], { id: number }>('select id from inbox where key = ?');
  const open = disk.prepare<[string], { at: number | null }>(
    `select min(case state when 'leased' then lease_until else not_before end) at
      from outbox where cause = ? and state in ('leased', 'pending')`,
  );
  const times = acts
    .filter((act) => act.acked())
    .map((act) => event.get(act.key)?.id)
    .map((id) => (id === undefined ? null : (open.get(causeOf(id))?.at ?? null)))
    .filter((at) => at !== null);
  return times.length > 0 ? Math.min(...times) : null;
}
