import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { createFeishuSim, type FeishuSim } from '../simulators/feishu/index.ts';
import type { HostWorld } from './host-world.ts';
import { SECRET, START, seedOffice } from './seed.ts';
import { type Built, freePort, type Life, startLife } from './server.ts';
import { troublesOfNode } from './troubles.ts';

/** A process of the Node server. */
export interface FaultWorld extends HostWorld {
  life(): Life;
  /** Sets the server's clock `ms` off the platform's: 0 sets it right. */
  skew(ms: number): Promise<void>;
  /** The server's own idea of now. */
  serverNow(): number;
  /** Ends server, platform and file handles, and leaves the folder. */
  end(): Promise<void>;
  close(): Promise<void>;
}

/** A real server process on a roster of its own, and the strict simulator in this one, `groups` branches of three people. */
export async function createFaultWorld(
  built: Built,
  /** `transport`: how pushes reach the server, by webhook unless told. */
  options: { groups: number; folder?: string; transport?: FeishuSim['transport'] },
): Promise<FaultWorld> {
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'lianxin-faults-'));
  const path = join(folder, 'office.db');
  const base = START - Date.now();
  const sim = await createFeishuSim({ clock: () => Date.now() + base });
  const groups = seedOffice(sim, path, options.groups);
  const port = await freePort();
  const transport = options.transport ?? 'webhook';
  sim.transport = transport;
  if (transport === 'webhook') sim.connectWebhook({ url: `http://127.0.0.1:${port}/webhook/feishu` });
  const disk = new Database(path, { readonly: true, timeout: 2000 });
  let skewed = 0;
  let life: Life | undefined;
  const offset = () => sim.now() - Date.now() + skewed;

  const world: FaultWorld = {
    sim,
    path,
    disk,
    groups,
    troubles: troublesOfNode(() => world),
    life() {
      if (!life) throw new Error('the server is not started');
      return life;
    },
    async start() {
      const pings = sim.pings;
      life = await startLife({ built, port, path, secret: SECRET, env: sim.env(), clockOffset: offset() });
      if (transport === 'longconn')
        await sim.waitFor(() => sim.pings > pings, { timeoutMs: 10_000, what: 'the long connection' });
    },
    kill: () => world.life().kill(),
    fallen() {
      const end = world.life().ended();
      return end && `the server ended by itself (${end.code}): ${world.life().output()}`;
    },
    async mend() {
      await world.skew(0);
      return [];
    },
    endThousand() {
      const other = new Database(path, { timeout: 2000 });
      other
        .prepare(
          "update sqlite_sequence set seq = (seq / 1024 + 1) * 1024 - 4 where name in ('visit', 'visitor')",
        )
        .run();
      other.close();
    },
    // An event of no meaning: whatever arrives makes the pump look at its clock.
    wake: async () => void (await groups[0]?.members[0]?.enter()),
    output: () => world.life().output(),
    async advance(ms) {
      await sim.advance(ms);
      await world.life().clock(offset());
    },
    async skew(ms) {
      skewed = ms;
      await world.life().clock(offset());
    },
    serverNow: () => sim.now() + skewed,
    async end() {
      if (life && !life.ended()) await life.kill();
      disk.close();
      await sim.close();
    },
    async close() {
      await world.end();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return world;
}
