import { askers } from './askers.ts';
import { cards } from './cards.ts';
import type { Job } from './define.ts';
import { issueClock } from './issue-clock.ts';
import { nudges } from './nudges.ts';
import { ownPages } from './own-pages.ts';
import { standIns } from './stand-ins.ts';
import { weekly } from './weekly.ts';

/** Every scheduled job; a test finds the file that is missing here. */
export const JOBS: readonly Job[] = [weekly, nudges, issueClock, askers, cards, ownPages, standIns];
