import { CharSet, WHITE_SPACE } from './char-set.ts';

/**
 * Length-preserving clean-up, so that every index in the folded text points at the same character as typed:
 * recognisers read the folded text, notes and names are cut from the text as typed (decision 45).
 */

const SEPARATOR_CHARS = ' \t\n,;。、/|()[]【】《》「」『』“”"‘’\'!?…~:=+*<>→，；：！？（）｜';
/** Characters that part one word group from the next when people type in a hurry. */
const SEPARATORS = new CharSet(SEPARATOR_CHARS);

const INVISIBLE = /(?![\n\t])[\p{Cc}\p{Cf}\u2028\u2029]|\ufe0e|\ufe0f/gu;

/** Takes out what nobody sees (zero-width marks, carriage returns) and trims. Lone surrogates stay as they are. */
export function clean(text: string): string {
  if (isPlain(text)) return text.trim();
  return text.replace(/\r\n?/g, '\n').replace(INVISIBLE, '').trim();
}

/** True for what nearly every line is made of, none of it invisible: ASCII, Han, their marks and full-width forms. */
function isPlain(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    const plain =
      (code >= 0x3000 && code <= 0x9fff) ||
      (code >= 0x20 && code <= 0x7e) ||
      (code >= 0xff01 && code <= 0xff5e) ||
      (code >= 0x2010 && code <= 0x2027) ||
      code === 0x0a;
    if (!plain) return false;
  }
  return true;
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

/** Without any white space; names and addresses are compared so. */
export function withoutSpaces(text: string): string {
  for (let i = 0; i < text.length; i++) if (SPACE.has(text.charCodeAt(i))) return text.replace(/\s+/g, '');
  return text;
}

const SPACE = new CharSet(WHITE_SPACE);

function foldCode(code: number): number {
  // Han and ASCII, nearly all of a line, are asked for first.
  if ((code >= 0x3400 && code <= 0x9fff) || (code >= 0x20 && code <= 0x7e)) return code;
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

/** True if a Han character of the basic block or its first extension stands at `at`. */
export function isHanAt(text: string, at: number): boolean {
  return at < text.length && isHan(text.charCodeAt(at));
}

function isHan(code: number): boolean {
  return (code >= 0x4e00 && code <= 0x9fff) || (code >= 0x3400 && code <= 0x4dbf) || code === 0x3007;
}

/** True if words end at `at`, inside the text: a separator, or a dash between words. */
export function isBreakAt(folded: string, at: number): boolean {
  if (at >= folded.length) return false;
  const code = folded.charCodeAt(at);
  return SEPARATORS.has(code) || (code === DASH && isHanAt(folded, at + 1));
}

const DASH = 0x2d;

/** Index of the next separator (or dash between words) at or after `from`, at most `to`. */
export function segmentEnd(folded: string, from: number, to: number): number {
  let i = from;
  while (i < to && !isBreakAt(folded, i)) i++;
  return i;
}

/** Index of the first character at or after `from` that is no separator and no stray dash, at most `to`. */
export function skipSeparators(folded: string, from: number, to: number): number {
  let i = from;
  while (i < to && isGap(folded, i)) i++;
  return i;
}

/** True if a separator, or a dash, dot or bullet that is none inside a number, stands at `at`. */
export function isGap(folded: string, at: number): boolean {
  return GAP.at(folded, at);
}

/** Separators, and a dash, dot or bullet that stands between groups of words and not inside a number. */
const GAP = new CharSet(`${SEPARATOR_CHARS}-.·_\\`);

/** Cuts separators and full stops off both ends; what stands between is as typed. */
export function trimSeparators(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && EDGE.at(text, start) && !OPENERS.at(text, start)) start++;
  while (end > start && EDGE.at(text, end - 1) && !KEEP_AT_END.at(text, end - 1)) end--;
  return text.slice(start, end);
}

const EDGE = new CharSet(`${SEPARATOR_CHARS}\u3000\u00a0-—／.·`);
const OPENERS = new CharSet('（(【“「《『');
const KEEP_AT_END = new CharSet('!?！？…)）】》」』”’"\'');

/**
 * Removes mentions of the bot or of anybody at the head (`@连心助手 `, Feishu's `@_user_1 `), as decision 4 asks;
 * a mention inside the words stays.
 */
export function stripMentions(text: string): string {
  let rest = text.trimStart();
  if (!rest.startsWith('@') && !rest.startsWith('＠')) return rest;
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
