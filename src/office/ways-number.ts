import { ISSUE_LABELS } from '../../cards/issue-buttons.ts';
import { numberLine } from '../domain/issue-line.ts';
import { labelMeant, labelsAcross } from '../domain/text/spoken-labels.ts';
import type { WayLine } from '../domain/text/way-line.ts';
import type { ViewRef } from '../views/define.ts';
import { issueCardView, issueReceiptView } from '../views/issue-card.ts';
import { issueGroupView } from '../views/issue-group.ts';
import { issueListView } from '../views/issue-list.ts';
import { issuesNumbered } from '../work/issue-number.ts';
import { wayMeant, waysOf } from '../work/ways-card.ts';
import { cardAt } from './card-at.ts';
import type { LineInput, Spoken } from './ways-line.ts';

const CARDS = [issueCardView, issueReceiptView, issueGroupView];
const CHOSEN = 10;

/**
 * The matter's card that `退回 128 …` speaks of. Commands win where they can do something with the line (`改期 128 11-30
 * 缺配件`); a bare `改期 128` opens the form. null: the line is not of a matter's card.
 */
export function cardNumbered(input: LineInput, line: WayLine): Spoken | { ref: ViewRef; say: string } | null {
  const { parts, actor, now, found } = input;
  const number = line.number ?? 0;
  const command = found && 'name' in found ? found : null;
  if (command && claims(command.rest, command.word, line)) return null;
  const issues = issuesNumbered({ q: parts.q, now, actor, chat: { orgId: null } }, number);
  const options = { exact: command !== null };
  const spoken = issues.flatMap(({ id }) => {
    for (const view of CARDS) {
      const at = view.ref({ issue: id });
      const card = cardAt(parts, at, actor.memberId, now);
      const way = card ? wayMeant(card, line.label, options) : undefined;
      if (card && way) return [{ card, at, way, key: String(number) }];
    }
    return [];
  });
  const [only, another] = spoken;
  if (only && !another) return only;
  if (another)
    return {
      ref: issueListView.ref({
        what: 'choose',
        ids: issues
          .slice(0, CHOSEN)
          .map(({ id }) => id)
          .join(','),
      }),
      say: `第${number}号有${spoken.length}件，请先打开您说的那一件。`,
    };
  const [issue] = issues;
  if (!issue || command) return null;
  const ref = issueCardView.ref({ issue: issue.id });
  if (labelMeant(line.label, ISSUE_LABELS, { exact: false }) >= 0)
    return { ref, say: `第${number}号现在没有“${line.label}”这一步。` };
  const across = labelsAcross(line.label, ISSUE_LABELS);
  if (across.length === 0) return null;
  const card = cardAt(parts, ref, actor.memberId, now);
  return { ref, say: notDone(line.label, number, across, card ? waysOf(card).map(({ word }) => word) : []) };
}

const OFFERED = 4;

/** 不同意延期 is like a step that does the opposite: nothing is done, and what can be typed is said. */
function notDone(label: string, number: number, across: readonly string[], words: readonly string[]): string {
  const like = words.filter((word) => across.includes(word));
  const offered = (like.length > 0 ? like : words).slice(0, OFFERED).map((word) => `${word} ${number}`);
  const open = offered.length > 0 ? `第${number}号现在可以发：${offered.join('、')}。` : '';
  return `没有“${label}”这个说法，什么也没动。${open}`;
}

/** The command reads the number and something behind it, or its word is more than the label. */
function claims(rest: string, word: string, line: WayLine): boolean {
  const numbered = numberLine(rest);
  return numbered ? numbered.rest !== '' : word.replace(/^[/／、]/u, '').length >= line.label.length;
}
