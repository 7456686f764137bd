import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDirectory } from '../../db/directory.ts';
import { createApp } from '../../src/app.ts';
import { loadConfig } from '../../src/config.ts';
import { createMetrics } from '../../src/http/metrics.ts';
import { movableClock } from '../../src/lib/clock.ts';
import { DAY } from '../../src/lib/day.ts';
import { silentLog } from '../../src/lib/log.ts';
import { sumGauges } from '../../src/office/metrics.ts';
import type { Credentials } from '../../src/offices/credentials.ts';
import { sealEntry } from '../../src/offices/entry.ts';
import type { Fleet } from '../../src/offices/fleet.ts';
import { directoryPath, openFleet } from '../../src/offices/node-offices.ts';
import { createFeishuSim, type FeishuSim, type SimUser } from '../simulators/feishu/index.ts';

export const SECRET = 'a secret for tests, long enough …';
/** Wednesday afternoon, a working day. */
export const WEDNESDAY = Date.parse('2026-11-18T15:00:00+08:00');

export interface Tenant {
  id: string;
  sim: FeishuSim;
  admin: SimUser;
}

export interface FleetWorld {
  fleet: Fleet;
  tenants: Tenant[];
  clock: { now(): number; set(to: number): void };
  config: ReturnType<typeof loadConfig>;
  folder: string;
  tenant(index: number): Tenant;
  /** The directory as another process has it open. */
  directory<T>(work: (directory: ReturnType<typeof openDirectory>) => T): T;
  /** The process ends without closing anything, and starts again. */
  crash(): Promise<void>;
  /** The process stops as it should, and starts again. */
  restart(): Promise<void>;
  request(input: string, init?: RequestInit): Promise<Response>;
  close(): Promise<void>;
}

export const credentials = ({ sim, admin }: Omit<Tenant, 'id'>, revision = 1): Credentials => ({
  feishu: {
    appId: sim.appId,
    appSecret: sim.appSecret,
    encryptKey: sim.encryptKey,
    verificationToken: sim.verificationToken,
    baseUrl: sim.baseUrl,
    mode: 'webhook',
  },
  admins: [{ platform: 'feishu', id: admin.openId }],
  revision,
});

/** As `credentials`, by long connection; the tenant pushes over it from now on. */
export function byLine(tenant: Tenant, revision: number): Credentials {
  tenant.sim.transport = 'longconn';
  const { feishu, ...rest } = credentials(tenant, revision);
  return { ...rest, ...(feishu ? { feishu: { ...feishu, mode: 'longconn' } } : {}) };
}

export const address = (id: string) => `http://offices.test/o/${id}/webhook/feishu`;

/** Many offices on this machine, each a tenant of its own with one administrator. */
export async function createFleetWorld(
  count: number,
  options: { idle?: number; mostWaiting?: number } = {},
): Promise<FleetWorld> {
  const folder = mkdtempSync(join(tmpdir(), 'lianxin-offices-'));
  const config = loadConfig({ DATABASE_PATH: join(folder, 'lianxin.db'), SECRET_KEY: SECRET });
  const clock = movableClock(WEDNESDAY, { frozen: true });
  let fleet: Fleet;
  const fleets: Fleet[] = [];
  let app: ReturnType<typeof createApp>;
  const open = async () => {
    fleet = openFleet({ config, log: silentLog, clock, ...options });
    fleets.push(fleet);
    app = createApp({
      platforms: [],
      offices: (id) => fleet.find(id),
      ready: () => true,
      now: clock.now,
      log: silentLog,
      metrics: createMetrics().edge(() => sumGauges(fleet.gauges())),
    });
    await fleet.start();
  };
  const tenants = await Promise.all(
    Array.from({ length: count }, async (_, index) => {
      // That an answer comes is the matter here; how fast, on a busy machine, is not.
      const sim = await createFeishuSim({ clock: clock.now, limits: false, ackTimeoutMs: 60_000 });
      return { id: `office-${index}`, sim, admin: sim.addUser({ name: '管理员' }) };
    }),
  );
  const directory = openDirectory(directoryPath(config));
  for (const tenant of tenants) {
    directory.add(tenant.id, sealEntry(SECRET, tenant.id, credentials(tenant)).sealed, clock.now());
    // As in the middle of its life: with nothing to do until somebody speaks to it.
    directory.wakeAt(tenant.id, clock.now() + DAY);
    tenant.sim.connectWebhook({
      url: address(tenant.id),
      fetch: async (input, init) => app.request(input, init),
    });
  }
  directory.close();
  await open();
  return {
    get fleet() {
      return fleet;
    },
    tenants,
    clock,
    config,
    folder,
    tenant(index) {
      const found = tenants[index];
      if (!found) throw new Error(`no office ${index}`);
      return found;
    },
    directory(work) {
      const opened = openDirectory(directoryPath(config));
      try {
        return work(opened);
      } finally {
        opened.close();
      }
    },
    crash: open,
    async restart() {
      await fleet.stop();
      await open();
    },
    request: async (input, init) => app.request(input, init),
    async close() {
      // Those of `crash` too: they have lost their files to the next one, and what they say of it is no matter.
      await Promise.allSettled(fleets.map((each) => each.stop()));
      await Promise.all(tenants.map(({ sim }) => sim.close()));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
