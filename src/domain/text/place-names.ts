import { ASCII_DIGITS, ASCII_LETTERS, CharSet } from './char-set.ts';
import { isHanAt } from './normalise.ts';
import {
  AREA_ENDINGS,
  BARE_SITES,
  GENERAL_PREFIXES,
  NEVER_IN_NAME,
  ROAD_ENDINGS,
  SHORT_ENDINGS,
  SITE_ENDINGS,
} from './words/place-words.ts';

/** How much the ending of a name says: an area or road stands anywhere, a short one needs help, a site a segment. */
export type NameKind = 'area' | 'road' | 'short' | 'site' | 'plain';

/** Names longer than this are sentences. */
const LONGEST = 14;

const BY_LAST = new Map<number, [string, NameKind][]>();
const LAST = new CharSet('');
for (const [endings, kind] of [
  [SITE_ENDINGS, 'site'],
  [ROAD_ENDINGS, 'road'],
  [AREA_ENDINGS, 'area'],
] as const) {
  for (const ending of endings) {
    const last = ending.charCodeAt(ending.length - 1);
    const list = BY_LAST.get(last) ?? [];
    list.push([ending, kind]);
    BY_LAST.set(last, list);
    LAST.add(last);
  }
}
for (const list of BY_LAST.values()) list.sort((a, b) => b[0].length - a[0].length);

/** The kind of the name `folded.slice(at, end)` by its ending; null when the ending says nothing. */
export function kindOfName(folded: string, at: number, end: number): NameKind | null {
  const last = folded.charCodeAt(end - 1);
  if (!LAST.has(last)) return SHORT_ENDINGS.has(last) && end - at >= 2 ? 'short' : null;
  for (const [ending, kind] of BY_LAST.get(last) ?? []) {
    const start = end - ending.length;
    if (start < at || !folded.startsWith(ending, start)) continue;
    const stem = folded.slice(at, start);
    if (kind === 'site') return stem === '' && BARE_SITES.has(ending) ? null : 'site';
    if (stem === '' || GENERAL_PREFIXES.has(stem)) return null;
    if (ending.length === 1 && stem.length === 1 && kind === 'road' && !isHanAt(stem, 0)) return null;
    return kind;
  }
  return SHORT_ENDINGS.has(last) && end - at >= 2 ? 'short' : null;
}

/** Index where the run of characters that a proper name may hold ends. */
export function nameRunEnd(folded: string, at: number, to: number): number {
  let i = at;
  const stop = Math.min(to, at + LONGEST);
  while (i < stop && !NEVER_IN_NAME.at(folded, i) && (isHanAt(folded, i) || IN_NAME.at(folded, i))) i++;
  return i;
}

/** Besides Han. */
const IN_NAME = new CharSet(`${ASCII_DIGITS}${ASCII_LETTERS}·`);
