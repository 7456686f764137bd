import { ISSUE_LABELS } from '../../cards/issue-buttons.ts';
import { numberLine } from '../domain/issue-line.ts';
import { labelMeant } from '../domain/text/spoken-labels.ts';
import type { WayLine } from '../domain/text/way-line.ts';
import type { ViewRef } from '../views/define.ts';
import { issueCardView, issueReceiptView } from '../views/issue-card.ts';
import { issueGroupView } from '../views/issue-group.ts';
import { issueListView } from '../views/issue-list.ts';
import { issuesNumbered } from '../work/issue-number.ts';
import { wayMeant } from '../work/ways-card.ts';
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
  if (!issue || command || labelMeant(line.label, ISSUE_LABELS, { exact: false }) < 0) return null;
  return {
    ref: issueCardView.ref({ issue: issue.id }),
    say: `第${number}号现在没有“${line.label}”这一步。`,
  };
}

/** The command reads the number and something behind it, or its word is more than the label. */
function claims(rest: string, word: string, line: WayLine): boolean {
  const numbered = numberLine(rest);
  return numbered ? numbered.rest !== '' : word.replace(/^[/／、]/u, '').length >= line.label.length;
}
