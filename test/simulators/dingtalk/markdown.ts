/** Robot markdown: `#` headings, quotes, bold, italic, links, pictures, lists; nothing else (dingtalk.md 7). */

const RULES: [RegExp, string][] = [
  [/^\s*(```|~~~)/m, 'a code fence'],
  [/^\s*\|?\s*:?-{3,}:?\s*(\|\s*:?-{3,}:?\s*)+\|?\s*$/m, 'a table'],
  [/^\s*([-*_])(\s*\1){2,}\s*$/m, 'a horizontal rule'],
  [/~~[^~\n]+~~/, 'strike-through'],
  [/<\/?[a-z][^>\n]*>/i, 'HTML'],
];

/** What of it DingTalk would not render, e.g. `a table`. */
export const notRendered = (text: string): string[] =>
  RULES.filter(([pattern]) => pattern.test(text)).map(([, name]) => name);

const BLOCK_START = /^\s*(#{1,6}\s|>|[-*]\s|\d+\.\s)/;

/** Line breaks as the client shows them: an empty line, two spaces before the end, or the start of a block. */
function joinLines(markdown: string): string {
  const lines = markdown.split('\n');
  let out = '';
  lines.forEach((line, index) => {
    const before = lines[index - 1];
    if (before === undefined) out = line;
    else if (line.trim() === '' || before.trim() === '') out += line.trim() === '' ? '' : `\n${line}`;
    else if (/ {2}$/.test(before) || BLOCK_START.test(line) || /^\s*#/.test(before)) out += `\n${line}`;
    else out += ` ${line.trimStart()}`;
  });
  return out;
}

export interface MarkdownLink {
  label: string;
  url: string;
}

/** Links in the order of the text, pictures left out. */
export const linksOf = (markdown: string): MarkdownLink[] =>
  [...markdown.matchAll(/(?<!!)\[([^\]]*)\]\(([^)\s]*)\)/g)].map((found) => ({
    label: visible(found[1] ?? ''),
    url: found[2] ?? '',
  }));

/** What a reader sees: no marks, invisible characters gone; what is not documented to work stays as it is. */
export function visible(markdown: string): string {
  return joinLines(markdown)
    .replace(/!\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/\*\*([^*\n]+)\*\*/g, '$1')
    .replace(/(?<![*\w])\*([^*\s][^*\n]*)\*(?![*\w])/g, '$1')
    .replace(/^[ \t]*#{1,6}[ \t]+/gm, '')
    .replace(/^[ \t]*>[ \t]?/gm, '')
    .replace(/&nbsp;/g, ' ')
    .replace(/[\u200b-\u200d\u2060\ufeff]/g, '')
    .split('\n')
    .map((line) => line.trim())
    .join('\n');
}
