/**
 * Length-preserving clean-up, so that every index in the folded text points at the same character as typed:
 * recognisers read the folded text, notes and names are cut from the text as typed (decision 45).
 */

/** Characters that part one word group from the next when people type in a hurry. */
export const SEPARATORS: ReadonlySet<string> = new Set(
  ' \t\n,;。、/|()[]【】《》「」『』“”"‘’\'!?…~:=+*<>→，；：！？（）｜',
);

const INVISIBLE = /(?![\n\t])[\p{Cc}\p{Cf}\u2028\u2029]|\ufe0e|\ufe0f/gu;

/** Takes out what nobody sees (zero-width marks, carriage returns) and trims. Lone surrogates stay as they are. */
export function clean(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(INVISIBLE, '').trim();
}

/** Full-width forms to ASCII, odd spaces to a space, odd dashes to '-': one character for one. */
export function fold(text: string): string {
  let out = '';
  let from = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    const folded = foldCode(code);
    if (folded !== code) {
      out += text.slice(from, i) + String.fromCharCode(folded);
      from = i + 1;
    }
  }
  return from === 0 ? text : out + text.slice(from);
}

function foldCode(code: number): number {
  if (code >= 0xff01 && code <= 0xff5e) return code - 0xfee0;
  switch (code) {
    case 0x3000:
    case 0x00a0:
    case 0x2002:
    case 0x2003:
    case 0x2009:
    case 0x0009:
      return 0x20;
    case 0x2010:
    case 0x2011:
    case 0x2012:
    case 0x2013:
    case 0x2014:
    case 0x2212:
    case 0xfe63:
      return 0x2d;
    case 0x3001:
      return 0x3001;
    case 0x2022:
    case 0x30fb:
    case 0x2027:
    case 0x2219:
    case 0xff65:
      return 0x00b7;
    default:
      return code;
  }
}

/** True for a Han character of the basic block and its first extension. */
export function isHan(char: string | undefined): boolean {
  if (char === undefined) return false;
  const code = char.charCodeAt(0);
  return (code >= 0x4e00 && code <= 0x9fff) || (code >= 0x3400 && code <= 0x4dbf) || code === 0x3007;
}

/** Index of the next separator (or dash between words) at or after `from`, at most `to`. */
export function segmentEnd(folded: string, from: number, to: number): number {
  let i = from;
  while (
    i < to &&
    !SEPARATORS.has(folded.charAt(i)) &&
    !(folded.charAt(i) === '-' && isHan(folded.charAt(i + 1)))
  )
    i++;
  return i;
}

/** Index of the first character at or after `from` that is no separator and no stray dash, at most `to`. */
export function skipSeparators(folded: string, from: number, to: number): number {
  let i = from;
  while (i < to && (SEPARATORS.has(folded.charAt(i)) || isStray(folded, i))) i++;
  return i;
}

/** A dash, dot or bullet that stands between groups of words and not inside a number. */
function isStray(folded: string, i: number): boolean {
  const char = folded.charAt(i);
  return char === '-' || char === '.' || char === '·' || char === '_' || char === '\\';
}

/** Cuts separators and full stops off both ends; what stands between is as typed. */
export function trimSeparators(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && EDGE.has(text.charAt(start)) && !OPENERS.has(text.charAt(start))) start++;
  while (end > start && EDGE.has(text.charAt(end - 1)) && !KEEP_AT_END.has(text.charAt(end - 1))) end--;
  return text.slice(start, end);
}

const EDGE: ReadonlySet<string> = new Set([...SEPARATORS, '\u3000', '\u00a0', '-', '—', '／', '.', '·']);
const OPENERS: ReadonlySet<string> = new Set('（(【“「《『');
const KEEP_AT_END: ReadonlySet<string> = new Set('!?！？…)）】》」』”’"\'');

/**
 * Removes mentions of the bot or of anybody at the head (`@连心助手 `, Feishu's `@_user_1 `), as decision 4 asks;
 * a mention inside the words stays.
 */
export function stripMentions(text: string): string {
  let rest = text.trimStart();
  for (let guard = 0; guard < 8; guard++) {
    const found =
      /^[@＠](?:连心助手|连心(?!助手))(?=[\u4e00-\u9fff])/.exec(rest) ??
      /^[@＠][^\s@＠，,：:/／、\u3000]{1,30}[\s\u3000\u2005，,：:]*/.exec(rest);
    const next = found ? rest.slice(found[0].length) : rest;
    if (next === rest) break;
    rest = next;
  }
  return rest;
}
