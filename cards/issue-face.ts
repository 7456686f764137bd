import type { Grade } from '../src/domain/deadline.ts';
import type { CloseKind, IssueAct, Satisfaction, State, ThirdPath } from '../src/domain/issue-types.ts';

/** What this viewer is here for; the card puts that first. */
export type Part =
  /** Decides: 研判, or who takes a rework, or what follows a second 不满意. */
  | 'decide'
  | 'third'
  /** Answers a request for a later date. */
  | 'later'
  /** A unit's contact: nobody has taken it yet. */
  | 'take'
  | 'handle'
  | 'tell'
  /** Says what the resident said of a matter settled on the spot. */
  | 'word'
  | 'ask'
  /** Received it, follows it to the end. */
  | 'follow'
  | 'read'
  /** Has nothing to do with it any more. */
  | 'none';

/** One matter through one pair of eyes: facts only, what the viewer may not see is null. */
export interface IssueFace {
  id: number;
  v: number;
  number: number;
  building: string;
  topic: string;
  alternatives: readonly string[];
  /** A few words of the matter, safe for a title. */
  gist: string;
  state: State;
  grade: Grade;
  part: Part;
  /** Acts this viewer may do now (right and state). */
  can: ReadonlySet<IssueAct>;
  /** As people say it: 12月2日（周三）前. */
  due: string | null;
  /** `，还有7个工作日`. */
  left: number | null;
  /** The resident as the viewer may see him: 陈奶奶, 6号楼. */
  resident: string | null;
  words: string | null;
  /** 石小红 今天10:12. */
  by: string;
  holder: string | null;
  /** Who decides now, by name. */
  deciders: readonly string[];
  suggestion: string | null;
  emergency: readonly string[];
  result: string | null;
  reason: string | null;
  closeKind: CloseKind | null;
  satisfaction: Satisfaction | null;
  thirdPath: ThirdPath | null;
  rework: number;
  /** `群众不满意：晚上还是闪`: what the resident said, while that is being put right. */
  unhappy: string | null;
  /** `物业办退回：这段灯归市政管`, until somebody else has it. */
  sentBack: string | null;
  told: boolean;
  /** The date told before and the one that holds now, when they differ: decision 35. */
  correction: { from: string; to: string; reason: string } | null;
  later: { day: string; reason: string; by: string } | null;
  /** Day the resident may be told: 12月2日. */
  day: string | null;
  askPhone: string | null;
  handlerName: string | null;
  /** The newest step, for who did it. */
  mine: { said: string; undo: 'takeBack' | 'fixSignOff' | null } | null;
  asked: boolean;
  hasParent: boolean;
  /** There is a unit to dispatch to. */
  hasUnits: boolean;
  reopenable: boolean;
  /** The reporter's receipt: it follows only; `elsewhere` when another card asks something of him. */
  receipt: 'here' | 'elsewhere' | null;
}
