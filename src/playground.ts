import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { openStore } from '../db/node.ts';
import type { Queries } from '../db/queries/index.ts';
import { createApp } from './app.ts';
import { COMMANDS } from './commands/index.ts';
import type { Config } from './config.ts';
import { makeCalendar } from './domain/calendar.ts';
import { pinyinOf } from './domain/names.ts';
import { periodOf } from './domain/period.ts';
import { mayAnywhere } from './domain/rights.ts';
import { everyMinute } from './every-minute.ts';
import { createMetrics } from './http/metrics.ts';
import { movableClock } from './lib/clock.ts';
import { addDays, dayOf, weekOf } from './lib/day.ts';
import { createLog } from './lib/node-log.ts';
import { assembleOffice } from './office/assemble.ts';
import { readGauges } from './office/metrics.ts';
import { createPlayground } from './platforms/playground/index.ts';
import { findPolicy } from './policies/index.ts';
import {
  type CommunitySeeder,
  PERSONAS,
  PLACE,
  ROOM_GROUPS,
  ROOM_PEOPLE,
  seedCommunity,
} from './web/playground/community.ts';
import { playHistory } from './web/playground/history.ts';
import { createPlaygroundWeb } from './web/playground/index.tsx';

const CONNECTION = 'playground';

/** The playground (issue 2, point 12): a made-up community on a database of its own that goes with the process. */
export async function openPlayground(config: Config) {
  staySmall();
  const log = createLog(config.logLevel === 'info' ? 'warn' : config.logLevel);
  const folder = mkdtempSync(join(tmpdir(), 'lianxin-'));
  const store = openStore(join(folder, 'playground.db'));
  const clock = movableClock(Date.now());
  const playground = createPlayground({
    clock,
    people: ROOM_PEOPLE,
    groups: ROOM_GROUPS,
    connection: CONNECTION,
  });
  const metrics = createMetrics({ process: true });
  const office = assembleOffice({
    store,
    secret: randomBytes(32).toString('base64'),
    clock,
    platforms: [playground],
    publicUrl: config.publicUrl ?? (config.port > 0 ? `http://${config.host}:${config.port}` : undefined),
    log,
    meter: metrics.meter,
  });
  // Since the quarter began, so that the duties of the demonstration are in force.
  const since = addDays(weekOf(dayOf(clock.now())).from, -7 * 20);
  await office.write(() => seedCommunity(seeder(office.q, since, clock.now())));
  await office.start();
  const host = {
    clock,
    deliver: office.deliver,
    async tick(now: number) {
      const { sent, failed } = await office.tick(now);
      return { sent, failed };
    },
    nextDue: office.nextDue,
    settle: () => office.settle(),
    commands(personId: string) {
      const member = office.q.members.byIdentity(CONNECTION, personId)?.member;
      const actor = member ? office.q.members.actor(member.id, dayOf(clock.now())) : null;
      return COMMANDS.filter(
        (each) => each.needs === null || (actor !== null && mayAnywhere(actor, each.needs)),
      ).map((each) => ({
        word: each.help.example.split(' ')[0] ?? each.help.example,
        example: each.help.example,
        hint: each.help.says,
      }));
    },
  };
  const web = createPlaygroundWeb({
    playground,
    host,
    personas: PERSONAS,
    epoch: String(Date.now()),
    place: PLACE,
  });
  await playHistory({ host, stage: web.stage, rooms: playground.rooms, calendar: makeCalendar() });
  tidyUp();
  const timer = everyMinute(() => office.beat(), log);
  const app = createApp({
    platforms: [playground],
    sink: office.deliver,
    pages: office.pages,
    ready: () => true,
    now: clock.now,
    log,
    metrics: metrics.edge(() => readGauges(office.q, [playground], clock.now())),
    playground: web.app,
  });
  return {
    app,
    async close() {
      web.close();
      await timer.stop();
      await office.stop();
      store.close();
      rmSync(folder, { recursive: true, force: true });
    },
    say: '连心助手的演示场开了，用浏览器打开：{url}\n（没有设置飞书凭证，所以开的是演示场；数据是编的，关掉就没了。）',
  };
}

/**
 * A demonstration is for a few people: its young objects do with the room they have. Else playing half a year in a
 * second leaves 30 MB of room for them that nothing needs afterwards (the flag is read whenever that room would grow).
 */
function staySmall(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
}

/** What the half year left behind goes at once: nothing that an idle server does would make the engine look for it. */
function tidyUp(): void {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  if (typeof collect === 'function') collect();
}

/** The demonstration's duties begin with the current period: nobody starts with old debts. */
function beginning(system: 'rugang' | 'xian', now: number): string {
  const today = dayOf(now);
  return periodOf(system === 'xian' ? 'quarter' : 'month', today)?.from ?? today;
}

function seeder(q: Queries, since: string, now: number): CommunitySeeder {
  return {
    org: (row) => q.orgs.create({ ...row, now }).id,
    member(row) {
      const created = q.members.create({
        name: row.name,
        pinyin: pinyinOf(row.name),
        orgId: row.orgId,
        communityId: row.communityId,
        day: since,
        now,
      });
      q.members.link(CONNECTION, row.externalId, created.id);
      for (const name of row.cohorts) q.members.joinCohort(created.id, name, since);
      return created.id;
    },
    role: (row) => void q.members.grant(row.memberId, row.orgId, row.role, since),
    household(row) {
      return q.households.create({
        orgId: row.orgId,
        address: row.address,
        headName: row.headName,
        gridId: row.gridId,
        size: row.size,
        day: since,
        now,
      }).id;
    },
    pairing: (row) => void q.households.pair({ ...row, day: since }),
    contactPoint: (row) => void q.households.addContactPoint({ ...row, day: since }),
    group(row) {
      const chat = q.chats.seen({ connection: CONNECTION, externalId: row.chatId, name: row.name });
      q.chats.bind(chat.id, { purpose: row.purpose, orgId: row.orgId, by: row.boundBy, now });
    },
    adopt(row) {
      const policy = findPolicy(row.system);
      if (policy)
        q.work.adopt({
          system: row.system,
          orgId: row.orgId,
          policy,
          fromDay: beginning(row.system, now),
          by: null,
          now,
        });
    },
  };
}
