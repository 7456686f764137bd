import type { Tone } from '../../cards/card.ts';
import { groupText } from '../../cards/group-text.ts';
import { groupButtons } from '../../cards/issue-buttons.ts';
import type { Issue } from '../../db/queries/issue-rows.ts';
import { describeDue } from '../domain/deadline.ts';
import { CLOSE_KINDS, STATE_WORDS } from '../domain/issue-types.ts';
import { parentFor, unitsFor } from '../work/issue-people.ts';
import { groupView, type ViewContext } from './define.ts';

/** A unit or a role, never a person (decision 7). */
export function groupHolder(
  v: Pick<ViewContext, 'q'>,
  issue: Pick<Issue, 'state' | 'handlerId' | 'handlerOrgId' | 'triageOrgId' | 'orgId'>,
): string | null {
  if (issue.state === 'outside') return '线下转办';
  if (issue.handlerOrgId !== null) return v.q.orgs.get(issue.handlerOrgId)?.name ?? '承办单位';
  if (issue.state === 'escalated') return '上级党组织';
  if (issue.state === 'reported') return '书记';
  return issue.handlerId === null ? null : '本支部';
}

function toneOf(issue: Issue, now: number): Tone {
  if (issue.state === 'closed') return 'done';
  if (issue.grade === 'danger') return 'urgent';
  return issue.dueAt !== null && issue.dueAt < now ? 'wait' : 'info';
}

/** The issue card in a work group (decision 12): number, category, building, state, due, and the decision's buttons. */
export const issueGroupView = groupView<{ issue: number }>({
  name: 'issue.group',
  follows: ({ issue }) => [`issue:${issue}`],
  render(v, { issue: id }) {
    const issue = v.q.issues.get(id);
    if (!issue) return null;
    const closed = issue.state === 'closed';
    const waits = issue.state === 'reported';
    const hasParent = parentFor(v, issue) !== null;
    const { buttons, more } = waits
      ? groupButtons({ id, v: issue.version, hasParent, hasUnits: unitsFor(v, issue).length > 0 })
      : { buttons: [], more: [] };
    return groupText({
      kind: 'issue',
      row: {
        number: issue.number,
        building: issue.building,
        topic: issue.topic,
        state: closed && issue.closeKind ? CLOSE_KINDS[issue.closeKind] : STATE_WORDS[issue.state],
        due: closed || issue.dueAt === null ? null : describeDue(issue.dueAt, v.now, v.calendar),
        with: closed ? '已办结' : groupHolder(v, issue),
      },
      tone: toneOf(issue, v.now),
      buttons,
      more,
    });
  },
});
