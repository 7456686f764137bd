import { groupText } from '../../cards/group-text.ts';
import { weeklyList, weeklyPrivate } from '../../cards/weekly.ts';
import { addDays } from '../lib/day.ts';
import { issueRow, readableHeads } from '../work/issue-rows.ts';
import { weeklyFacts, weeklyHeads } from '../work/weekly.ts';
import { groupView, privateView, type ViewContext } from './define.ts';

const PAGE = 8;

/** The next week's card took its place: one that was held up all that time is not sent any more, nor is an old one renewed. */
function isOver({ q }: ViewContext, chat: number, week: string): boolean {
  return q.work.hasRun('weekly', addDays(week, 7), `chat:${chat}`);
}

/** Monday's card of a work group: summary and triage list in one (decision 32), numbers as of the rendering. */
export const weeklyView = groupView<{ chat: number; week: string }>({
  name: 'weekly.card',
  render(v, { chat: id, week }) {
    const chat = v.q.chats.get(id);
    if (chat?.purpose !== 'work' || isOver(v, id, week)) return null;
    const facts = weeklyFacts(v, chat, week);
    return facts && groupText(facts);
  },
});

/** The same for the secretary when the group is gone (decision 32): still nothing in it that a group could not see. */
export const weeklyPrivateView = privateView<{ chat: number; week: string }>({
  name: 'weekly.private',
  render(v, { chat: id, week }) {
    const chat = v.q.chats.get(id);
    const facts = chat && v.viewer && !isOver(v, id, week) ? weeklyFacts(v, chat, week) : null;
    const content = facts && groupText(facts);
    return content && 'card' in content ? weeklyPrivate(content.card, chat?.name ?? null) : null;
  },
});

/** [看全部8件], by one's own right. */
export const weeklyListView = privateView<{ org: number; page: number }>({
  name: 'weekly.list',
  render(v, { org: id, page }) {
    const org = v.q.orgs.get(id);
    if (!org || !v.viewer) return null;
    const heads = readableHeads(v.q, v.viewer, weeklyHeads(v.q, id));
    return weeklyList({
      org: id,
      name: org.name,
      total: heads.length,
      page,
      more: heads.length > (page + 1) * PAGE,
      rows: heads
        .slice(page * PAGE, (page + 1) * PAGE)
        .map((head) => ({ issue: head.id, row: issueRow(v, head) })),
    });
  },
});
