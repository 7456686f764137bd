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
import { COMMON_SURNAMES, OTHER_SURNAMES } from './words/surnames.ts';

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

/** Words that end like a place and are none, however long what stands before them. */
const NO_PLACES: ReadonlySet<string> = new Set([
  '户口',
  '人口',
  '独居',
  '同居',
  '分居',
  '散居',
  '定居',
  '伤口',
  '借口',
  '胃口',
  '亲口',
  '门路',
  '出路',
  '套路',
  '修路',
  '铺路',
  '让路',
  '堵路',
  '拦路',
  '占路',
  '扫路',
  '带路',
  '走路',
  '扫街',
  '修桥',
  '修渠',
  '修坝',
  '挖沟',
  '清沟',
  '家里',
  '手里',
  '心里',
  '院长',
]);

/** 刘家嘴, 张家台: a family's name, 家 and a shape of land. */
export function isHamlet(folded: string, at: number, end: number): boolean {
  return (
    end - at === 3 && folded.charAt(at + 1) === '家' && SURNAMES.at(folded, at) && LAND.at(folded, at + 2)
  );
}

const SURNAMES = new CharSet(COMMON_SURNAMES + OTHER_SURNAMES);
const LAND = new CharSet(
  '嘴咀坡湾沟岭庄寨堡坪坝塘冲店河桥畈垌墩窑台屯村院垸圩洼峪崖塬垭坞坳岗坎坨湖港浦铺营',
);

/** The kind of the name `folded.slice(at, end)` by its ending; null when the ending says nothing. `numbered`: a house number follows (老街31号). */
export function kindOfName(folded: string, at: number, end: number, numbered = false): NameKind | null {
  const last = folded.charCodeAt(end - 1);
  if (NO_PLACES.has(folded.slice(Math.max(at, end - 2), end))) return null;
  if (isHamlet(folded, at, end)) return 'short';
  if (!LAST.has(last)) return SHORT_ENDINGS.has(last) && end - at >= 2 ? 'short' : null;
  for (const [ending, kind] of BY_LAST.get(last) ?? []) {
    const start = end - ending.length;
    if (start < at || !folded.startsWith(ending, start)) continue;
    const stem = folded.slice(at, start);
    if (kind === 'site') return stem === '' && BARE_SITES.has(ending) ? null : 'site';
    if (stem === '' && numbered && kind === 'road' && ending.length > 1) return kind;
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
