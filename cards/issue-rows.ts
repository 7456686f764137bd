import type { Button } from './card.ts';
import { type IssueRow, issueTitle } from './group-text.ts';

export interface OpenableRow {
  issue: number;
  row: IssueRow;
}

/** `第128号 · 6号楼 · 公共设施 · 待研判 · 今天到期 · 书记`. */
export function rowLine({ row }: OpenableRow): string {
  return [issueTitle(row), row.state, row.due, row.with].filter(Boolean).join(' · ');
}

/** One button a matter, four in sight and the rest behind 更多. */
export function rowButtons(rows: readonly OpenableRow[]): { buttons: Button[]; more?: Button[] } {
  const buttons = rows.map(({ issue, row }) => ({
    label: `第${row.number}号`,
    action: 'issue.peek',
    value: { issue },
  }));
  return { buttons: buttons.slice(0, 4), more: buttons.length > 4 ? buttons.slice(4) : undefined };
}
