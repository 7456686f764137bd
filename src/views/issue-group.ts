import type { Tone } from '../../cards/card.ts';
import { groupText } from '../../cards/group-text.ts';
import { groupButtons } from '../../cards/issue-buttons.ts';
import type { Issue } from '../../db/queries/issue-rows.ts';
import { describeDue } from '../domain/deadline.ts';
import { CLOSE_KINDS, STATE_WORDS, THIRD_PATHS } from '../domain/issue-types.ts';
import { parentFor, unitsFor } from '../work/issue-people.ts';
import { groupView, type ViewContext } from './define.ts';

/** Who has it, by unit or role, never a person (decision 7). */
function groupHolder(v: ViewContext, issue: Issue): string {
  const unit = issue.handlerOrgId === null ? null : (v.q.orgs.get(issue.handlerOrgId)?.name ?? '承办单位');
  switch (issue.state) {
    case 'reported':
      return '等书记研判';
    case 'escalated':
      return '等上级党组织研判';
    case 'outside':
      return '线下转办';
    case 'settledOnSpot':
      return '等记群众的话';
    case 'explained':
    case 'resolved':
      return '等告诉群众';
    case 'awaitingSignOff':
      return '正在问群众满意不满意';
    case 'closed':
      return '已办结';
    case 'thirdPath':
      return issue.thirdPath ? THIRD_PATHS[issue.thirdPath] : '等书记定办法';
    default:
      return `${unit ?? '本支部'}在办`;
  }
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
        with: groupHolder(v, issue),
      },
      tone: toneOf(issue, v.now),
      buttons,
      more,
    });
  },
});
