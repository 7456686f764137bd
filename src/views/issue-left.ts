import { issueLeft, type LeftRow } from '../../cards/issue-left.ts';
import { canStep, mayRead, seatAt } from '../work/issue-load.ts';
import { nameOf } from '../work/issue-say.ts';
import { privateView } from './define.ts';
import { issueLine } from './issue-list.ts';

const idsOf = (ids: string): number[] => ids.split(',').map(Number);

/** What a member who was 转出 or 停用 still had, for whoever decides on it: what was given on or closed since is gone. */
export const issueLeftView = privateView<{ member: number; ids: string }>({
  name: 'issue.left',
  follows: ({ ids }) => idsOf(ids).map((id) => `issue:${id}`),
  render(v, { member, ids }) {
    const { viewer } = v;
    if (!viewer) return null;
    const handled: LeftRow[] = [];
    const owned: LeftRow[] = [];
    for (const id of idsOf(ids)) {
      const seat = seatAt(v, id, viewer);
      if (!seat || !mayRead(seat) || seat.issue.state === 'closed') continue;
      const { issue } = seat;
      const his = issue.handlerId === member;
      if (!his && issue.ownerId !== member) continue;
      (his ? handled : owned).push({
        id,
        number: issue.number,
        line: issueLine(v, issue),
        movable: his && canStep(seat, 'reassign'),
      });
    }
    const status = v.q.members.get(member)?.status;
    return issueLeft({
      name: nameOf(v, member),
      status: status === '停用' ? '停用' : '转出',
      handled,
      owned,
    });
  },
});
