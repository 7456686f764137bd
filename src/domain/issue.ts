import { DECIDING, type IssueAct, OPEN, type State, WORKING } from './issue-types.ts';
import type { Act } from './rights.ts';

/** Which clock a step starts; `keep`: the running one goes on, for a comment or an edit resets nothing. */
export type ClockStart =
  | 'triage'
  | 'handling'
  | 'rework'
  | 'tell'
  | 'ask'
  | 'word'
  | 'chosen'
  | 'regrade'
  | 'keep'
  | 'none'
  | 'before';

/** What must come with a step; `issue-step.ts` holds the sentence that asks for it. */
export type Need =
  | 'words'
  | 'result'
  | 'kind'
  | 'reason'
  | 'sentence'
  | 'handlerId'
  | 'unitId'
  | 'whom'
  | 'parentId'
  | 'day'
  | 'channel'
  | 'answerer'
  | 'path'
  | 'topic'
  | 'grade'
  | 'satisfaction'
  | 'told';

/** Told apart by what came with the step or by the matter's history. */
export type Case =
  | 'satisfied'
  | 'sampled'
  | 'dissatisfied'
  | 'dissatisfiedAgain'
  | 'told'
  | 'untold'
  | 'toMember'
  | 'toUnit';

export interface Transition {
  act: IssueAct;
  from: readonly State[];
  /** `same`: no change of state; `before`: the state before the step that is undone. */
  to: State | 'same' | 'before';
  when?: Case;
  /** null: done by the system, by nobody's press. */
  right: Act | null;
  needs: readonly Need[];
  clock: ClockStart;
  /** Decision 20: who did it may take it back for ten minutes. */
  takeBack?: true;
}

/** Working directly for the resident, or led by the decider after a second 不满意. */
const AT_WORK: readonly State[] = [...WORKING, 'thirdPath'];
/** Given to somebody by a decision, not yet reworked. */
const GIVEN: readonly State[] = ['handling', 'dispatched', 'outside'];
/** A decision may have led here within the last ten minutes. */
const DECIDED: readonly State[] = [...OPEN.filter((state) => state !== 'reported'), 'closed'];

type Extra = Partial<Pick<Transition, 'when' | 'needs' | 'takeBack'>>;

function row(
  act: IssueAct,
  from: readonly State[],
  to: Transition['to'],
  right: Act | null,
  clock: ClockStart,
  extra: Extra = {},
): Transition {
  return { act, from, to, right, clock, needs: [], ...extra };
}

const back = { takeBack: true } as const;
const asked = ['satisfaction', 'channel', 'answerer'] as const;

/**
 * THE table of transitions (decision 14; domain.md "Issue: states and who may move them"; S2-60…66):
 * act, from, to, right, clock that starts, and what must come with it. Buttons, toasts and refusals read it.
 * Later steps (吹哨, 评理, 挂起) are further rows.
 */
export const TRANSITIONS: readonly Transition[] = [
  row('report', [], 'reported', 'issue.report', 'triage', { needs: ['words'] }),

  row('settle', DECIDING, 'settledOnSpot', 'issue.triage', 'word', { needs: ['result'], ...back }),
  row('handleHere', DECIDING, 'handling', 'issue.triage', 'handling', { needs: ['handlerId'], ...back }),
  row('dispatch', DECIDING, 'dispatched', 'issue.triage', 'handling', { needs: ['unitId'], ...back }),
  row('outside', DECIDING, 'outside', 'issue.triage', 'handling', { needs: ['whom'], ...back }),
  row('escalate', DECIDING, 'escalated', 'issue.triage', 'triage', { needs: ['parentId'], ...back }),
  row('explain', DECIDING, 'explained', 'issue.triage', 'tell', { needs: ['reason'], ...back }),

  row('word', ['settledOnSpot'], 'closed', 'issue.word', 'none', {
    when: 'satisfied',
    needs: ['satisfaction'],
  }),
  row('word', ['settledOnSpot'], 'awaitingSignOff', 'issue.word', 'ask', {
    when: 'sampled',
    needs: ['satisfaction'],
  }),
  row('word', ['settledOnSpot'], 'rework', 'issue.word', 'rework', {
    when: 'dissatisfied',
    needs: ['satisfaction', 'sentence'],
  }),

  row('reassign', GIVEN, 'handling', 'issue.triage', 'keep', { when: 'toMember', ...back }),
  row('reassign', GIVEN, 'dispatched', 'issue.triage', 'keep', { when: 'toUnit', ...back }),
  row('reassign', ['rework'], 'same', 'issue.triage', 'keep', back),
  row('claim', ['dispatched', 'rework'], 'same', 'issue.handle', 'keep'),
  // S2-63: 限时办理. What is given back comes to the decision again, the clock running (decision 20).
  row('return', ['handling', 'dispatched'], 'reported', 'issue.return', 'keep', { needs: ['reason'] }),

  row('askLater', WORKING, 'same', 'issue.promise', 'keep', { needs: ['day', 'reason'] }),
  row('promise', WORKING, 'same', 'issue.extend', 'chosen', { needs: ['day', 'reason'] }),
  row('refuseLater', WORKING, 'same', 'issue.extend', 'keep'),

  row('resolve', AT_WORK, 'resolved', 'issue.handle', 'tell', {
    when: 'untold',
    needs: ['result', 'kind'],
    ...back,
  }),
  row('resolve', AT_WORK, 'awaitingSignOff', 'issue.handle', 'ask', {
    when: 'told',
    needs: ['result', 'kind'],
    ...back,
  }),
  // S2-64: the resident is told in time; while it is worked on, told means the date.
  row('told', WORKING, 'same', 'issue.tell', 'keep', { needs: ['channel'] }),
  row('told', ['resolved', 'explained'], 'awaitingSignOff', 'issue.tell', 'ask', { needs: ['channel'] }),

  row('nameAsker', ['awaitingSignOff'], 'same', null, 'keep'),
  // S2-65, S2-66 and decision 36.
  row('evaluate', ['awaitingSignOff'], 'closed', 'issue.ask', 'none', { when: 'satisfied', needs: asked }),
  row('evaluate', ['awaitingSignOff'], 'rework', 'issue.ask', 'rework', {
    when: 'dissatisfied',
    needs: [...asked, 'sentence'],
  }),
  row('evaluate', ['awaitingSignOff'], 'thirdPath', 'issue.ask', 'triage', {
    when: 'dissatisfiedAgain',
    needs: [...asked, 'sentence'],
  }),
  row('notReached', ['awaitingSignOff'], 'same', 'issue.ask', 'keep'),
  row(
    'fixSignOff',
    ['closed', 'awaitingSignOff', 'rework', 'thirdPath'],
    'before',
    'issue.takeBack',
    'before',
  ),
  row('third', ['thirdPath'], 'same', 'issue.third', 'chosen', { needs: ['path', 'day'] }),

  row('withdraw', OPEN, 'closed', 'issue.withdraw', 'none', { needs: ['reason'], ...back }),
  row('transfer', [...DECIDING, ...AT_WORK], 'closed', 'issue.triage', 'none', {
    needs: ['whom', 'told'],
    ...back,
  }),
  row('retopic', OPEN, 'same', 'issue.triage', 'keep', { needs: ['topic'] }),
  row('regrade', [...DECIDING, ...WORKING], 'same', 'issue.calm', 'regrade', { needs: ['grade'] }),
  row('reopen', ['closed'], 'rework', 'issue.reopen', 'rework'),
  row('takeBack', DECIDED, 'before', 'issue.takeBack', 'before'),
];

const BY_ACT = new Map<IssueAct, Transition[]>();
for (const each of TRANSITIONS) BY_ACT.set(each.act, [...(BY_ACT.get(each.act) ?? []), each]);

/** All rows of an act. */
export function rowsOf(act: IssueAct): readonly Transition[] {
  return BY_ACT.get(act) ?? [];
}

/** May this act be done at all in this state, whoever does it? */
export function fits(act: IssueAct, state: State): boolean {
  return rowsOf(act).some((each) => each.from.includes(state));
}

/** The right an act asks for; all its rows ask for the same one (a test holds that). */
export function rightOf(act: IssueAct): Act | null {
  return rowsOf(act)[0]?.right ?? null;
}

/** Decisions that who made them may take back for ten minutes (decision 20). */
export function canBeTakenBack(act: IssueAct): boolean {
  return rowsOf(act).some((each) => each.takeBack);
}
