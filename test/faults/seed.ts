import { openStore } from '../../db/node.ts';
import { createQueries } from '../../db/queries/index.ts';
import { pinyinOf } from '../../src/domain/names.ts';
import { createVault } from '../../src/lib/vault.ts';
import type { FeishuSim } from '../simulators/feishu/index.ts';
import type { HostWorld } from './host-world.ts';

/** Wednesday morning, a working day. */
export const START = Date.parse('2026-11-18T09:00:00+08:00');
const DAY = '2026-01-01';
export const SECRET = 'a secret for the fault harness, long enough';

/** 街道 › 社区 › one branch a group, with a secretary and two members, all known to the platform. */
export function seedOffice(sim: FeishuSim, path: string, count: number): HostWorld['groups'] {
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
