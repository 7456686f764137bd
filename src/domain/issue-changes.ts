import { at, dayOf, sayDate } from '../lib/day.ts';
import { CLOSE_OF_DAY, withinWindow } from './deadline.ts';
import { canBeTakenBack } from './issue.ts';
import type { StepWorld } from './issue-step.ts';
import type { Assignee, Inputs, IssueFacts, State, StepAct } from './issue-types.ts';

/** Who holds the matter, as the mark that it was given back once. */
function holderMark(facts: IssueFacts): string {
  return facts.handlerOrgId === null ? `m${facts.handlerId}` : `u${facts.handlerOrgId}`;
}

function withHandler(facts: IssueFacts): number[] {
  return facts.handlerId === null || facts.former.includes(facts.handlerId)
    ? [...facts.former]
    : [...facts.former, facts.handlerId];
}

type Check<A extends StepAct> = (facts: IssueFacts, input: Inputs[A], world: StepWorld) => string | null;

/** What the table cannot say: windows, once-only, another person. A sentence, or null when nothing stands against it. */
const REFUSALS: { [A in StepAct]?: Check<A> } = {
  reassign(facts, input) {
    if (input.handlerId === null && input.handlerOrgId === null) return '请选由谁来办。';
    if (facts.state === 'rework' && input.handlerId !== null && facts.former.includes(input.handlerId))
      return '请换一位没办过这件事的人。';
    const same =
      input.handlerOrgId === null
        ? input.handlerId === facts.handlerId && facts.handlerOrgId === null
        : input.handlerOrgId === facts.handlerOrgId;
    return same && !('day' in input && input.day) ? '现在就是这样安排的，没有变化。' : null;
  },
  claim: (facts) => (facts.handlerId === null ? null : '已经有人接单了。'),
  // Decision 20: once within a working day.
  return(facts, _input, world) {
    if (facts.returned.includes(holderMark(facts))) return '退回只能用一次。办不了请和书记商量改派。';
    return withinWindow('returnToSender', facts.stepAt, world.now, world.calendar)
      ? null
      : '接单已过1个工作日，不能退回了。办不了请用“申请延期”，或请书记改派。';
  },
  askLater: (facts, input, world) => laterOnly(facts, input.day, world),
  promise: (facts, input, world) => laterOnly(facts, input.day, world),
  refuseLater: (facts) => (facts.laterDay === null ? '没有等着答复的延期。' : null),
  evaluate: (_facts, input) =>
    input.channel === 'paper' && !input.witness ? '用纸条的话，请写上见证人。' : null,
  fixSignOff(_facts, _input, { last, now, calendar, actorId }) {
    if (last?.act !== 'evaluate' && last?.act !== 'word') return '后面又有了新进展，改不了了。请告诉书记。';
    if (last.actorId !== actorId) return '由刚才去问的人来改。';
    return withinWindow('signOffFix', last.at, now, calendar) ? null : '已过24小时，改不了了。请告诉书记。';
  },
  reopen(facts, _input, { now, calendar }) {
    const open = facts.closedAt !== null && withinWindow('reopen', facts.closedAt, now, calendar);
    return open ? null : '办结已过30天，请当新的诉求再报一次。';
  },
  takeBack(_facts, _input, { last, now, calendar, actorId }) {
    if (!last || !canBeTakenBack(last.act)) return '后面又有了新进展，收不回了。要改请用“改派”。';
    if (last.actorId !== actorId) return '由刚才做决定的人来收回。';
    return withinWindow('takeBack', last.at, now, calendar) ? null : '已过10分钟，收不回了。要改请用“改派”。';
  },
};

/** Decision 35: never earlier; and what burns is not put off. */
function laterOnly(facts: IssueFacts, day: string, { now }: StepWorld): string | null {
  if (facts.grade === 'danger') return '急事不改期。办不了请马上告诉书记改派。';
  if (facts.dueAt !== null && at(day, CLOSE_OF_DAY) <= facts.dueAt)
    return `只能往后改，现在是${sayDate(dayOf(facts.dueAt), dayOf(now))}前。`;
  return null;
}

export function refusal<A extends StepAct>(
  facts: IssueFacts,
  act: A,
  input: Inputs[A],
  world: StepWorld,
): string | null {
  const check = REFUSALS[act] as Check<A> | undefined;
  return check ? check(facts, input, world) : null;
}

/** Another handler, the date told before no longer binds, and nobody has been asked yet. */
function anew(facts: IssueFacts, next: Assignee): Partial<IssueFacts> {
  return {
    ...next,
    former: withHandler(facts),
    returned: [],
    rework: facts.rework + 1,
    promisedDay: null,
    toldAt: null,
    laterDay: null,
    closeKind: null,
    closedAt: null,
  };
}

type Change<A extends StepAct> = (
  facts: IssueFacts,
  input: Inputs[A],
  to: State,
  world: StepWorld,
) => Partial<IssueFacts>;

const decided = (world: StepWorld): Partial<IssueFacts> => ({ deciderId: world.actorId, laterDay: null });

/** The facts each act changes, besides state and clock. */
const CHANGES: { [A in StepAct]?: Change<A> } = {
  // The visitor who was there takes the resident's word, so he counts as the one who handled it (decision 19).
  settle: (facts, _input, _to, world) => ({
    ...decided(world),
    handlerId: facts.ownerId,
    handlerOrgId: null,
    closeKind: 'solved',
  }),
  handleHere: (_facts, input, _to, world) => ({
    ...decided(world),
    handlerId: input.handlerId,
    handlerOrgId: null,
  }),
  dispatch: (_facts, input, _to, world) => ({
    ...decided(world),
    handlerId: null,
    handlerOrgId: input.unitId,
  }),
  // Decision 27: the dispatcher follows it.
  outside: (_facts, _input, _to, world) => ({
    ...decided(world),
    handlerId: world.actorId,
    handlerOrgId: null,
  }),
  escalate: (facts, input, _to, world) => ({
    ...decided(world),
    triageOrgId: input.parentId ?? facts.triageOrgId,
  }),
  explain: (facts, _input, _to, world) => ({
    ...decided(world),
    handlerId: facts.ownerId,
    handlerOrgId: null,
    closeKind: 'explained',
  }),
  reassign: (facts, input, _to, world) => ({
    ...decided(world),
    handlerId: input.handlerId,
    handlerOrgId: input.handlerOrgId,
    former: withHandler(facts),
  }),
  claim: (_facts, _input, _to, world) => ({ handlerId: world.actorId }),
  return: (facts) => ({
    handlerId: null,
    handlerOrgId: null,
    former: withHandler(facts),
    returned: [...facts.returned, holderMark(facts)],
    laterDay: null,
  }),
  askLater: (_facts, input) => ({ laterDay: input.day }),
  promise: () => ({ laterDay: null }),
  refuseLater: () => ({ laterDay: null }),
  resolve: (facts, input, to, world) => ({
    closeKind: input.kind,
    handlerId: facts.handlerId ?? world.actorId,
    laterDay: null,
    ...(to === 'awaitingSignOff' ? { toldAt: world.now, askerId: world.people.asker() } : {}),
  }),
  told: (facts, _input, to, world) =>
    to === 'awaitingSignOff'
      ? { toldAt: world.now, askerId: world.people.asker() }
      : { toldAt: world.now, promisedDay: facts.dueAt === null ? facts.promisedDay : dayOf(facts.dueAt) },
  nameAsker: (_facts, _input, _to, world) => ({ askerId: world.people.asker() }),
  word(facts, input, to, world) {
    if (to === 'rework')
      return { ...anew(facts, world.people.rework()), satisfaction: 'bad', signedAt: world.now };
    const said = { satisfaction: input.satisfaction, toldAt: world.now };
    return to === 'closed'
      ? { ...said, signedAt: world.now, closedAt: world.now }
      : { ...said, askerId: world.people.asker() };
  },
  evaluate(facts, input, to, world) {
    const said = { satisfaction: input.satisfaction, signedAt: world.now };
    if (to === 'closed') return { ...said, closeKind: facts.closeKind ?? 'solved', closedAt: world.now };
    return {
      ...anew(facts, to === 'rework' ? world.people.rework() : { handlerId: null, handlerOrgId: null }),
      ...said,
    };
  },
  // Who chose the way leads it to its end.
  third: (_facts, input, _to, world) => ({
    deciderId: world.actorId,
    thirdPath: input.path,
    handlerId: world.actorId,
    handlerOrgId: null,
  }),
  withdraw: (_facts, _input, _to, world) => ({ closeKind: 'withdrawn', closedAt: world.now, laterDay: null }),
  transfer: (_facts, _input, _to, world) => ({
    ...decided(world),
    closeKind: 'transferred',
    closedAt: world.now,
    toldAt: world.now,
  }),
  retopic: (_facts, input) => ({ topic: input.topic }),
  regrade: (_facts, input) => ({ grade: input.grade }),
  reopen: (facts, _input, _to, world) => ({
    ...anew(facts, world.people.rework()),
    satisfaction: null,
    signedAt: null,
  }),
};

export function changesOf<A extends StepAct>(
  facts: IssueFacts,
  act: A,
  input: Inputs[A],
  to: State,
  world: StepWorld,
): Partial<IssueFacts> {
  const change = CHANGES[act] as Change<A> | undefined;
  return change ? change(facts, input, to, world) : {};
}
