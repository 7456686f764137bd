import { ASCII_DIGITS, ASCII_LETTERS, CharSet } from './char-set.ts';
import { matchAt, Opening } from './match-at.ts';
import { runOfNumber, wordBehindNumber } from './number-ahead.ts';
import { NUMERAL, toDigits } from './numerals.ts';

/** How deep a part of an address lies: a deeper part is added to a shallower one, an equal one begins another place. */
export const RANK = { name: 0, group: 1, yard: 2, row: 3, building: 4, unit: 5, floor: 6, room: 7 } as const;
export type Rank = (typeof RANK)[keyof typeof RANK];

/** One part of an address, normalised: `三号楼` → { rank: 4, text: '3号楼' }. */
export interface PlacePart {
  rank: Rank;
  text: string;
}

/** A part and where it ends in the line. */
export interface FoundPart extends PlacePart {
  end: number;
}

const NUM = `(?:\\d{1,4}|[${NUMERAL}]{1,5})`;
const STEM = '甲乙丙丁戊东西南北中前后';
/** What may not follow a bare number, or it is an amount, an age, a time or the start of a longer number. */
const NOT_AMOUNT = `(?![\\d.:/来]|\\s?[年月日个人岁元块点度斤平米份家次件名位万千百多余几毫%周两分秒米只条台辆头亩吨本](?!某)|\\s?天(?![台花井线桥然气])|[${NUMERAL}])`;

/**
 * Ordered: the first that fits wins. Groups: 1 = stem, 2 = number, 3 = letter behind, 4 = ending. The last column are
 * the first characters of the endings: nine patterns in ten are never tried.
 */
const PARTS: readonly (readonly [RegExp, Rank, CharSet])[] = [
  [
    part(
      `第?`,
      `([A-Za-z${STEM}]?)`,
      NUM,
      `([A-Za-z]?)`,
      `网格|村民小组|小组|生产队|片区|组(?!织|建|长|团|合|成)|队(?!长|伍|员)|社(?!区|会|保|工|团|交|员)|区(?!别|域|分|里|级|县|长)`,
    ),
    RANK.group,
    new CharSet('网村小生片组队社区'),
  ],
  [
    part(`第?`, `([A-Za-z${STEM}]?)`, NUM, `([A-Za-z]?)`, `号大院|号院|弄(?!堂口|坏|丢|脏)|院(?!长|子|落)`),
    RANK.yard,
    new CharSet('号弄院'),
  ],
  [part(`第`, `()`, NUM, `()`, `排|行|巷`), RANK.row, new CharSet('排行巷')],
  [part(``, `()`, NUM, `()`, `排(?!查|水|队|除|污|练|长|放)`), RANK.row, new CharSet('排')],
  [
    part(
      `第?`,
      `([A-Za-z${STEM}]?)`,
      NUM,
      `([A-Za-z${STEM}]?)`,
      `号楼栋?|号搂|号栋|号幢|号公寓|号摊位|号商铺|号档口|号门面|#楼|#|栋楼?|幢楼?|座(?!谈|位|椅|机|便)|楼栋`,
    ),
    RANK.building,
    new CharSet('号#栋幢座楼'),
  ],
  [
    part(
      ``,
      `()`,
      NUM,
      `([A-Za-z]?)`,
      `单元|梯位|门栋|门洞|门(?!口|前|卫|店|面|禁|诊|锁|牌|窗|铃|边|外|里|槛)|单(?=\\d)`,
    ),
    RANK.unit,
    new CharSet('单梯门'),
  ],
  [
    part(
      ``,
      `()`,
      NUM,
      `()`,
      `层(?!面)|楼(?!道|梯|上|下|顶|栋|长|里|房|层|板|龄|宇|盘|管|体|面|内|外|阳|住|邻|漏|的|有|在)`,
    ),
    RANK.floor,
    new CharSet('层楼'),
  ],
];
/** They count only behind a name or before a building: 一期工程 and 一片狼藉 are no places. */
const WEAK_GROUP = part(
  `第?`,
  `([A-Za-z${STEM}]?)`,
  NUM,
  `([A-Za-z]?)`,
  `期(?!间|待|限|望|盼|工)|片(?!面|子|刻)|连(?!接|续|夜|廊)|坊|屯(?!子)`,
);
const WEAK_ENDINGS = new CharSet('期片连坊屯');
/** What a building, group or unit may have in place of a number. */
const LETTERS = new CharSet(`${ASCII_LETTERS}甲乙丙丁东西南北中`);
const LETTER_BUILDING = /([A-Za-z甲乙丙丁])(号楼|座(?!谈)|栋|幢|楼)/y;
const LETTER_GROUP =
  /([A-Za-z东西南北中])(区|片区|片|段|里|苑)(?!别|域|分|级|县|长|面|公寓|小区|社区|花园|家园|新村|新城|大厦|[一二三四五六七八九十]村)/y;
const LETTER_UNIT = /([A-Za-z甲乙丙丁东西中南北])\s?单元/y;
const HYPHENS =
  /(\d{1,3}[A-Za-z]?|[A-Za-z]\d{1,2})\s?-\s?(\d{1,4}[A-Za-z]?)(?:\s?-\s?(\d{1,4}[A-Za-z]?))?(?:\s?-\s?(\d{1,4}))?(室|号|房)?(?![\d-])/y;
const BEHIND = new RegExp(`-?(\\d{1,2})-(\\d{1,4}[A-Za-z]?)(室|号|房)?${NOT_AMOUNT}`, 'y');
const HOUSE = new Opening(
  `甲乙丙丁附${ASCII_DIGITS}${NUMERAL}`,
  new RegExp(
    `([甲乙丙丁附]?)(\\d{1,5}|[${NUMERAL}]{1,5})(?:-\\d{1,3})?号(?:附\\d{1,3}号)?(?!楼|院|栋|幢|线|码|令|召|称|公寓|机|房|脉|下午|上午|晚上)`,
    'y',
  ),
);
const ROOM = new Opening(
  `-${ASCII_DIGITS}${NUMERAL}`,
  new RegExp(
    `-?(?:(\\d{1,4}|[${NUMERAL}]{1,5})\\s?(室|户室|房(?!子|屋|东|产|本|租|顶|间|贷|型))|(\\d{2,4}|[一二两三四五六七八九][百千][${NUMERAL}]{1,5}|[${DIGIT_NUMERALS()}]{3,4})([A-Za-z](?![A-Za-z])|[东西中左右](?!边|侧|面|头|门|手|腿|眼|脚))?(号|\\s?户(?![主籍口型外内]))?${NOT_AMOUNT})`,
    'y',
  ),
);
const DOOR = new Opening('东西中南北左右对边', /([东西中南北左右对边])(户|门(?!口)|手(?=\s|$|,))/y);

function DIGIT_NUMERALS(): string {
  return '零〇一二三四五六七八九幺';
}

function part(before: string, stem: string, number: string, behind: string, endings: string): RegExp {
  return new RegExp(`(${before})${stem}(${number})${behind}\\s{0,2}(${endings})`, 'y');
}

/** A group, yard, row, building, unit or floor that begins at `at`; `named` when a name stands before it. */
export function numberedPart(folded: string, at: number, named: boolean): FoundPart | null {
  const word = wordBehindNumber(folded, at);
  const weak = WEAK_ENDINGS.has(word) ? matchAt(WEAK_GROUP, folded, at) : null;
  if (weak) {
    const end = at + weak[0].length;
    if (!named && !numberedPart(folded, end, true)) return null;
    return { rank: RANK.group, text: spell(weak, true), end };
  }
  for (const [pattern, rank, endings] of PARTS) {
    const found = endings.has(word) ? matchAt(pattern, folded, at) : null;
    if (!found) continue;
    // A floor is no number of a building, unit or room: it stays as typed (header of visits.tsv).
    return { rank, text: spell(found, rank !== RANK.floor), end: at + found[0].length };
  }
  if (!LETTERS.at(folded, at)) return null;
  const letter = matchAt(LETTER_BUILDING, folded, at);
  if (letter) return { rank: RANK.building, text: letter[0].toUpperCase(), end: at + letter[0].length };
  const unit = matchAt(LETTER_UNIT, folded, at);
  if (unit)
    return { rank: RANK.unit, text: `${(unit[1] ?? '').toUpperCase()}单元`, end: at + unit[0].length };
  const group = matchAt(LETTER_GROUP, folded, at);
  if (group) return { rank: RANK.group, text: group[0].toUpperCase(), end: at + group[0].length };
  return null;
}

function spell(found: RegExpExecArray, digits: boolean): string {
  const [, before = '', stem = '', number = '', behind = '', ending = ''] = found;
  const figure = digits ? toDigits(number) : number;
  return `${before}${stem.toUpperCase()}${figure}${behind.toUpperCase()}${ending === '号搂' ? '号楼' : ending}`;
}

/** `3-2-501`, `6-402室`: building, (unit,) room in one; null for a date-like or longer figure. */
export function hyphenParts(folded: string, at: number): { parts: PlacePart[]; end: number } | null {
  const found = dashNear(folded, at) ? matchAt(HYPHENS, folded, at) : null;
  if (!found) return null;
  const numbers = [found[1], found[2], found[3], found[4]]
    .filter((n) => n !== undefined)
    .map((n) => n.toUpperCase());
  const last = numbers.pop() ?? '';
  const [building = '', unit, ...others] = numbers;
  const parts: PlacePart[] = [{ rank: RANK.building, text: building }];
  if (unit) parts.push({ rank: RANK.unit, text: `-${unit}${others.map((n) => `-${n}`).join('')}` });
  parts.push({ rank: RANK.room, text: `-${last}${found[5] ?? ''}` });
  return { parts, end: at + found[0].length };
}

/** No dash follows the first figure of a number with dashes later than this: three figures, a letter, a space. */
const DASH_WITHIN = 6;

function dashNear(folded: string, at: number): boolean {
  if (!DIGIT_OR_LETTER.at(folded, at)) return false;
  for (let i = at + 1; i < at + DASH_WITHIN; i++) if (folded.charAt(i) === '-') return true;
  return false;
}

const DIGIT_OR_LETTER = new CharSet(ASCII_DIGITS + ASCII_LETTERS);

/** `2-803` or `-2-501` behind a building: unit and room. */
export function behindBuilding(folded: string, at: number): { parts: PlacePart[]; end: number } | null {
  const number = folded.charAt(at) === '-' ? at + 1 : at;
  const found = folded.charAt(runOfNumber(folded, number)) === '-' ? matchAt(BEHIND, folded, at) : null;
  if (!found) return null;
  const dash = found[0].startsWith('-') ? '-' : '';
  return {
    parts: [
      { rank: RANK.unit, text: `${dash}${found[1] ?? ''}` },
      { rank: RANK.room, text: `-${(found[2] ?? '').toUpperCase()}${found[3] ?? ''}` },
    ],
    end: at + found[0].length,
  };
}

/** A house number: `15号`, `甲8号`. */
export function housePart(folded: string, at: number): FoundPart | null {
  const found = HOUSE.at(folded, at);
  if (!found) return null;
  const number = found[2] ?? '';
  return { rank: RANK.building, text: found[0].replace(number, toDigits(number)), end: at + found[0].length };
}

/** A room behind a building or unit: `501`, `501室`, `三零二`, `-501`, `501东`. */
export function roomPart(folded: string, at: number): FoundPart | null {
  const found = ROOM.at(folded, at);
  if (!found) return null;
  const dash = found[0].startsWith('-') ? '-' : '';
  const text =
    found[1] !== undefined
      ? `${toDigits(found[1])}${found[2] ?? ''}`
      : `${toDigits(found[3] ?? '')}${(found[4] ?? '').toUpperCase()}${(found[5] ?? '').trim()}`;
  return { rank: RANK.room, text: dash + text, end: at + found[0].length };
}

/** `东户`, `左` behind a floor or unit. */
export function doorPart(folded: string, at: number): FoundPart | null {
  const found = DOOR.at(folded, at);
  return found ? { rank: RANK.room, text: found[0], end: at + found[0].length } : null;
}
