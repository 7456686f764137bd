import { issueTitle } from '../../cards/group-text.ts';
import { issueList } from '../../cards/issue-list.ts';
import type { IssueHead } from '../../db/queries/issue-lists.ts';
import { describeDue } from '../domain/deadline.ts';
import { STATE_WORDS } from '../domain/issue-types.ts';
import { mayRead, seatAt } from '../work/issue-load.ts';
import { decisionsFor, issuesOf } from '../work/issue-mine.ts';
import { nameOf } from '../work/issue-say.ts';
import { privateView, type ViewContext } from './define.ts';

const SHOWN = 10;

/** `第128号 · 6号楼 · 公共设施 · 待研判 · 11月24日（周二）17:30前`: nothing that a group may not see. */
export function issueLine(v: Pick<ViewContext, 'now' | 'calendar'>, head: IssueHead): string {
  const due =
    head.dueAt === null || head.state === 'closed' ? null : describeDue(head.dueAt, v.now, v.calendar);
  return [issueTitle(head), STATE_WORDS[head.state], due].filter(Boolean).join(' · ');
}

/** Lists of matters in private: what I decide, what waits for me, or several of one number to choose from. */
export const issueListView = privateView<{
  /** `instead`: what I decide while the member of `ids` is away; the list came unasked. */
  what: 'decide' | 'mine' | 'choose' | 'instead';
  ids: string;
}>({
  name: 'issue.list',
  render(v, { what, ids }) {
    const { viewer } = v;
    if (!viewer) return null;
    const heads = (): IssueHead[] => {
      if (what === 'decide' || what === 'instead') return decisionsFor(v, viewer);
      const mine = issuesOf(v, viewer);
      return [...mine.waiting, ...mine.untaken, ...mine.decide];
    };
    const list =
      what === 'choose'
        ? ids.split(',').flatMap((id) => {
            const seat = seatAt(v, Number(id), viewer);
            return seat && mayRead(seat) ? [seat.issue] : [];
          })
        : heads();
    if (what === 'instead' && list.length === 0) return null;
    const titles = {
      decide: `待研判${list.length}件`,
      mine: `等您办的${list.length}件`,
      choose: '您说的是哪一件',
      instead: `${what === 'instead' ? nameOf(v, Number(ids)) : ''}请假，待研判的${list.length}件请您来定`,
    };
    return issueList({
      title: titles[what],
      rows: list
        .slice(0, SHOWN)
        .map((head) => ({ id: head.id, number: head.number, line: issueLine(v, head) })),
      total: list.length,
      none: what === 'decide' ? '眼下没有等您研判的诉求' : '眼下没有等您办的诉求',
    });
  },
});
