import { ASCII_DIGITS, ASCII_LETTERS, CharSet } from './char-set.ts';
import { Opening } from './match-at.ts';
import { isBreakAt, isHanAt, segmentEnd } from './normalise.ts';
import { kindOfName, type NameKind, nameRunEnd } from './place-names.ts';
import {
  type FoundPart,
  housePart,
  hyphenParts,
  numberedPart,
  type PlacePart,
  RANK,
  roomPart,
} from './place-parts.ts';

/** A place read in a line. `kind` tells how sure its beginning is; `whole` whether it fills its segment. */
export interface FoundPlace {
  end: number;
  parts: PlacePart[];
  kind: NameKind | 'numbered' | 'room';
  whole: boolean;
}

/** What came before: a known building lets a bare room number stand for a place (4号楼 101 102). */
export interface PlaceContext {
  roomOk: boolean;
}

const ASCII = new CharSet(ASCII_DIGITS + ASCII_LETTERS);
const NUMBER_START = new CharSet(
  `${ASCII_DIGITS}${ASCII_LETTERS}零〇一二两三四五六七八九十百第甲乙丙丁东西南北中前后`,
);
const GATE = new Opening(
  '门村巷路街桥东西南北正后侧',
  /(?:门口|村口|巷口|路口|街口|桥头|[东西南北正后侧]门口?)/y,
);
/** 3号门 of an estate or a works. */
const NUMBERED_GATE = new Opening(ASCII_DIGITS, /\d{1,2}号(?:大门|门岗|门口|门)/y);
/** Emergency and service numbers are no rooms. */
export const HOTLINE = /^-?(?:110|119|120|114|122|315)$/;

/** 3号楼 14户: apart from its building a small figure counts the families there. */
export const HOUSEHOLDS = /^\d{1,2}户$/;

/** How a place begins. */
export type Begun = { parts: PlacePart[]; end: number; kind: FoundPlace['kind'] };

/** Reads the first part or parts of the place at `at`; null when none begins there. */
export function beginning(folded: string, at: number, to: number, context: PlaceContext): Begun | null {
  if (NUMBER_START.at(folded, at)) {
    const hyphens = hyphenParts(folded, at);
    if (hyphens) return { ...hyphens, kind: 'numbered' };
    const numbered = numberedPart(folded, at, false);
    if (numbered) return single(numbered, 'numbered');
    const bare = bareNumber(folded, at, to, context);
    if (bare) return bare;
  }
  if (!isHanAt(folded, at) && !ASCII.at(folded, at)) return null;
  return named(folded, at, to);
}

/** A house number or room that stands alone: `15号`, `402 何阿姨`. */
function bareNumber(folded: string, at: number, to: number, context: PlaceContext): Begun | null {
  const house = housePart(folded, at);
  if (house && atBreak(folded, house.end, to)) return single(house, 'numbered');
  const gate = NUMBERED_GATE.at(folded, at);
  if (gate && atBreak(folded, at + gate[0].length, to))
    return { parts: [{ rank: RANK.name, text: gate[0] }], end: at + gate[0].length, kind: 'site' };
  const listed = LISTED.at(folded, at - 1);
  const room = roomPart(folded, at) ?? (listed ? listedRoom(folded, at) : null);
  if (!room || HOTLINE.test(room.text) || (!listed && HOUSEHOLDS.test(room.text))) return null;
  const explicit = /[室房户]/.test(room.text);
  if (!context.roomOk && room.end >= to) return null;
  const likely =
    /^\d{3,4}[A-Z东西中左右]?号?$/.test(room.text) && (context.roomOk || atBreak(folded, room.end, to));
  if (!likely && !(explicit && (context.roomOk || atBreak(folded, room.end, to)))) return null;
  return single(room, 'room');
}

const LISTED = new CharSet('、/');

/** 501 of 501/502: a slash behind a figure makes an amount of it (血压150/90), but not right behind its building or in a list of rooms. */
export function listedRoom(folded: string, at: number): FoundPart | null {
  const found = ROOMS.at(folded, at);
  if (!found) return null;
  return { rank: RANK.room, text: found[1] ?? '', end: at + (found[1] ?? '').length };
}

const ROOMS = new Opening(ASCII_DIGITS, /(\d{3,4})(?=(?:\/\d{3,4}){1,8}(?![\d.:/]))/y);

/** A name, with its number behind it or by its ending alone. */
export function named(folded: string, at: number, to: number): Begun | null {
  const runEnd = nameRunEnd(folded, at, to);
  const numberAt = firstNumber(folded, at, runEnd);
  if (numberAt !== null) {
    const kind = kindOfName(folded, at, numberAt) ?? 'plain';
    if (kind !== 'plain' || numberAt - at <= 6)
      return { parts: [name(folded, at, numberAt)], end: numberAt, kind: kind === 'site' ? 'plain' : kind };
  }
  const segment = segmentEnd(folded, at, Math.min(to, runEnd + 1));
  const whole = segment >= at + 2 && segment <= runEnd ? kindOfName(folded, at, segment) : null;
  if (whole !== null && (whole !== 'short' || shortFits(folded, at, segment, to))) {
    return { parts: [name(folded, at, segment)], end: segment, kind: whole };
  }
  const gate = gateEnd(folded, at, runEnd);
  if (gate !== null) return { parts: [name(folded, at, gate)], end: gate, kind: 'area' };
  for (let end = at + 2; end <= runEnd; end++)
    if (kindOfName(folded, at, end) === 'area' && endsFreely(folded, at, end))
      return { parts: [name(folded, at, end)], end, kind: 'area' };
  return null;
}

/** 杏花苑, 王庄 before a number: a one-letter ending names a place in three or four characters, no more. */
function shortFits(folded: string, at: number, segment: number, to: number): boolean {
  const length = segment - at;
  return length === 3 || length === 4 || (length < 7 && nextIsNumber(folded, segment, to));
}

/** 铁西区 is one name, 梅园西区 an area of 梅园. */
const SIDES = new CharSet('东西南北中');

/** 临江门25号: endings that name a place before a house number only. */
const HOUSE_NAME = new CharSet('门嘴头角根墙');

/** Where a building, group, yard or house number begins inside the run; null when it holds none. */
function firstNumber(folded: string, at: number, runEnd: number): number | null {
  for (let i = at + 1; i < runEnd; i++) {
    if (!NUMBER_START.at(folded, i)) continue;
    const found = numberedPart(folded, i, true);
    if (
      found &&
      found.rank !== RANK.floor &&
      (i - at >= 2 || (found.rank <= RANK.yard && !SIDES.at(folded, i)))
    )
      return i;
    if (i - at >= 2) {
      const kind = kindOfName(folded, at, i, true);
      if (kind === 'site' && /[室房户]$/.test(roomPart(folded, i)?.text ?? '')) return i;
      if (kind === null && i - at >= 3 && HOUSE_NAME.at(folded, i - 1) && housePart(folded, i)) return i;
      if (kind !== null && (housePart(folded, i) || (kind !== 'site' && hyphenParts(folded, i)))) return i;
    }
  }
  return null;
}

/** 西门口, 小区南门, 村口: a spot of common ground, met at the head of a report. */
function gateEnd(folded: string, at: number, runEnd: number): number | null {
  for (let i = at; i < Math.min(runEnd, at + 7); i++) {
    const found = GATE.at(folded, i);
    if (found && i + found[0].length - at >= 2) return i + found[0].length;
  }
  return null;
}

const AFTER_VILLAGE = new CharSet('委民里口部干集医小上中头边支庄妇卫长道');

/** An area name may end inside a run where its ending is plain and no longer word goes on (村 in 村委会 is not). */
function endsFreely(folded: string, at: number, end: number): boolean {
  const last = folded.charAt(end - 1);
  if (last === '村' || last === '屯' || last === '镇' || last === '乡') {
    return end - at >= 3 && !AFTER_VILLAGE.at(folded, end);
  }
  return end - at >= 4;
}

/** True if a numbered part follows, across spaces. */
export function nextIsNumber(folded: string, at: number, to: number): boolean {
  let i = at;
  while (i < to && folded.charAt(i) === ' ') i++;
  return i < to && numberedPart(folded, i, true) !== null;
}

/** True if words end at `at`: the line, a separator, or a dash between words. */
export function atBreak(folded: string, at: number, to: number): boolean {
  return at >= to || isBreakAt(folded, at);
}

function name(folded: string, from: number, end: number): PlacePart {
  return { rank: RANK.name, text: folded.slice(from, end) };
}

function single(found: FoundPart, kind: FoundPlace['kind']): Begun {
  return { parts: [{ rank: found.rank, text: found.text }], end: found.end, kind };
}
