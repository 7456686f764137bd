import { openStore } from '../db/node.ts';
import { COMMANDS } from './commands/index.ts';
import type { Config } from './config.ts';
import { mayAnywhere } from './domain/rights.ts';
import { movableClock } from './lib/clock.ts';
import { dayOf } from './lib/day.ts';
import { createLog } from './lib/node-log.ts';
import { assembleOffice } from './office/assemble.ts';
import type { Meter } from './office/metrics.ts';
import { createPlayground, type RoomsPast } from './platforms/playground/index.ts';
import { ROOM_GROUPS, ROOM_PEOPLE } from './web/playground/community.ts';
import type { PlaygroundHost } from './web/playground/host.ts';

export const CONNECTION = 'playground';

/** The playground's office as plain data: the process that plays the past opens the same. */
export interface PlaygroundPlan {
  /** The database file. */
  path: string;
  secret: string;
  publicUrl: string | undefined;
  logLevel: Config['logLevel'];
}

/** Opens the office of the playground: its store, its chats, and what pages and past need of it. */
export function assemblePlayground(plan: PlaygroundPlan, go: { past?: RoomsPast; meter?: Meter } = {}) {
  const log = createLog(plan.logLevel);
  const store = openStore(plan.path);
  const clock = movableClock(Date.now());
  const playground = createPlayground({
    clock,
    people: ROOM_PEOPLE,
    groups: ROOM_GROUPS,
    connection: CONNECTION,
    past: go.past,
  });
  const office = assembleOffice({
    store,
    secret: plan.secret,
    clock,
    platforms: [playground],
    publicUrl: plan.publicUrl,
    log,
    meter: go.meter,
  });
  const host: PlaygroundHost = {
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
  return { log, store, clock, playground, office, host };
}
