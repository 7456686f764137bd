import type { Button, Card } from './card.ts';

export interface IssueListModel {
  title: string;
  /** `第128号 · 6号楼 · 公共设施 · 待研判 · 11月24日17:30前` */
  rows: { id: number; number: number; line: string }[];
  total: number;
  /** What stands there when nothing waits. */
  none: string;
}

/** A list of matters; each is opened by its own button as a new card, so that the list stays. */
export function issueList(m: IssueListModel): Card {
  if (m.rows.length === 0) return { title: m.none, tone: 'good', blocks: [] };
  const twice = (number: number) => m.rows.filter((row) => row.number === number).length > 1;
  const buttons: Button[] = m.rows.map((row, index) => ({
    label: twice(row.number) ? `第${row.number}号（${index + 1}）` : `第${row.number}号`,
    action: 'issue.peek',
    value: { issue: row.id },
    style: index === 0 ? 'primary' : 'plain',
  }));
  const rest = m.total - m.rows.length;
  return {
    title: m.title,
    tone: 'info',
    blocks: [
      { kind: 'list', ordered: true, items: m.rows.map((row) => row.line) },
      ...(rest > 0
        ? [
            {
              kind: 'text' as const,
              text: `还有${rest}件，发号码（例如 ${m.rows[0]?.number ?? 1}）就能打开。`,
            },
          ]
        : []),
      { kind: 'buttons', buttons: buttons.slice(0, 4), more: buttons.slice(4) },
    ],
  };
}
