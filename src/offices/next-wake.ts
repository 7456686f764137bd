import { DAY } from '../lib/day.ts';
import type { Office } from '../office/office.ts';

/** When an office next has something to do: a job, a message, or once a day what must be purged (epoch ms). */
export function nextOf(office: Office, now: number): number {
  const { outbox } = office.q;
  if (outbox.open(now) > 0) return now;
  return Math.min(now + DAY, office.nextDue(now) ?? now + DAY, outbox.nextAt() ?? now + DAY);
}
