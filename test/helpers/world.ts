import { openStore } from '../../db/node.ts';
import type { Store } from '../../db/store.ts';
import { createApp } from '../../src/app.ts';
import type { Role } from '../../src/domain/actor.ts';
import { pinyinOf } from '../../src/domain/names.ts';
import { accepting } from '../../src/http/accept.ts';
import { createMetrics } from '../../src/http/metrics.ts';
import type { Job } from '../../src/jobs/define.ts';
import { movableClock } from '../../src/lib/clock.ts';
import { type Log, silentLog } from '../../src/lib/log.ts';
import { assembleOffice } from '../../src/office/assemble.ts';
import { readGauges } from '../../src/office/metrics.ts';
import type { Office } from '../../src/office/office.ts';
import type { ImportRoster } from '../../src/office/parts.ts';
import { createFeishu } from '../../src/platforms/feishu/index.ts';
import type { Platform, PlatformLimits } from '../../src/platforms/platform.ts';
import { createFeishuSim, type FeishuSim, type SimUser } from '../simulators/feishu/index.ts';

export const SECRET = 'a secret for tests, long enough …';
/** Wednesday afternoon, a working day: the clock of the shared corpora. */
export const WEDNESDAY = Date.parse('2026-11-18T15:00:00+08:00');

export interface World {
  sim: FeishuSim;
  office: Office;
  store: Store;
  clock: { now(): number; set(to: number): void };
  connection: string;
  /** Row ids by name. */
  orgs: Record<string, number>;
  members: Record<string, number>;
  /** The platform's side of a person. */
  users: Record<string, SimUser>;
  /** 第一支部's bound work group. */
  group: string;
  /** Puts somebody into the roster and onto the platform. */
  person(name: string, org: string, roles?: Role[]): SimUser;
  household(place: string, head: string, paired?: string): number;
  /** GET on the server's own routes. */
  get(path: string): Promise<Response>;
  /** Sends a form as a browser does. */
  post(path: string, fields: [string, string][], headers?: Record<string, string>): Promise<Response>;
  /** Everything that is due has been sent. */
  settle(): Promise<void>;
  /** Moves both clocks, runs the jobs that fall due, and sends. */
  moveTo(time: string | number): Promise<void>;
  close(): Promise<void>;
}

/**
 * A real office with the real Feishu platform against the strict simulator: encrypted, signed webhooks in,
 * the official SDK out. 梧桐街道 › 梧桐社区 › 第一支部, with a secretary 贺立 and two members 石小红, 李梅.
 */
export async function createWorld(
  options: {
    at?: number;
    jobs?: readonly Job[];
    path?: string;
    log?: Log;
    bare?: boolean;
    /** How the platform's pushes come in: by webhook (the default) or over the long connection. */
    transport?: 'webhook' | 'longconn';
    /** An allowance that Feishu itself does not set. */
    monthly?: PlatformLimits['monthly'];
    importRoster?: ImportRoster;
    /** Base of links to signed pages; absent: there is no public address. */
    publicUrl?: string;
    /** 0: as a platform whose messages stay as they were sent. */
    cardLifeMs?: number;
  } = {},
): Promise<World> {
  const clock = movableClock(options.at ?? WEDNESDAY, { frozen: true });
  const sim = await createFeishuSim({ clock: clock.now, limits: false });
  const log = options.log ?? silentLog;
  const made = createFeishu({
    appId: sim.appId,
    appSecret: sim.appSecret,
    encryptKey: sim.encryptKey,
    verificationToken: sim.verificationToken,
    baseUrl: sim.baseUrl,
    mode: options.transport ?? 'webhook',
    log,
    now: clock.now,
  });
  const feishu: Platform = {
    ...made,
    limits: {
      ...made.limits,
      monthly: options.monthly,
      cardLifeMs: options.cardLifeMs ?? made.limits.cardLifeMs,
    },
  };
  const metrics = createMetrics();
  const store = openStore(options.path ?? ':memory:');
  const office = assembleOffice({
    store,
    secret: SECRET,
    clock,
    platforms: [feishu],
    log,
    meter: metrics.meter,
    jobs: options.jobs,
    importRoster: options.importRoster,
    publicUrl: options.publicUrl,
  });
  await office.start();
  const app = createApp({
    platforms: [feishu],
    sink: office.deliver,
    pages: office.pages,
    ready: () => true,
    now: clock.now,
    log,
    metrics: metrics.edge(() => readGauges(office.q, [feishu], clock.now())),
  });
  if (options.transport === 'longconn') {
    sim.transport = 'longconn';
    await feishu.start?.(accepting(office.deliver, log));
    await sim.waitFor(() => sim.connections === 1, { what: 'the long connection' });
  } else {
    sim.connectWebhook({
      url: 'http://office.test/webhook/feishu',
      fetch: async (input, init) => app.request(input as string, init),
    });
  }
  const { q } = office;
  const world: World = {
    sim,
    office,
    store,
    clock,
    connection: feishu.connection,
    orgs: {},
    members: {},
    users: {},
    group: '',
    person(name, org, roles = ['党员']) {
      const user = sim.addUser({ name });
      const orgId = world.orgs[org] ?? 0;
      const communityId = q.orgs.get(orgId)?.kind === '党支部' ? world.orgs.梧桐社区 : null;
      const member = q.members.create({
        name,
        pinyin: pinyinOf(name),
        orgId,
        communityId,
        day: '2026-01-01',
        now: clock.now(),
      });
      for (const role of roles) q.members.grant(member.id, orgId, role, '2026-01-01');
      q.members.link(feishu.connection, user.openId, member.id);
      world.members[name] = member.id;
      world.users[name] = user;
      return user;
    },
    household(place, head, paired) {
      const created = q.households.create({
        orgId: world.orgs.梧桐社区 ?? 0,
        address: place,
        headName: head,
        day: '2026-01-01',
        now: clock.now(),
      });
      if (paired)
        q.households.pair({
          memberId: world.members[paired] ?? 0,
          householdId: created.id,
          day: '2026-01-01',
        });
      return created.id;
    },
    get: async (path) => app.request(path),
    post: async (path, fields, headers = {}) =>
      app.request(path, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
        body: new URLSearchParams(fields).toString(),
      }),
    async settle() {
      await office.settle(10_000);
    },
    async moveTo(time) {
      const to = typeof time === 'number' ? time : Date.parse(`${time}+08:00`);
      for (
        let next = office.nextDue(clock.now());
        next !== null && next <= to;
        next = office.nextDue(clock.now())
      ) {
        clock.set(next);
        await office.tick(next, 10_000);
      }
      clock.set(to);
      await office.tick(to, 10_000);
    },
    async close() {
      await feishu.stop?.();
      await office.stop();
      await sim.close();
      store.close();
    },
  };
  if (options.bare) return world;
  for (const [name, kind, parent] of [
    ['梧桐街道', '街道', null],
    ['梧桐社区', '社区', '梧桐街道'],
    ['第一支部', '党支部', '梧桐社区'],
    ['物业办', '承办单位', '梧桐社区'],
  ] as const) {
    world.orgs[name] = q.orgs.create({
      parentId: parent === null ? null : (world.orgs[parent] ?? null),
      name,
      kind,
      now: clock.now(),
    }).id;
  }
  world.person('贺立', '第一支部', ['党员', '书记']);
  world.person('石小红', '第一支部');
  world.person('李梅', '第一支部');
  world.group = sim.addGroup({ name: '第一支部工作群', members: Object.values(world.users), withBot: true });
  const chat = q.chats.seen({
    connection: feishu.connection,
    externalId: world.group,
    name: '第一支部工作群',
  });
  q.chats.bind(chat.id, {
    purpose: 'work',
    orgId: world.orgs.第一支部 ?? 0,
    by: world.members.贺立 ?? null,
    now: clock.now(),
  });
  return world;
}
