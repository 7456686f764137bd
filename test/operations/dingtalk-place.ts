import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from '../../db/node.ts';
import { createQueries } from '../../db/queries/index.ts';
import type { Role } from '../../src/domain/actor.ts';
import { pinyinOf } from '../../src/domain/names.ts';
import { createVault } from '../../src/lib/vault.ts';
import { createDingTalkSim, type DingTalkSim, type SimUser } from '../simulators/dingtalk/index.ts';
import { SECRET } from './place.ts';

const DAY = '2026-01-01';
const PEOPLE: [string, Role[]][] = [
  ['贺立新', ['党员', '书记']],
  ['石小红', ['党员']],
  ['李梅香', ['党员']],
];

/** A folder with an office's database in it, and an organisation of DingTalk: what a server is started on. */
export interface DingTalkPlace {
  path: string;
  sim: DingTalkSim;
  user(name: string): SimUser;
  group: string;
  env(more?: Record<string, string>): Record<string, string>;
  close(): Promise<void>;
}

/** 梧桐社区 › 第一支部 with a secretary and two members, and their bound work group. */
export async function createDingTalkPlace(): Promise<DingTalkPlace> {
  const folder = mkdtempSync(join(tmpdir(), 'lianxin-operations-'));
  const path = join(folder, 'office.db');
  const sim = await createDingTalkSim({ limits: false, ackTimeoutMs: 30_000 });
  const users = new Map(PEOPLE.map(([name]) => [name, sim.addUser({ name })]));
  const group = sim.addGroup({ name: '桂花苑群', members: [...users.values()], withBot: true });
  const connection = `dingtalk:${sim.clientId}`;
  const now = sim.now();
  const store = openStore(path);
  const q = createQueries({ store, vault: createVault(SECRET) });
  store.transaction(() => {
    const community = q.orgs.create({ parentId: null, name: '梧桐社区', kind: '社区', now });
    const branch = q.orgs.create({ parentId: community.id, name: '第一支部', kind: '党支部', now });
    for (const [name, roles] of PEOPLE) {
      const person = { name, pinyin: pinyinOf(name), orgId: branch.id, communityId: null, day: DAY, now };
      const member = q.members.create(person);
      for (const role of roles) q.members.grant(member.id, branch.id, role, DAY);
      q.members.link(connection, users.get(name)?.staffId ?? '', member.id);
    }
    const chat = q.chats.seen({ connection, externalId: group, name: '桂花苑群' });
    q.chats.bind(chat.id, { purpose: 'work', orgId: branch.id, by: null, now });
  });
  store.close();
  return {
    path,
    sim,
    user(name) {
      const found = users.get(name);
      if (!found) throw new Error(`nobody is called ${name}`);
      return found;
    },
    group,
    env: (more = {}) => ({
      ...sim.env(),
      DINGTALK_CARD_TEMPLATE_ID: sim.templateId,
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
