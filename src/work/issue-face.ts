import type { IssueFace, Part } from '../../cards/issue-face.ts';
import type { Issue } from '../../db/queries/issue-rows.ts';
import { describeDue, dueAt, withinWindow, workingDaysLeft } from '../domain/deadline.ts';
import { canBeTakenBack, TRANSITIONS } from '../domain/issue.ts';
import { gistOf } from '../domain/issue-gist.ts';
import { DECIDING, type IssueAct, WORKING } from '../domain/issue-types.ts';
import { dayOf, sayDate, sayDay, sayTime } from '../lib/day.ts';
import type { ViewContext } from '../views/define.ts';
import { ringFirst } from './issue-emergency.ts';
import { canStep, mayRead, mayReadWords, type Seat, seesResident } from './issue-load.ts';
import { decidersOf, parentFor, suggestionFor, unitsFor } from './issue-people.ts';
import { dueWords, holderName, nameOf, saidOf } from './issue-say.ts';
import { newestData, sentBackText, textOf, unhappyLine, whomToAsk } from './issue-trace.ts';

const ACTS: readonly IssueAct[] = [...new Set(TRANSITIONS.map((row) => row.act))];

function partOf(seat: Seat, can: ReadonlySet<IssueAct>): Part {
  const { issue, relations } = seat;
  const is = (...wanted: readonly string[]) =>
    wanted.some((each) => relations.some((relation) => relation === each));
  if (!mayRead(seat)) return 'none';
  if (can.has('evaluate')) return 'ask';
  if (can.has('word')) return 'word';
  if (can.has('promise') && issue.laterDay !== null) return 'later';
  if (can.has('third') && issue.thirdPath === null) return 'third';
  if (can.has('claim') && issue.handlerId === null && is('handlerUnit')) return 'take';
  if (is('handler', 'handlerUnit') && can.has('resolve')) return 'handle';
  if (
    can.has('told') &&
    !WORKING.includes(issue.state) &&
    (is('handler') || (issue.complaint && is('owner')))
  )
    return 'tell';
  if (can.has('handleHere')) return 'decide';
  if (
    can.has('reassign') &&
    issue.state === 'rework' &&
    issue.handlerId === null &&
    issue.handlerOrgId === null
  )
    return 'decide';
  return is('logger', 'owner') ? 'follow' : 'read';
}

/** 第128号 seen by one person now: what he may not see is null, what he may not do is not in `can`. */
export function faceOf(v: ViewContext, seat: Seat): IssueFace {
  const { issue, last, actor } = seat;
  const { q, now, calendar } = v;
  const can = new Set(ACTS.filter((act) => canStep(seat, act)));
  const part = partOf(seat, can);
  const today = dayOf(now);
  const reads = part !== 'none' && mayReadWords(seat);
  const meets = reads && seesResident(seat);
  const needsTrace =
    reads &&
    (issue.state === 'explained' ||
      issue.laterDay !== null ||
      issue.promisedDay !== null ||
      issue.rework > 0 ||
      issue.returned.length > 0);
  const steps = needsTrace ? q.issues.steps(issue.id) : [];
  const day = issue.dueAt === null ? null : dayOf(issue.dueAt);
  const moved =
    issue.promisedDay !== null && day !== null && day > issue.promisedDay && WORKING.includes(issue.state);
  const putOff = newestData(steps, 'promise', 'reassign');
  const alarming = issue.grade === 'danger' && DECIDING.includes(issue.state) && part !== 'none';
  const deciding = DECIDING.includes(issue.state) && part !== 'none';
  const mine = last !== null && last.actorId === actor.memberId && last.act !== 'report';
  return {
    id: issue.id,
    v: issue.version,
    number: issue.number,
    building: part === 'none' ? '' : issue.building,
    topic: issue.topic,
    alternatives: issue.alternatives,
    gist: reads ? gistOf(issue.words, issue.topic) : issue.topic,
    state: issue.state,
    grade: issue.grade,
    part,
    can,
    due: issue.dueAt === null ? null : describeDue(issue.dueAt, now, calendar),
    left: issue.dueAt === null ? null : workingDaysLeft(issue.dueAt, now, calendar),
    resident: meets ? [issue.person, issue.place].filter(Boolean).join(' · ') || null : null,
    words: reads ? issue.words : null,
    by: meets
      ? `${nameOf(v, issue.loggerId)} ${sayDay(dayOf(issue.createdAt), today)}${sayTime(issue.createdAt)}`
      : '',
    holder: holderName(v, issue),
    deciders: deciding
      ? decidersOf(v, issue)
          .filter((id) => q.members.reachable(id).length > 0)
          .map((id) => nameOf(v, id))
      : [],
    suggestion: part === 'decide' && DECIDING.includes(issue.state) ? suggestionText(v, issue) : null,
    emergency: alarming ? ringFirst(q, issue.words) : [],
    result: reads ? issue.result : null,
    reason: textOf(newestData(steps, 'explain').reason),
    closeKind: issue.closeKind,
    satisfaction: issue.satisfaction,
    thirdPath: issue.thirdPath,
    rework: issue.rework,
    unhappy: issue.rework > 0 && issue.closedAt === null ? unhappyLine(steps) : null,
    sentBack: DECIDING.includes(issue.state) ? sentBackText(v, steps) : null,
    told: issue.promisedDay !== null || (issue.grade === 'danger' && issue.toldAt !== null),
    correction:
      moved && issue.promisedDay !== null && day !== null
        ? {
            from: sayDay(issue.promisedDay, today),
            to: sayDay(day, today),
            reason: textOf(putOff.reason) ?? '安排有变',
          }
        : null,
    later:
      issue.laterDay === null
        ? null
        : {
            day: sayDate(issue.laterDay, today),
            reason: textOf(newestData(steps, 'askLater').reason) ?? '',
            by: nameOf(v, issue.handlerId),
          },
    day: day === null ? null : sayDay(day, today),
    ...whomToAsk(v, seat, part === 'tell'),
    mine: mine ? { said: saidOf(v, issue, last), undo: undoOf(v, seat) } : null,
    asked: issue.askerId !== null,
    hasParent: can.has('escalate') && parentFor(v, issue) !== null,
    hasUnits: can.has('dispatch') && unitsFor(v, issue).length > 0,
    receipt: null,
    reopenable: issue.closedAt !== null && withinWindow('reopen', issue.closedAt, now, calendar),
  };
}

/** What a receipt offers besides following: the resident changed his mind, it is no emergency, it broke again. */
const RECEIPT_ACTS: readonly IssueAct[] = ['withdraw', 'regrade', 'reopen'];

/** The reporter's receipt of the same matter: where it stands; what is to be done stands on a card of its own. */
export function receiptOf(v: ViewContext, seat: Seat): IssueFace {
  const face = faceOf(v, seat);
  if (face.part === 'none') return face;
  const elsewhere = face.part !== 'follow' && face.part !== 'read';
  return {
    ...face,
    part: 'follow',
    can: new Set(RECEIPT_ACTS.filter((act) => face.can.has(act))),
    mine: null,
    receipt: elsewhere ? 'elsewhere' : 'here',
  };
}

/** [收回] for ten minutes, [点错了] for a day, by who did it (decision 20). */
function undoOf(v: ViewContext, { last }: Seat): 'takeBack' | 'fixSignOff' | null {
  if (!last) return null;
  if (canBeTakenBack(last.act))
    return withinWindow('takeBack', last.at, v.now, v.calendar) ? 'takeBack' : null;
  if (last.act !== 'evaluate' && last.act !== 'word') return null;
  return withinWindow('signOffFix', last.at, v.now, v.calendar) ? 'fixSignOff' : null;
}

/** `本支部办，石小红，12月2日（周三）前`. */
function suggestionText(v: ViewContext, issue: Issue): string | null {
  const suggestion = suggestionFor(v, issue);
  if (suggestion.kind === 'none') return null;
  const when = dueWords(v, { grade: issue.grade, dueAt: suggestedDue(v, issue) }, sayDate);
  if (suggestion.kind === 'member') return `本支部办，${nameOf(v, suggestion.memberId)}，${when}前`;
  return `派给${v.q.orgs.get(suggestion.unitId)?.name ?? '承办单位'}，${when}前`;
}

function suggestedDue(v: ViewContext, issue: Issue): number {
  return issue.returned.length > 0 && issue.dueAt !== null
    ? issue.dueAt
    : dueAt(issue.grade, v.now, v.calendar);
}
