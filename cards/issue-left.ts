import type { Block, Button, Card } from './card.ts';

export interface LeftRow {
  id: number;
  number: number;
  /** `第128号 · 6号楼 · 公共设施 · 办理中 · 11月24日（周二）17:30前` */
  line: string;
  /** It can go to somebody else as it stands. */
  movable: boolean;
}

export interface IssueLeftModel {
  name: string;
  /** What became of him. */
  status: string;
  /** In his hands when he left. */
  handled: LeftRow[];
  /** He received them, somebody else has them in hand. */
  owned: LeftRow[];
}

/** So many of a kind are shown; the others move up as these are settled. */
const SHOWN = 10;

/** What somebody who has left still had: each with the way to whoever takes it on. */
export function issueLeft(m: IssueLeftModel): Card {
  const total = m.handled.length + m.owned.length;
  if (total === 0) return { title: `${m.name}留下的事都安排好了`, tone: 'good', blocks: [] };
  const handled = m.handled.slice(0, SHOWN);
  const owned = m.owned.slice(0, SHOWN);
  const buttons = [...handled, ...owned].map(
    ({ id, number, movable }, index): Button => ({
      label: movable ? `改派第${number}号` : `看第${number}号`,
      action: movable ? 'issue.reassign' : 'issue.peek',
      value: { issue: id },
      style: index === 0 ? 'primary' : 'plain',
    }),
  );
  const list = (text: string, rows: readonly LeftRow[]): Block[] =>
    rows.length === 0
      ? []
      : [
          { kind: 'text', text },
          { kind: 'list', items: rows.map((row) => row.line) },
        ];
  const rest = total - handled.length - owned.length;
  return {
    title: `${m.name}${m.status}了，还有${total}件事没办完`,
    tone: 'wait',
    blocks: [
      ...list('这些在他手上，请您定由谁接着办，办理的日子不变：', handled),
      ...list('这些是他接的，别人在办，请您留意跟到底：', owned),
      ...(rest > 0 ? [{ kind: 'text' as const, text: `还有${rest}件，前面的安排了就显示。` }] : []),
      { kind: 'buttons', buttons: buttons.slice(0, 4), more: buttons.slice(4) },
    ],
  };
}
