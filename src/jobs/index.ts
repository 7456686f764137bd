import type { Job } from './define.ts';

/** Every scheduled job; a test finds the file that is missing here. */
export const JOBS: readonly Job[] = [];
