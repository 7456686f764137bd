import type { Chat } from '../../db/queries/chats.ts';
import type { Queries } from '../../db/queries/index.ts';
import type { Effects } from '../commands/define.ts';
import { secretaries } from '../domain/issue-people.ts';
import { mondaysBetween, weeklyCatchUp, weeklyDay, weeklyInstant } from '../domain/weekly.ts';
import { DAY, dayOf } from '../lib/day.ts';
import { weeklyPrivateView, weeklyView } from '../views/weekly.ts';
import { levelsOf } from '../work/issue-people.ts';
import { weeklyIsEmpty } from '../work/weekly.ts';
import { job } from './define.ts';

/**
 * ONE card a week per bound work group, summary and triage list in one (decision 32; care.md 28). The card is rendered
 * when it is sent. A missed Monday is made up until Friday, the newest week only.
 */
export const weekly = job({
  name: 'weekly',
  lookback: 5 * DAY,
  occurrences({ q, calendar }, from, to) {
    const chats = workGroups(q);
    const days = mondaysBetween(dayOf(from - 5 * DAY), dayOf(to)).flatMap((monday) => {
      const day = weeklyDay(monday, calendar);
      return day === null ? [] : [{ monday, day }];
    });
    return chats.flatMap((chat) => {
      const newest = days
        .map(({ monday, day }) => ({
          period: monday,
          scope: `chat:${chat.id}`,
          at: weeklyInstant(day, chat.id),
        }))
        .filter((each) => each.at > from && each.at <= to && !boundSince(chat, each.at))
        .at(-1);
      return newest ? [newest] : [];
    });
  },
  run(fx, { period: week, scope }) {
    const chat = fx.q.chats.get(Number(scope.slice('chat:'.length)));
    if (!chat || chat.orgId === null || chat.purpose !== 'work') return;
    if (weeklyIsEmpty(fx, chat.orgId, week)) return;
    const notBefore = weeklyCatchUp(week, chat.id, fx.now, fx.calendar);
    if (notBefore === null) return;
    const params = { chat: chat.id, week };
    if (chat.goneAt === null) {
      fx.toGroup(chat.id, weeklyView.ref(params), { lane: 'digest', notBefore });
      return;
    }
    for (const member of secretariesOf(fx, chat.orgId)) {
      fx.privately(member, weeklyPrivateView.ref(params), { lane: 'digest', notBefore });
    }
  },
});

/** Claimed later in that very week: its first card is the next one. */
function boundSince(chat: Chat, at: number): boolean {
  return chat.boundAt !== null && chat.boundAt > at && chat.boundAt < at + 5 * DAY;
}

/** Of a lost group only where its org has no other: the others show the same list. */
function workGroups(q: Queries): Chat[] {
  const work = q.chats
    .bound()
    .filter((chat) => chat.purpose === 'work' && chat.orgId !== null && !chat.external);
  const alive = new Set(work.filter((chat) => chat.goneAt === null).map((chat) => chat.orgId));
  const told = new Set<number | null>();
  return work.filter((chat) => {
    if (chat.goneAt === null) return true;
    if (alive.has(chat.orgId) || told.has(chat.orgId)) return false;
    told.add(chat.orgId);
    return true;
  });
}

function secretariesOf(fx: Effects, orgId: number): number[] {
  return secretaries(levelsOf(fx, orgId));
}
