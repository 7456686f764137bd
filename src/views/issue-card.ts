import { issueCard } from '../../cards/issue-card.ts';
import { faceOf, receiptOf } from '../work/issue-face.ts';
import { seatAt } from '../work/issue-load.ts';
import { privateView } from './define.ts';

/** One matter's card in private chat: whoever looks sees his own part of it, at the time of looking. */
export const issueCardView = privateView<{ issue: number }>({
  name: 'issue.card',
  follows: ({ issue }) => [`issue:${issue}`],
  render(v, { issue }) {
    const seat = v.viewer && seatAt(v, issue, v.viewer);
    return seat ? issueCard(faceOf(v, seat)) : null;
  },
});

/** The reporter's receipt (decision 9): follows the matter to its end. */
export const issueReceiptView = privateView<{ issue: number }>({
  name: 'issue.receipt',
  follows: ({ issue }) => [`issue:${issue}`],
  render(v, { issue }) {
    const seat = v.viewer && seatAt(v, issue, v.viewer);
    return seat ? issueCard(receiptOf(v, seat)) : null;
  },
});
