import { isHan } from './normalise.ts';
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

export interface FoundName {
  end: number;
  kind: NameKind;
}

/** Names longer than this are sentences. */
const LONGEST = 14;

const BY_LAST = new Map<string, [string, NameKind][]>();
for (const [endings, kind] of [
  [SITE_ENDINGS, 'site'],
  [ROAD_ENDINGS, 'road'],
  [AREA_ENDINGS, 'area'],
] as const) {
  for (const ending of endings) {
    const last = ending.charAt(ending.length - 1);
    const list = BY_LAST.get(last) ?? [];
    list.push([ending, kind]);
    BY_LAST.set(last, list);
  }
}
for (const list of BY_LAST.values()) list.sort((a, b) => b[0].length - a[0].length);

/** The kind of the name `folded.slice(at, end)` by its ending; null when the ending says nothing. */
export function kindOfName(folded: string, at: number, end: number): NameKind | null {
  for (const [ending, kind] of BY_LAST.get(folded.charAt(end - 1)) ?? []) {
    const start = end - ending.length;
    if (start < at || !folded.startsWith(ending, start)) continue;
    const stem = folded.slice(at, start);
    if (kind === 'site') return stem === '' && BARE_SITES.has(ending) ? null : 'site';
    if (stem === '' || GENERAL_PREFIXES.has(stem)) return null;
    if (ending.length === 1 && stem.length === 1 && kind === 'road' && !isHan(stem)) return null;
    return kind;
  }
  return SHORT_ENDINGS.has(folded.charAt(end - 1)) && end - at >= 2 ? 'short' : null;
}

/** Index where the run of characters that a proper name may hold ends. */
export function nameRunEnd(folded: string, at: number, to: number): number {
  let i = at;
  const stop = Math.min(to, at + LONGEST);
  while (i < stop) {
    const char = folded.charAt(i);
    if (NEVER_IN_NAME.has(char) || !(isHan(char) || /[0-9A-Za-z·]/.test(char))) break;
    i++;
  }
  return i;
}

/** Every place inside the run where an area or road name could end, shortest first. */
export function nameEnds(folded: string, at: number, runEnd: number): FoundName[] {
  const found: FoundName[] = [];
  for (let end = at + 2; end <= runEnd; end++) {
    const kind = kindOfName(folded, at, end);
    if (kind !== null) found.push({ end, kind });
  }
  return found;
}
