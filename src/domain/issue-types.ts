import type { Day } from '../lib/day.ts';
import type { Grade } from './deadline.ts';

/** Where a matter stands (domain.md "Issue"). Whistles, hearings and pauses will be further words here and rows of the table. */
export const STATES = [
  'reported',
  'escalated',
  'settledOnSpot',
  'handling',
  'dispatched',
  'outside',
  'explained',
  'rework',
  'thirdPath',
  'resolved',
  'awaitingSignOff',
  'closed',
] as const;
export type State = (typeof STATES)[number];

/** As people read them; never 签单 or 二次办理, which no resident should hear (cards.md "Voice"). */
export const STATE_WORDS: Readonly<Record<State, string>> = {
  reported: '待研判',
  escalated: '待上级研判',
  settledOnSpot: '当场已解决',
  handling: '办理中',
  dispatched: '已派单',
  outside: '线下转办',
  explained: '解释疏导',
  rework: '再办一次',
  thirdPath: '另行协商',
  resolved: '待告知',
  awaitingSignOff: '待群众评价',
  closed: '已办结',
};

/** Told apart everywhere (decision 21, care 33). */
export const CLOSE_KINDS = {
  solved: '已解决',
  partly: '部分解决',
  explained: '已解释',
  transferred: '已转交',
  withdrawn: '已撤回',
} as const;
export type CloseKind = keyof typeof CLOSE_KINDS;

export const SATISFACTION = { good: '满意', fair: '基本满意', bad: '不满意' } as const;
export type Satisfaction = keyof typeof SATISFACTION;

/** How a resident was told or asked (decision 19). */
export const CHANNELS = { face: '当面', call: '电话', text: '短信', paper: '纸条' } as const;
export type Channel = keyof typeof CHANNELS;

/** Who gave the answer. */
export const ANSWERERS = { self: '本人', family: '家属', proxy: '代答' } as const;
export type Answerer = keyof typeof ANSWERERS;

/** Decision 36: what a second 不满意 leads to. */
export const THIRD_PATHS = { reception: '接访', meeting: '专题会议', hearing: '评理' } as const;
export type ThirdPath = keyof typeof THIRD_PATHS;

/** Still somebody's business. */
export const OPEN: readonly State[] = STATES.filter((state) => state !== 'closed');
/** The decision waits. */
export const DECIDING: readonly State[] = ['reported', 'escalated'];
/** Somebody is at work on it. */
export const WORKING: readonly State[] = ['handling', 'dispatched', 'outside', 'rework'];

export type IssueAct =
  | 'report'
  | 'settle'
  | 'word'
  | 'handleHere'
  | 'dispatch'
  | 'outside'
  | 'escalate'
  | 'explain'
  | 'reassign'
  | 'claim'
  | 'return'
  | 'askLater'
  | 'promise'
  | 'refuseLater'
  | 'resolve'
  | 'told'
  | 'nameAsker'
  | 'evaluate'
  | 'notReached'
  | 'fixSignOff'
  | 'third'
  | 'withdraw'
  | 'transfer'
  | 'retopic'
  | 'regrade'
  | 'reopen'
  | 'takeBack';

/** The facts that a step reads and may change; words and reasons are not among them. Ids are members or orgs. */
export interface IssueFacts {
  state: State;
  grade: Grade;
  topic: string;
  loggerId: number;
  /** 首办负责: who received it follows it to the end. */
  ownerId: number;
  /** Where the decision waits. */
  triageOrgId: number;
  deciderId: number | null;
  handlerId: number | null;
  handlerOrgId: number | null;
  /** Members who handled it before: they neither handle it again nor ask about it. */
  former: readonly number[];
  /** `u<org>` or `m<member>` that gave it back once; while there is one, the first clock runs on. */
  returned: readonly string[];
  /** When the present holder got it, epoch ms. */
  stepAt: number;
  dueAt: number | null;
  /** The date told to the resident (decision 35). */
  promisedDay: Day | null;
  toldAt: number | null;
  /** A later date asked for, not yet agreed. */
  laterDay: Day | null;
  closeKind: CloseKind | null;
  askerId: number | null;
  satisfaction: Satisfaction | null;
  signedAt: number | null;
  rework: number;
  thirdPath: ThirdPath | null;
  closedAt: number | null;
}

/** The newest step that was not taken back. */
export interface LastStep {
  act: IssueAct;
  actorId: number | null;
  at: number;
  /** The facts as they stood before it. */
  before: Partial<IssueFacts> | null;
}

export interface Assignee {
  handlerId: number | null;
  handlerOrgId: number | null;
}

export interface Told {
  channel: Channel;
}

/** What each act has to be given. Days are YYYY-MM-DD; texts are the person's own. */
export interface Inputs {
  settle: { result: string };
  word: { satisfaction: Satisfaction; sentence?: string; sampled: boolean };
  handleHere: { handlerId: number; day?: Day };
  dispatch: { unitId: number; day?: Day };
  outside: { whom: string; number?: string; day?: Day };
  escalate: { parentId: number | null };
  explain: { reason: string };
  reassign: Assignee & { day?: Day };
  claim: Record<string, never>;
  return: { reason: string };
  askLater: { day: Day; reason: string };
  promise: { day: Day; reason: string };
  refuseLater: { reason?: string };
  resolve: { result: string; kind: CloseKind; told: Told | null };
  told: { channel: Channel };
  nameAsker: Record<string, never>;
  evaluate: {
    satisfaction: Satisfaction;
    channel: Channel;
    answerer: Answerer;
    witness?: string;
    sentence?: string;
  };
  notReached: Record<string, never>;
  fixSignOff: Record<string, never>;
  third: { path: ThirdPath; day: Day };
  withdraw: { reason: string };
  transfer: { whom: string; told: Told };
  retopic: { topic: string };
  regrade: { grade: Grade };
  reopen: { words?: string };
  takeBack: Record<string, never>;
}
export type StepAct = keyof Inputs;
