import { dayOf } from '../../lib/day.ts';
import { assemble, wordsOf } from './assemble.ts';
import { placeText } from './place.ts';
import { scan } from './scan.ts';
import type { MissingFact, ParsedIssue, ParseOptions } from './types.ts';
import { unsureOf } from './visit.ts';

/**
 * Reads what follows 诉求, 反映, 报修 …: whose need it is, where, and the resident's words, which stay as typed
 * (issue 2 point 7). Total, like parseVisit.
 */
export function parseIssue(rest: string, options: ParseOptions): ParsedIssue {
  const scanned = scan(rest, options.now, true);
  const assembled = assemble(scanned);
  const [first, ...others] = assembled.drafts.map((draft) => ({
    place: draft.parts ? placeText(draft.parts) : null,
    person: draft.person?.text ?? null,
  }));
  const spans = [...assembled.shared, ...assembled.drafts.flatMap((draft) => draft.words)];
  const text =
    wordsOf(
      scanned,
      spans.sort((a, b) => a.start - b.start),
    ) ?? '';
  const date = scanned.tokens.find((token) => token.kind === 'date');
  const missing: MissingFact[] = [];
  if (first?.place == null) missing.push('place');
  if (first?.person == null) missing.push('person');
  if (text === '') missing.push('what');
  return {
    place: first?.place ?? null,
    person: first?.person ?? null,
    text,
    more: others,
    date: date?.day ?? dayOf(options.now),
    dateGiven: date !== undefined,
    dateText: date ? scanned.src.slice(date.start, date.end) : null,
    missing,
    unsure: unsureOf(assembled, date),
  };
}
