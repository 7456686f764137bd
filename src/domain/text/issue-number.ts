import { fold, stripMentions } from './normalise.ts';
import { NUMERAL, toDigits } from './numerals.ts';

const SPELT = new RegExp(`^[/、]?第([${NUMERAL}]{1,6})号$`);

/** `、第 123456 号` with its spaces. */
const LONGEST = 11;

/** A typed `128` or `第128号` opens that matter (decision 27); `addressed`: by @, or in private. null = it is none. */
export function issueNumber(text: string, addressed: boolean): number | null {
  const line = fold(stripMentions(text)).trim();
  if (line.length > LONGEST) return null;
  const match = /^(?:[/、]?第\s?(\d{1,6})\s?号|#?(\d{1,6})号?)$/.exec(line);
  const spelt = SPELT.exec(line)?.[1];
  if (spelt) return Number(toDigits(spelt));
  const digits = match?.[1] ?? (addressed ? match?.[2] : undefined);
  return digits === undefined ? null : Number(digits);
}
