import { at, dayOf, sayDate } from '../lib/day.ts';
import type { Calendar } from './calendar.ts';
import { CLOSE_OF_DAY, dueAfter, dueAt, reworkDueAt, triageDueAt } from './deadline.ts';
import { type Case, type ClockStart, type Need, rowsOf, type Transition } from './issue.ts';
import { changesOf, refusal } from './issue-changes.ts';
import {
  type Assignee,
  DECIDING,
  type Inputs,
  type IssueAct,
  type IssueFacts,
  type LastStep,
  STATE_WORDS,
  type StepAct,
} from './issue-types.ts';

export interface StepWorld {
  /** Epoch ms. */
  now: number;
  calendar: Calendar;
  actorId: number | null;
  /** The newest step not taken back; null before there is one. */
  last: LastStep | null;
  people: StepPeople;
}

/** Whom the system names (issue-people.ts); asked only where a step needs it. */
export interface StepPeople {
  asker(): number | null;
  rework(): Assignee;
}

export type StepResult =
  | { ok: true; to: IssueFacts['state']; patch: Partial<IssueFacts>; clock: ClockStart }
  | { ok: false; reason: string };

/** Times to tell and to ask (及时, S2-64); a policy may hand its own later. */
const TELL = { workingDays: 1 } as const;
const ASK = { workingDays: 2 } as const;

/** What to say when something was left out; in the order in which it is asked. */
const ASKS: Readonly<Record<Need, string>> = {
  words: '请写一句群众说的是什么事。',
  result: '请写一句办得怎么样。',
  kind: '请选一下办成了哪一种。',
  reason: '请写一句原因。',
  sentence: '不满意的话请写一句原因，好再办一次。',
  handlerId: '请选由谁来办。',
  unitId: '请选派给哪个单位。',
  whom: '请写转给谁办。',
  parentId: '上面没有可以上报的党组织了，请在本级定。',
  day: '请选一个日期。',
  channel: '请选一下是怎么说的：当面、电话、短信还是纸条。',
  answerer: '请选一下是谁答的：本人、家属还是代答。',
  path: '请选接访、专题会议或评理。',
  topic: '请选一个类别。',
  grade: '请选一下急不急。',
  satisfaction: '请选满意、基本满意或不满意。',
  told: '请选一下是怎么告诉群众的。',
};

/** Which of an act's rows a step takes. */
function caseOf(facts: IssueFacts, act: IssueAct, input: object): Case | undefined {
  const said = 'satisfaction' in input ? input.satisfaction : undefined;
  if (act === 'evaluate' || act === 'word') {
    // After 又坏了 nobody has said 不满意 yet, though it is done for the second time (decision 36).
    const again = act === 'evaluate' && facts.rework > 0 && facts.satisfaction === 'bad';
    if (said === 'bad') return again ? 'dissatisfiedAgain' : 'dissatisfied';
    return 'sampled' in input && input.sampled ? 'sampled' : 'satisfied';
  }
  if (act === 'resolve') return 'told' in input && input.told ? 'told' : 'untold';
  if (act === 'reassign')
    return 'handlerOrgId' in input && input.handlerOrgId !== null ? 'toUnit' : 'toMember';
  return undefined;
}

function rowFor(facts: IssueFacts, act: IssueAct, input: object): Transition | undefined {
  const wanted = caseOf(facts, act, input);
  return rowsOf(act).find(
    (row) => row.from.includes(facts.state) && (row.when === undefined || row.when === wanted),
  );
}

function lacking(row: Transition, input: object): string | null {
  const given = input as Partial<Record<Need, unknown>>;
  const lacks = row.needs.find(
    (need) => given[need] === undefined || given[need] === null || given[need] === '',
  );
  return lacks ? ASKS[lacks] : null;
}

/** Asked for a later (or another) day within what complex matters are given. */
function dueOnDay(
  day: string,
  facts: IssueFacts,
  { now, calendar }: StepWorld,
): { due: number } | { reason: string } {
  const due = at(day, CLOSE_OF_DAY);
  if (due <= now) return { reason: '这个时间已经过了，请选往后的日期。' };
  const latest = dueAt('complex', now, calendar);
  if (due > latest && due > (facts.dueAt ?? 0))
    return { reason: `最晚可以定到${sayDate(dayOf(latest), dayOf(now))}。` };
  return { due };
}

const HASTE: Readonly<Record<IssueFacts['grade'], number>> = {
  danger: 2,
  utility: 1,
  ordinary: 0,
  complex: 0,
};

/**
 * What becomes urgent has its hours from now on; what was thought urgent has had its days from the step on, and a slip of
 * the finger gives back the clock that ran before, so that nobody gains time by pressing twice.
 */
function regradedFrom(
  facts: IssueFacts,
  grade: IssueFacts['grade'],
  { now, last }: StepWorld,
): { from: number; due?: number | null } {
  const before = last?.act === 'regrade' ? last.before : null;
  if (before?.grade === grade && before.dueAt !== undefined)
    return { from: before.stepAt ?? facts.stepAt, due: before.dueAt };
  return { from: HASTE[grade] > HASTE[facts.grade] ? now : facts.stepAt };
}

/** Decision 34: when the step's clock rings. `promise` and `third` bring their own day. */
function ring(
  row: Transition,
  facts: IssueFacts,
  input: object,
  world: StepWorld,
): { due: number | null; complex?: boolean } | { reason: string } {
  const { now, calendar } = world;
  const day = 'day' in input && typeof input.day === 'string' && input.day !== '' ? input.day : null;
  const hours = facts.grade === 'danger' || facts.grade === 'utility';
  switch (row.clock) {
    case 'triage':
      if (facts.returned.length > 0 && facts.dueAt !== null) return { due: facts.dueAt };
      return { due: triageDueAt(facts.grade, now, calendar) };
    case 'handling': {
      if (facts.returned.length > 0 && facts.dueAt !== null) return { due: facts.dueAt };
      const usual = dueAt(facts.grade, now, calendar);
      if (day === null || hours) return { due: usual };
      const chosen = dueOnDay(day, facts, world);
      return 'reason' in chosen ? chosen : { due: chosen.due, complex: chosen.due > usual };
    }
    case 'keep': {
      if (row.act !== 'reassign' || day === null || hours) return { due: facts.dueAt };
      const chosen = dueOnDay(day, facts, world);
      return 'reason' in chosen ? chosen : { due: chosen.due };
    }
    case 'chosen':
      return day === null ? { due: facts.dueAt } : dueOnDay(day, facts, world);
    case 'regrade': {
      const grade = 'grade' in input ? (input.grade as IssueFacts['grade']) : facts.grade;
      const { from, due } = regradedFrom(facts, grade, world);
      if (due !== undefined) return { due };
      if (DECIDING.includes(facts.state)) return { due: triageDueAt(grade, from, calendar) };
      return {
        due: facts.state === 'rework' ? reworkDueAt(grade, from, calendar) : dueAt(grade, from, calendar),
      };
    }
    case 'rework':
      return { due: reworkDueAt(facts.grade, now, calendar) };
    case 'tell':
    case 'word':
      return { due: dueAfter(TELL, now, calendar) };
    case 'ask':
      return { due: dueAfter(ASK, now, calendar) };
    case 'before':
      return { due: world.last?.before?.dueAt ?? null };
    case 'none':
      return { due: null };
  }
}

/**
 * One step of one matter: pure, total, by the table. It says where the matter stands next and which facts
 * change, or in one Chinese sentence why not. Who may do it was asked before (`rights.ts`).
 */
export function step<A extends StepAct>(
  facts: IssueFacts,
  act: A,
  input: Inputs[A],
  world: StepWorld,
): StepResult {
  const row = rowFor(facts, act, input);
  if (!row) return { ok: false, reason: `这件事现在是“${STATE_WORDS[facts.state]}”，这一步做不了。` };
  const lack = lacking(row, input);
  if (lack) return { ok: false, reason: lack };
  const refused = refusal(facts, act, input, world);
  if (refused) return { ok: false, reason: refused };
  const rung = ring(row, facts, input, world);
  if ('reason' in rung) return { ok: false, reason: rung.reason };
  if (row.to === 'before') {
    const before = world.last?.before ?? {};
    return { ok: true, to: before.state ?? facts.state, patch: { ...before }, clock: row.clock };
  }
  const to = row.to === 'same' ? facts.state : row.to;
  const moved = to !== facts.state || act === 'reassign';
  const regraded =
    act === 'regrade' && 'grade' in input ? regradedFrom(facts, input.grade, world).from : null;
  const patch: Partial<IssueFacts> = {
    ...changesOf(facts, act, input, to, world),
    state: to,
    dueAt: rung.due,
    ...(moved ? { stepAt: world.now } : {}),
    ...(regraded === null ? {} : { stepAt: regraded }),
    ...(rung.complex && facts.grade === 'ordinary' ? { grade: 'complex' as const } : {}),
  };
  return { ok: true, to, patch, clock: row.clock };
}

/** The facts of a fresh matter (act `report`): words are kept apart, sealed. */
export function freshIssue(
  given: Pick<IssueFacts, 'grade' | 'topic' | 'loggerId' | 'triageOrgId'>,
  world: Pick<StepWorld, 'now' | 'calendar'>,
): IssueFacts {
  return {
    ...given,
    state: 'reported',
    ownerId: given.loggerId,
    deciderId: null,
    handlerId: null,
    handlerOrgId: null,
    former: [],
    returned: [],
    stepAt: world.now,
    dueAt: triageDueAt(given.grade, world.now, world.calendar),
    promisedDay: null,
    toldAt: null,
    laterDay: null,
    closeKind: null,
    askerId: null,
    satisfaction: null,
    signedAt: null,
    rework: 0,
    thirdPath: null,
    closedAt: null,
  };
}
