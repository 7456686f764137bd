import type { GroupFacts, WeeklyLines } from '../../cards/group-text.ts';
import type { Chat } from '../../db/queries/chats.ts';
import type { Queries } from '../../db/queries/index.ts';
import type { IssueHead } from '../../db/queries/issue-lists.ts';
import type { Calendar } from '../domain/calendar.ts';
import { CLOSE_KINDS } from '../domain/issue-types.ts';
import { type Coverage, coverage } from '../domain/obligation-coverage.ts';
import { spokenPeriod } from '../domain/period.ts';
import { UNIT_WORDS } from '../domain/policy.ts';
import { weeklySpan } from '../domain/weekly.ts';
import { addDays, dayOf, sayInstant, startOfDay } from '../lib/day.ts';
import { standingsOf } from './duties.ts';
import { issueRow } from './issue-rows.ts';

export interface Looking {
  q: Queries;
  now: number;
  calendar: Calendar;
}

/** Rows on the card; the rest opens in private. */
const SHOWN = 8;
/** Coverage is counted member by member while a card is rendered: a branch has tens of them, a county's group has none shown. */
const COUNTED = 400;

/** The org of the group and everything below it. */
function orgsOf(q: Queries, orgId: number): number[] {
  const org = q.orgs.get(orgId);
  return org ? q.orgs.subtree(org.path).map((each) => each.id) : [];
}

/** Open matters of the group's org, soonest due first. */
export function weeklyHeads(q: Queries, orgId: number): IssueHead[] {
  return q.issues.openOf(orgsOf(q, orgId));
}

function countsOf({ q, calendar }: Looking, orgIds: number[], monday: string) {
  const { from, to, weeks } = weeklySpan(monday, calendar);
  const visits = q.visits.counts(orgIds, from, to, startOfDay(monday));
  const issues = q.issues.week(orgIds, startOfDay(from), startOfDay(addDays(to, 1)));
  return { weeks, visits, issues };
}

/** No visit, no open, new or closed matter: then there is no card (decision 32). */
export function weeklyIsEmpty(v: Looking, orgId: number, monday: string): boolean {
  const orgIds = orgsOf(v.q, orgId);
  if (v.q.issues.openInGroup(orgIds, 1).length > 0) return false;
  const { visits, issues } = countsOf(v, orgIds, monday);
  return visits.records === 0 && issues.fresh === 0 && issues.closed.length === 0 && issues.bad === 0;
}

/** How far the branch is with each clause in its current period (decision 31); what would point at a person is left out. */
function coverageOf({ q, now, calendar }: Looking, orgId: number): WeeklyLines['coverage'] {
  const today = dayOf(now);
  const members = q.members.ofOrg(orgId);
  if (members.length > COUNTED) return [];
  const standings = standingsOf(
    q,
    calendar,
    members.map((member) => member.id),
    today,
  );
  return coverage([...standings.values()].map(({ duties }) => duties))
    .filter((row) => row.shown && row.owed > 0)
    .map((row) => ({ label: labelOf(row, today), unit: unitOf(row), due: row.owed, met: row.met }));
}

function labelOf({ clause, period }: Coverage, today: string): string {
  const when = spokenPeriod(period, today);
  return clause.obligation?.target === 'contactPoint' ? `${when}联系点` : when;
}

function unitOf({ clause }: Coverage): WeeklyLines['coverage'][number]['unit'] {
  const obligation = clause.obligation;
  if (!obligation || obligation.each === 'pairedHousehold') return '户';
  const word = UNIT_WORDS[obligation.unit];
  return word === '户' || word === '天' ? word : '次';
}

/** Everything on Monday's card, as of now; the text is made by the one function of group text (decision 8). */
export function weeklyFacts(v: Looking, chat: Pick<Chat, 'id' | 'orgId'>, monday: string): GroupFacts | null {
  const { q, now } = v;
  if (chat.orgId === null) return null;
  const orgIds = orgsOf(q, chat.orgId);
  const heads = q.issues.openInGroup(orgIds, SHOWN);
  const { total, waiting, overdue } = q.issues.openCounts(orgIds, now);
  const { weeks, visits, issues } = countsOf(v, orgIds, monday);
  const quiet = issues.fresh === 0 && issues.closed.length === 0 && issues.bad === 0;
  return {
    kind: 'weekly',
    org: q.orgs.get(chat.orgId)?.name ?? '',
    asOf: `统计到${sayInstant(now, now)}`,
    lines: {
      weeks,
      waiting,
      overdue,
      visits: visits.records > 0 ? visits : null,
      issues: quiet
        ? null
        : {
            fresh: issues.fresh,
            closed: issues.closed.map(({ kind, count }) => ({ kind: CLOSE_KINDS[kind], count })),
            satisfied: issues.good,
            fairly: issues.fair,
            dissatisfied: issues.bad,
          },
      coverage: coverageOf(v, chat.orgId),
      unasked: q.issues.unaskedCount(orgIds),
    },
    rows: heads.map((head) => issueRow(v, head)),
    total,
    buttons:
      total > 0
        ? [
            {
              label: `看全部${total}件`,
              action: 'mine.week',
              value: { org: chat.orgId, page: 0 },
              style: 'primary',
            },
          ]
        : [],
  };
}
