import { type Actor, holds, type Role } from './actor.ts';

/**
 * ONE table of rights: role × action × relation (decision 14). Buttons, toasts, /帮助 and dispatch read it.
 * A person may do an act if any rule of it holds: the role over the subject's org (decision 15),
 * or the relation to the matter, and none of `never` relations.
 */
export type Act =
  | 'visit.record'
  | 'visit.change'
  | 'visit.read'
  | 'household.read'
  | 'household.full'
  | 'household.change'
  | 'pairing.change'
  | 'issue.report'
  | 'issue.read'
  | 'issue.words'
  | 'issue.triage'
  | 'issue.handle'
  | 'issue.return'
  | 'issue.tell'
  | 'issue.ask'
  | 'issue.third'
  | 'issue.withdraw'
  | 'issue.reopen'
  | 'issue.promise'
  | 'issue.extend'
  | 'issue.word'
  | 'issue.calm'
  | 'issue.takeBack'
  | 'counts.read'
  | 'group.bind'
  | 'roster.change'
  | 'roster.admit'
  | 'policy.adopt'
  | 'import.run'
  | 'leave.self'
  | 'leave.other'
  | 'office.care';

/** How the actor stands to the matter. */
export type Relation =
  | 'self'
  | 'typist'
  | 'visitor'
  | 'paired'
  | 'logger'
  | 'owner'
  | 'decider'
  | 'handler'
  /** Handled it before it was given on or came back. */
  | 'former'
  | 'handlerUnit'
  | 'superior'
  | 'asker'
  | 'subject'
  /** Who did the newest step. */
  | 'maker';

export interface Subject {
  /** Org path of the record; for issues the org where the decision waits. */
  path: string;
  relations?: readonly Relation[];
}

interface Rule {
  roles?: readonly Role[];
  relation?: Relation;
}

const MEMBERS: readonly Role[] = [
  '党员',
  '网格员',
  '楼栋长',
  '书记',
  '副书记',
  '支部委员',
  '诉求中心',
  '领导',
];
/** Whoever may add a line; reading is another matter (decision 22: 居民志愿者). */
const WRITERS: readonly Role[] = [...MEMBERS, '居民志愿者'];
/** 研判 (decision 15): of the org or an ancestor; 诉求中心 of the subtree. */
const DECIDERS: readonly Role[] = ['书记', '副书记', '支部委员', '诉求中心'];
const SECRETARIES: readonly Role[] = ['书记', '副书记', '支部委员'];
const READERS: readonly Role[] = ['领导', '组织部', ...DECIDERS];

/** A member anywhere may record and report; scope is decided by the org of the record (decision 16). */
const ANYWHERE: ReadonlySet<Act> = new Set<Act>(['visit.record', 'issue.report', 'leave.self']);

interface Right {
  rules: readonly Rule[];
  never?: readonly Relation[];
}

export const RIGHTS: Record<Act, Right> = {
  'visit.record': { rules: [{ roles: WRITERS }] },
  'visit.change': { rules: [{ relation: 'typist' }, { relation: 'visitor' }] },
  'visit.read': {
    rules: [{ relation: 'typist' }, { relation: 'visitor' }, { relation: 'paired' }, { roles: SECRETARIES }],
  },
  'household.read': { rules: [{ roles: MEMBERS }] },
  // care 8: nobody but the paired member and the branch secretary of that grid sees P2.
  'household.full': { rules: [{ relation: 'paired' }, { roles: SECRETARIES }] },
  'household.change': { rules: [{ relation: 'paired' }, { roles: ['网格员', '楼栋长', ...SECRETARIES] }] },
  'pairing.change': { rules: [{ roles: SECRETARIES }, { roles: ['管理员'] }] },
  'issue.report': { rules: [{ roles: WRITERS }] },
  'issue.read': {
    rules: [
      { relation: 'logger' },
      { relation: 'owner' },
      { relation: 'handler' },
      { relation: 'handlerUnit' },
      { relation: 'asker' },
      { roles: READERS },
    ],
    never: ['subject'],
  },
  'issue.words': {
    rules: [
      { relation: 'logger' },
      { relation: 'owner' },
      { relation: 'handler' },
      { relation: 'asker' },
      { relation: 'handlerUnit' },
      { roles: DECIDERS },
    ],
    never: ['subject'],
  },
  'issue.triage': { rules: [{ roles: DECIDERS }], never: ['subject'] },
  'issue.handle': { rules: [{ relation: 'handler' }, { relation: 'handlerUnit' }] },
  'issue.return': { rules: [{ relation: 'handler' }, { relation: 'handlerUnit' }] },
  'issue.tell': {
    rules: [
      { relation: 'handler' },
      { relation: 'owner' },
      { relation: 'handlerUnit' },
      { relation: 'decider' },
      { roles: SECRETARIES },
    ],
  },
  // Decision 19: never handler, superior, logger or subject; the system names the asker.
  'issue.ask': { rules: [{ relation: 'asker' }], never: ['handler', 'superior', 'logger', 'subject'] },
  'issue.third': { rules: [{ roles: DECIDERS }], never: ['subject'] },
  // The handler's own 已撤回 is a close kind and somebody else asks about it: nobody ends his own work this way.
  'issue.withdraw': {
    rules: [{ relation: 'logger' }, { relation: 'owner' }, { roles: DECIDERS }],
    never: ['subject', 'handler', 'former'],
  },
  'issue.reopen': {
    rules: [{ relation: 'logger' }, { relation: 'owner' }, { relation: 'asker' }, { roles: MEMBERS }],
    never: ['subject'],
  },
  'issue.promise': { rules: [{ relation: 'handler' }, { relation: 'handlerUnit' }] },
  // Decision 35 and domain.md: a later date has an approver, who is not the one that asks for it.
  'issue.extend': { rules: [{ roles: DECIDERS }], never: ['subject', 'handler'] },
  // Decision 19: settled on the spot, the visitor records the resident's word.
  'issue.word': { rules: [{ relation: 'logger' }, { relation: 'owner' }], never: ['subject'] },
  'issue.calm': {
    rules: [{ relation: 'logger' }, { relation: 'owner' }, { roles: DECIDERS }],
    never: ['subject'],
  },
  // Decision 20: [收回], and [点错了] of a sign-off, by who did it.
  'issue.takeBack': { rules: [{ relation: 'maker' }] },
  'counts.read': { rules: [{ roles: READERS }] },
  'group.bind': { rules: [{ roles: [...SECRETARIES, '管理员'] }] },
  'roster.change': { rules: [{ roles: ['管理员', ...SECRETARIES] }] },
  'roster.admit': { rules: [{ roles: ['管理员', ...SECRETARIES] }] },
  'policy.adopt': { rules: [{ roles: ['管理员', '组织部', '书记'] }] },
  'import.run': { rules: [{ roles: ['管理员'] }] },
  'leave.self': { rules: [{ relation: 'self' }] },
  'leave.other': { rules: [{ roles: SECRETARIES }] },
  // Failed messages, /体检 and the like: care for the machine, never for people's data (decision 15).
  'office.care': { rules: [{ roles: ['管理员'] }] },
};

/** Decision 14. True if a rule holds and no excluding relation does. */
export function may(actor: Actor, act: Act, subject: Subject): boolean {
  const right = RIGHTS[act];
  const relations = subject.relations ?? [];
  if (right.never?.some((relation) => relations.includes(relation))) return false;
  return right.rules.some((rule) => {
    if (rule.relation) return relations.includes(rule.relation);
    const roles = rule.roles ?? [];
    if (ANYWHERE.has(act)) return actor.roles.some((held) => roles.includes(held.role));
    return holds(actor, roles, subject.path);
  });
}

/** For /帮助 and completion: may this person do the act anywhere at all? */
export function mayAnywhere(actor: Actor, act: Act): boolean {
  return RIGHTS[act].rules.some(
    (rule) =>
      rule.relation !== undefined ||
      (rule.roles ?? []).some((role) => actor.roles.some((held) => held.role === role)),
  );
}
