import { leaveCard, leaveForm } from '../../cards/leave.ts';
import { secretaries } from '../domain/issue-people.ts';
import { LEAVE_REASONS } from '../domain/leave-span.ts';
import { dayOf, later, startOfDay } from '../lib/day.ts';
import { levelsOf } from '../work/issue-people.ts';
import { mayChangeLeave } from '../work/leave.ts';
import { sayLeave } from '../work/leave-text.ts';
import { privateView, type ViewContext } from './define.ts';

/** Who decides while he is away, read on the first day of it; null for who holds no such post. */
function deputiesOf(v: ViewContext, memberId: number, from: string): string[] | null {
  const posts = v.q.members
    .rolesOn(memberId, dayOf(v.now))
    .filter((held) => held.role === '书记' || held.role === '副书记' || held.role === '支部委员');
  if (posts.length === 0) return null;
  const now = startOfDay(later(from, dayOf(v.now)));
  const ids = new Set(
    posts.flatMap((post) =>
      secretaries(levelsOf({ q: v.q, now }, post.orgId), { exclude: new Set([memberId]) }),
    ),
  );
  return [...ids].flatMap((id) => v.q.members.get(id)?.name ?? []);
}

export const absenceView = privateView<{ leave: number }>({
  name: 'leave.card',
  follows: ({ leave }) => [`leave:${leave}`],
  render(v, { leave: id }) {
    const leave = v.q.members.leave(id);
    if (!leave || !v.viewer || !mayChangeLeave(v.q, v.viewer, leave.memberId)) return null;
    const today = dayOf(v.now);
    return leaveCard({
      leave: id,
      who: leave.memberId === v.viewer.memberId ? null : (v.q.members.get(leave.memberId)?.name ?? ''),
      when: sayLeave(leave, today),
      deputies: deputiesOf(v, leave.memberId, leave.fromDay),
      cancelled: leave.cancelledAt !== null,
      over: leave.toDay < today,
    });
  },
});

export const absenceFormView = privateView<Record<never, never>>({
  name: 'leave.form',
  render(v) {
    if (!v.viewer) return null;
    const today = dayOf(v.now);
    return leaveForm({
      today,
      reasons: LEAVE_REASONS,
      leaves: v.q.members
        .leaves(v.viewer.memberId)
        .filter((leave) => leave.toDay >= today)
        .map((leave) => ({ leave: leave.id, when: sayLeave(leave, today) })),
    });
  },
});
