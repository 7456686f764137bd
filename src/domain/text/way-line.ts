import { numberLine } from '../issue-line.ts';
import { CODE_TAIL } from './card-code.ts';
import { clean, fold, stripMentions } from './normalise.ts';
import { NUMERAL } from './numerals.ts';

/** `退回 128 这段路归市政`, `确定 解除 K3F7`: what is meant, of which card, and what follows as typed. */
export interface WayLine {
  /** It begins with 确定. */
  sure: boolean;
  /** As typed, without blanks; empty when only the card's number was typed. */
  label: string;
  /** `K3F7` as typed, or null. */
  code: string | null;
  /** The matter's number where there is no code. */
  number: number | null;
  rest: string;
}

const SURE = /^(?:确定|确认)[\s，,：:]+/u;
const BY_CODE = new RegExp(`^(.{0,24}?)[\\s，,：:]*([Kk]${CODE_TAIL})(?![A-Za-z0-9])`, 'u');
const WORD = new RegExp(
  `^([^\\d\\s，,：:。]{1,16}?)(?=第?\\s?\\d|第[${NUMERAL}]{1,6}号|[\\s，,：:])([\\s\\S]*)$`,
  'u',
);

/** Reads a line as a label with the number of a card or a matter; null when it does not look like one. */
export function wayLine(text: string): WayLine | null {
  const bare = stripMentions(clean(text)).replace(/^[/／、\s]+/u, '');
  const opening = SURE.exec(fold(bare))?.[0] ?? '';
  const sure = opening === '' ? null : readBody(bare.slice(opening.length), true);
  // 确定 K3F7: the button itself is called so.
  return sure?.label ? sure : readBody(bare, false);
}

function readBody(body: string, sure: boolean): WayLine | null {
  const folded = fold(body);
  const coded = BY_CODE.exec(folded);
  if (coded)
    return {
      sure,
      label: body.slice(0, coded[1]?.length ?? 0).replace(/\s/gu, ''),
      code: coded[2] ?? null,
      number: null,
      rest: body
        .slice(coded[0].length)
        .replace(/^[\s，,。：:；;]+/u, '')
        .trim(),
    };
  const word = WORD.exec(folded)?.[1];
  if (word === undefined) return null;
  const numbered = numberLine(body.slice(word.length));
  return numbered && { sure, label: body.slice(0, word.length), code: null, ...numbered };
}
