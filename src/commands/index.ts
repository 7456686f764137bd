import { attempt } from './attempt.ts';
import { bind } from './bind.ts';
import { care } from './care.ts';
import { checkup } from './checkup.ts';
import { claim } from './claim.ts';
import { correct } from './correct.ts';
import type { Command } from './define.ts';
import { diary } from './diary.ts';
import { dispatch } from './dispatch.ts';
import { evaluate } from './evaluate.ts';
import { handle } from './handle.ts';
import { makeHelp } from './help.ts';
import { household } from './household.ts';
import { issue } from './issue.ts';
import { late } from './late.ts';
import { leave } from './leave.ts';
import { makeup } from './makeup.ts';
import { mine } from './mine.ts';
import { ownPage } from './own-page.ts';
import { pairing } from './pairing.ts';
import { plain } from './plain.ts';
import { policy } from './policy.ts';
import { promise } from './promise.ts';
import { reopen } from './reopen.ts';
import { roster } from './roster.ts';
import { takeBack } from './take-back.ts';
import { told } from './told.ts';
import { triage } from './triage.ts';
import { unbind } from './unbind.ts';
import { visit } from './visit.ts';
import { withdraw } from './withdraw.ts';
import { withdrawIssue } from './withdraw-issue.ts';

const FEATURES: readonly Command[] = [
  visit,
  issue,
  attempt,
  late,
  makeup,
  correct,
  withdraw,
  mine,
  diary,
  household,
  leave,
  handle,
  told,
  evaluate,
  reopen,
  promise,
  withdrawIssue,
  takeBack,
  triage,
  dispatch,
  bind,
  unbind,
  claim,
  roster,
  policy,
  pairing,
  ownPage,
  plain,
  care,
  checkup,
];

/** Every command, in the order of /帮助; a test finds the file that is missing here. */
export const COMMANDS: readonly Command[] = [...FEATURES, makeHelp(FEATURES)];
