import { openStore } from '../../db/node.ts';
import { createApp } from '../../src/app.ts';
import type { Role } from '../../src/domain/actor.ts';
import { pinyinOf } from '../../src/domain/names.ts';
import { movableClock } from '../../src/lib/clock.ts';
import { silentLog } from '../../src/lib/log.ts';
import { assembleOffice } from '../../src/office/assemble.ts';
import type { ImportRoster } from '../../src/office/parts.ts';
import { createDingTalk } from '../../src/platforms/dingtalk/index.ts';
import { createFeishu } from '../../src/platforms/feishu/index.ts';
import { createDingTalkSim } from '../simulators/dingtalk/index.ts';
import { createFeishuSim } from '../simulators/feishu/index.ts';

const WEDNESDAY = Date.parse('2026-11-18T15:00:00+08:00');
export const SECRET = 'a secret for tests, long enough …';

/** One branch whose people are on DingTalk; its administrator 安静 is on Feishu as well. */
export async function createTwoPlatforms(options: { path?: string; importRoster?: ImportRoster } = {}) {
  const clock = movableClock(WEDNESDAY, { frozen: true });
  const sim = await createDingTalkSim({ clock: clock.now, limits: false });
  const other = await createFeishuSim({ clock: clock.now, limits: false });
  const common = { mode: 'webhook' as const, log: silentLog, now: clock.now };
  const { clientId, clientSecret, robotCode, baseUrl, aesKey, token } = sim;
  const dingtalk = createDingTalk({
    ...common,
    clientId,
    clientSecret,
    robotCode,
    baseUrl,
    oapiUrl: baseUrl,
    aesKey,
    token,
  });
  const feishu = createFeishu({ ...other, ...common });
  const platforms = [dingtalk, feishu];
  const store = openStore(options.path ?? ':memory:');
  const { importRoster } = options;
  const office = assembleOffice({
    store,
    secret: SECRET,
    clock,
    platforms,
    log: silentLog,
    jobs: [],
    importRoster,
  });
  await office.start();
  const app = createApp({
    platforms,
    sink: office.deliver,
    ready: () => true,
    now: clock.now,
    log: silentLog,
  });
  sim.connectHttp({
    url: 'http://office.test/webhook/dingtalk',
    fetch: async (url, init) => app.request(url, init),
  });
  const { q } = office;
  const org = q.orgs.create({ parentId: null, name: '第一支部', kind: '党支部', now: WEDNESDAY }).id;
  const add = (name: string, roles: Role[]) => {
    const user = sim.addUser({ name });
    const row = { name, pinyin: pinyinOf(name), orgId: org, communityId: null };
    const member = q.members.create({ ...row, day: '2026-01-01', now: WEDNESDAY });
    for (const role of roles) q.members.grant(member.id, org, role, '2026-01-01');
    q.members.link(dingtalk.connection, user.staffId, member.id);
    return { user, member: member.id };
  };
  const xiaohong = add('石小红', ['党员']).user;
  const administrator = add('安静', ['党员', '管理员']);
  const onFeishu = other.addUser({ name: '安静' });
  q.members.link(feishu.connection, onFeishu.openId, administrator.member);
  const group = sim.addGroup({ name: '第一支部工作群', members: [xiaohong], withBot: true });
  const chat = q.chats.seen({ connection: dingtalk.connection, externalId: group, name: '第一支部工作群' });
  q.chats.bind(chat.id, { purpose: 'work', orgId: org, by: null, now: WEDNESDAY });
  return {
    clock,
    sim,
    other,
    office,
    store,
    dingtalk,
    xiaohong,
    administrator: administrator.user,
    onFeishu,
    group,
    /** What we have counted this month. */
    counted: () => q.quota.sums(dingtalk.connection, '2026-11-01', '2026-11-30'),
    async moveTo(time: string) {
      clock.set(Date.parse(`${time}+08:00`));
      await office.tick(clock.now(), 10_000);
    },
    async close() {
      await dingtalk.stop?.();
      await office.stop();
      await Promise.all([sim.close(), other.close()]);
      store.close();
    },
  };
}
