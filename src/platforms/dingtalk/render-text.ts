import { head } from '../shorten.ts';

/** Control characters but tab and newline, and direction overrides, by which a line could read as another one. */
const UNSEEN = /(?![\t\n])[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu;

/**
 * DingTalk's markdown knows no escape, so whatever could be markup in what people typed becomes the full-width
 * character that looks like it: links, pictures, bold, quotes, headings, tags, `dtmd://`, @all (dingtalk.md 4.6, 7).
 */
const MARKUP: readonly [RegExp, string][] = [
  [/\[/g, '［'],
  [/\]/g, '］'],
  [/\*/g, '＊'],
  [/`/g, '｀'],
  [/\\/g, '＼'],
  [/~~/g, '～～'],
  [/__/g, '＿＿'],
  [/<(?=[A-Za-z/!])/g, '＜'],
  [/:\/\//g, '：//'],
  [/\$\{/g, '＄{'],
  [/@(?=all|所有人)/gi, '＠'],
];

/** What is markup only where a line begins: headings, quotes, lists (whose numbers would be counted anew), rules. */
const LEADING: readonly [RegExp, (found: string) => string][] = [
  [/^#+/, (found) => '＃'.repeat(found.length)],
  [/^>+/, (found) => '＞'.repeat(found.length)],
  [/^[-+=](?=[-=\s]|$)/, (found) => ({ '-': '－', '+': '＋', '=': '＝' })[found] ?? found],
  [/^\d+\.(?=\s)/, (found) => found.replace('.', '．')],
];

/** Lines of plain text that mean nothing but themselves in markdown; blank lines and indentation fall away. */
export function plainLines(text: string): string[] {
  const harmless = MARKUP.reduce(
    (all, [pattern, instead]) => all.replace(pattern, instead),
    unseenGone(text),
  );
  return harmless
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => LEADING.reduce((all, [pattern, instead]) => all.replace(pattern, instead), line));
}

/** The same on one line, cut to `max` characters. */
export function plainLine(text: string, max = Number.POSITIVE_INFINITY): string {
  return cutTo(plainLines(text).join(' '), max);
}

/** For places that read no markdown: a text message, a notification, a button. */
export function bare(text: string, max = Number.POSITIVE_INFINITY): string {
  return cutTo(unseenGone(text).trim(), max);
}

function unseenGone(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(UNSEEN, '');
}

function cutTo(text: string, max: number): string {
  return text.length <= max ? text : `${head(text, max - 1)}…`;
}

/** A break within a paragraph needs two spaces on both sides; an empty line parts paragraphs (dingtalk.md 7). */
export const inParagraph = (lines: string[]): string => lines.join('  \n  ');
export const paragraphs = (parts: string[]): string => parts.filter((part) => part !== '').join('\n\n');

/** Only addresses of the web, with what would end the link early written in another way; else undefined. */
export function webAddress(url: string | null | undefined): string | undefined {
  if (!url || !/^https?:\/\//.test(url) || !URL.canParse(url)) return undefined;
  return url.replace(/[()\s<>[\]]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** Bytes of what is sent, as DingTalk counts them: UTF-8, with JSON's escapes. */
export const bytesOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value), 'utf8');
