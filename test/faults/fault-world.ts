import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { openStore } from '../../db/node.ts';
import { createQueries } from '../../db/queries/index.ts';
import { pinyinOf } from '../../src/domain/names.ts';
import { createVault } from '../../src/lib/vault.ts';
import { createFeishuSim, type FeishuSim, type SimUser } from '../simulators/feishu/index.ts';
import { type Built, freePort, type Life, startLife } from './server.ts';

/** Wednesday morning, a working day. */
const START = Date.parse('2026-11-18T09:00:00+08:00');
const DAY = '2026-01-01';
export const SECRET = 'a secret for the fault harness, long enough';

export interface FaultWorld {
  sim: FeishuSim;
  path: string;
  /** What any other process sees in the file, now. */
  disk: Database.Database;
  groups: { id: string; members: SimUser[] }[];
  life(): Life;
  start(): Promise<void>;
  kill(): Promise<void>;
  /** Moves the platform's clock and the server's together; re-pushes that fall due happen. */
  advance(ms: number): Promise<void>;
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
  const groups = seed(sim, path, options.groups);
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

/** 街道 › 社区 › one branch a group, with a secretary and two members, all known to the platform. */
function seed(sim: FeishuSim, path: string, count: number): FaultWorld['groups'] {
  const store = openStore(path);
  const q = createQueries({ store, vault: createVault(SECRET) });
  const connection = `feishu:${sim.appId}`;
  const now = sim.now();
  const person = (name: string, orgId: number, roles: readonly string[]) => {
    const user = sim.addUser({ name });
    const member = q.members.create({
      name,
      pinyin: pinyinOf(name),
      orgId,
      communityId: null,
      day: DAY,
      now,
    });
    for (const role of roles) q.members.grant(member.id, orgId, role as '党员', DAY);
    q.members.link(connection, user.openId, member.id);
    return user;
  };
  const groups = store.transaction(() => {
    const street = q.orgs.create({ parentId: null, name: '梧桐街道', kind: '街道', now });
    const community = q.orgs.create({ parentId: street.id, name: '梧桐社区', kind: '社区', now });
    person('高远', street.id, ['管理员']);
    return Array.from({ length: count }, (_, index) => {
      const name = `第${index + 1}支部`;
      const org = q.orgs.create({ parentId: community.id, name, kind: '党支部', now });
      const members = [
        person(`贺立${index}`, org.id, ['党员', '书记']),
        person(`石小红${index}`, org.id, ['党员']),
        person(`李梅${index}`, org.id, ['党员']),
      ];
      const id = sim.addGroup({ name: `${name}工作群`, members, withBot: true });
      const chat = q.chats.seen({ connection, externalId: id, name });
      q.chats.bind(chat.id, { purpose: 'work', orgId: org.id, by: null, now });
      return { id, members };
    });
  });
  store.close();
  return groups;
}
