import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from '../../db/node.ts';
import { createQueries } from '../../db/queries/index.ts';
import type { Role } from '../../src/domain/actor.ts';
import { pinyinOf } from '../../src/domain/names.ts';
import { createVault } from '../../src/lib/vault.ts';
import { createFeishuSim, type FeishuSim, type SimUser } from '../simulators/feishu/index.ts';

export const SECRET = 'only-for-the-tests-of-operations-0123456789';
const DAY = '2026-01-01';

/** A folder with an office's database in it, and the simulator of its platform: what a server is started on. */
export interface Place {
  folder: string;
  path: string;
  sim: FeishuSim;
  users: Record<string, SimUser>;
  group: string;
  /** The environment of a server or a command. */
  env(more?: Record<string, string>): Record<string, string>;
  close(): Promise<void>;
}

/** 梧桐社区 › 第一支部 with a secretary, two members, an administrator, and their bound work group. */
export async function createPlace(): Promise<Place> {
  const folder = mkdtempSync(join(tmpdir(), 'lianxin-operations-'));
  const path = join(folder, 'office.db');
  const sim = await createFeishuSim({ limits: false });
  const users: Record<string, SimUser> = {};
  const connection = `feishu:${sim.appId}`;
  const now = sim.now();
  const store = openStore(path);
  const q = createQueries({ store, vault: createVault(SECRET) });
  const group = store.transaction(() => {
    const community = q.orgs.create({ parentId: null, name: '梧桐社区', kind: '社区', now });
    const branch = q.orgs.create({ parentId: community.id, name: '第一支部', kind: '党支部', now });
    for (const [name, orgId, roles] of [
      ['高远山', community.id, ['管理员']],
      ['贺立新', branch.id, ['党员', '书记']],
      ['石小红', branch.id, ['党员']],
      ['李梅香', branch.id, ['党员']],
    ] as [string, number, Role[]][]) {
      const user = sim.addUser({ name });
      const person = { name, pinyin: pinyinOf(name), orgId, communityId: null, day: DAY, now };
      const member = q.members.create(person);
      for (const role of roles) q.members.grant(member.id, orgId, role, DAY);
      q.members.link(connection, user.openId, member.id);
      users[name] = user;
    }
    const members = Object.values(users);
    const id = sim.addGroup({ name: '第一支部工作群', members, withBot: true });
    const chat = q.chats.seen({ connection, externalId: id, name: '第一支部工作群' });
    q.chats.bind(chat.id, { purpose: 'work', orgId: branch.id, by: null, now });
    return id;
  });
  store.close();
  return {
    folder,
    path,
    sim,
    users,
    group,
    env: (more = {}) => ({
      ...sim.env(),
      DATABASE_PATH: path,
      SECRET_KEY: SECRET,
      LOG_LEVEL: 'trace',
      ...more,
    }),
    async close() {
      await sim.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Somebody of the place. */
export function user(place: Place, name: string): SimUser {
  const found = place.users[name];
  if (!found) throw new Error(`nobody is called ${name}`);
  return found;
}
