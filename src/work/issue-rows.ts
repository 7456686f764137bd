import type { IssueRow } from '../../cards/group-text.ts';
import type { Queries } from '../../db/queries/index.ts';
import type { IssueHead } from '../../db/queries/issue-lists.ts';
import type { Actor } from '../domain/actor.ts';
import type { Calendar } from '../domain/calendar.ts';
import { CLOSE_OF_DAY, describeDue } from '../domain/deadline.ts';
import { DECIDING, STATE_WORDS } from '../domain/issue-types.ts';
import { may, type Relation } from '../domain/rights.ts';
import { at, dayOf } from '../lib/day.ts';

interface Looking {
  q: Queries;
  now: number;
  calendar: Calendar;
}

/** 本支部, 物业办, 书记: a unit or a role, never a person (decision 7). */
function heldBy({ q }: Looking, head: IssueHead): string | null {
  if (head.state === 'outside') return '线下转办';
  if (DECIDING.includes(head.state)) return head.triageOrgId === head.orgId ? '书记' : '上级党组织';
  if (head.handlerOrgId !== null) return q.orgs.get(head.handlerOrgId)?.name ?? '承办单位';
  if (head.state === 'awaitingSignOff') return head.askerId === null ? null : '已请人去问';
  return head.handlerId === null ? null : '本支部';
}

/** 今天到期 where the day is enough, else as describeDue says it. */
function sayDue({ now, calendar }: Looking, due: number): string {
  const today = dayOf(now);
  return due >= now && due === at(today, CLOSE_OF_DAY) ? '今天到期' : describeDue(due, now, calendar);
}

/** One matter as a list may show it anywhere: number, building, category, state, due, unit or role. */
export function issueRow(v: Looking, head: IssueHead): IssueRow {
  return {
    number: head.number,
    building: head.building,
    topic: head.topic,
    state: STATE_WORDS[head.state],
    due: head.dueAt === null ? null : sayDue(v, head.dueAt),
    with: heldBy(v, head),
  };
}

/** Which of these matters this person may read, by the head alone: no words are opened for a list. */
export function readableHeads(q: Queries, actor: Actor, heads: readonly IssueHead[]): IssueHead[] {
  const paths = new Map<number, string>();
  const pathOf = (id: number): string => {
    const known = paths.get(id) ?? q.orgs.get(id)?.path ?? '/';
    paths.set(id, known);
    return known;
  };
  return heads.filter((head) => {
    const relations: Relation[] = [];
    if (head.subjects.includes(actor.memberId)) relations.push('subject');
    if (head.ownerId === actor.memberId) relations.push('owner');
    if (head.handlerId === actor.memberId) relations.push('handler');
    if (head.askerId === actor.memberId) relations.push('asker');
    if (actor.roles.some((held) => held.role === '承办联系人' && held.orgId === head.handlerOrgId))
      relations.push('handlerUnit');
    return [head.orgId, head.triageOrgId].some((id) =>
      may(actor, 'issue.read', { path: pathOf(id), relations }),
    );
  });
}
