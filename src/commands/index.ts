import { attempt } from './attempt.ts';
import { correct } from './correct.ts';
import type { Command } from './define.ts';
import { diary } from './diary.ts';
import { makeHelp } from './help.ts';
import { household } from './household.ts';
import { late } from './late.ts';
import { makeup } from './makeup.ts';
import { visit } from './visit.ts';
import { withdraw } from './withdraw.ts';

const FEATURES: readonly Command[] = [visit, attempt, late, makeup, correct, withdraw, diary, household];

/** Every command, in the order of /帮助; a test finds the file that is missing here. */
export const COMMANDS: readonly Command[] = [...FEATURES, makeHelp(FEATURES)];
