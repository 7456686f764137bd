import type { OutboxRow } from '../../db/queries/outbox.ts';
import { dayOf } from '../lib/day.ts';
import { makeEffects } from './effects.ts';
import type { Parts } from './parts.ts';

const HOUR = 3_600_000;
const CAUSE = 'trouble:';

/** Dead and uncertain messages are told to administrators at most once an hour, never about themselves (decision 40). */
export function tellAdministrators(parts: Parts, row: OutboxRow, now: number): void {
  if (row.cause.startsWith(CAUSE)) return;
  const { q } = parts;
  const root = q.orgs.all();
  const day = dayOf(now);
  const administrators = new Set(
    root.flatMap((org) => q.members.holders(org.id, ['管理员'], day).map((member) => member.id)),
  );
  if (administrators.size === 0 || !q.told.first('administrators', 'trouble', now, now - HOUR)) return;
  const fx = makeEffects({
    q,
    vault: parts.vault,
    calendar: parts.calendar(),
    now,
    cause: `${CAUSE}${row.id}`,
    actorId: null,
    exempt: false,
    connection: row.connection,
  });
  for (const member of administrators)
    fx.privately(member, { view: 'care.troubles', params: {} }, { lane: 'digest' });
}
