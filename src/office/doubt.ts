import type { OutboxRow } from '../../db/queries/outbox.ts';
import { MINUTE } from '../lib/day.ts';
import type { PlatformLimits } from '../platforms/platform.ts';

/** Margin before the platform forgets a uuid (decision 37). */
const MARGIN = 5 * MINUTE;
/** A clock that was set back by more says nothing about how old an attempt is. */
const STEP = MINUTE;

/**
 * May this row's call be made (again), after an attempt whose outcome is not known (decision 37)? `firstAttemptAt` is
 * the oldest attempt in doubt, null when there is none. An update or a recall may be repeated without harm, a send
 * only while the platform surely knows its uuid.
 */
export function mayRepeat(
  row: Pick<OutboxRow, 'kind' | 'firstAttemptAt'>,
  limits: PlatformLimits | undefined,
  now: number,
): boolean {
  if (row.kind === 'update' || row.kind === 'recall' || row.firstAttemptAt === null) return true;
  const age = now - row.firstAttemptAt;
  return age > -STEP && age < (limits ? limits.idempotencyMs - MARGIN : 0);
}
