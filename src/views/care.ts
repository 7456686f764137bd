import { troublesCard } from '../../cards/care.ts';
import type { Queries } from '../../db/queries/index.ts';
import type { OutboxRow } from '../../db/queries/outbox.ts';
import { mayAnywhere } from '../domain/rights.ts';
import { sayInstant } from '../lib/day.ts';
import { privateView } from './define.ts';

const SHOWN = 20;
const LANES: Record<OutboxRow['lane'], string> = {
  answer: '回话',
  urgent: '急件',
  digest: '清单',
  nudge: '提醒',
};
/** Reasons in words; other codes are the platform's own and stand as they are. */
const REASONS: Readonly<Record<string, string>> = {
  timeout: '没等到平台回音',
  lost: '发送时服务停了',
  'platform-off': '这个平台没有开',
};

/** What to look at, newest last; one more than is shown, to say that there are more. */
export function troubles(q: Queries): OutboxRow[] {
  return q.outbox.inState(['dead', 'uncertain'], 200);
}

function label(q: Queries, row: OutboxRow, now: number): string {
  const group = row.targetType === 'chat' ? q.chats.find(row.connection, row.targetId) : undefined;
  const to = group ? `发到“${group.name ?? '群'}”` : '发给一个人';
  const state = row.state === 'uncertain' ? '不确定' : '没发出';
  const reason = row.error ? (REASONS[row.error] ?? `原因${row.error}`) : '';
  return [`${row.id}. ${state}`, LANES[row.lane], to, sayInstant(row.sentAt ?? row.createdAt, now), reason]
    .filter(Boolean)
    .join(' · ');
}

/** For administrators only: nothing of what was said. */
export const troublesView = privateView<Record<string, never>>({
  name: 'care.troubles',
  follows: () => ['outbox:troubles'],
  render(v) {
    if (!v.viewer || !mayAnywhere(v.viewer, 'office.care')) return null;
    const rows = troubles(v.q);
    return troublesCard({
      rows: rows.slice(0, SHOWN).map((row) => ({ id: row.id, label: label(v.q, row, v.now) })),
      more: Math.max(0, rows.length - SHOWN),
    });
  },
});
