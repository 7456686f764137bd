import { isHan, SEPARATORS, segmentEnd } from './normalise.ts';
import { type FoundName, kindOfName, type NameKind, nameEnds, nameRunEnd } from './place-names.ts';
import {
  behindBuilding,
  doorPart,
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

/** What came before: a known building lets a bare room number stand for a place (3号楼 201 301). */
export interface PlaceContext {
  roomOk: boolean;
}

const NUMBER_START = /[0-9A-Za-z零〇一二两三四五六七八九十百第甲乙丙丁东西南北中前后]/;
const NEAR =
  /(?:门口|门前|楼下|楼前|楼后|楼顶|旁边?|附近|对面|[东西南北]侧|[东西南北]头|院内|院里|地下室|车库|车棚|底商|一带)/y;
const GATE = /(?:门口|村口|巷口|路口|街口|桥头|[东西南北正后侧]门口?)/y;
/** Emergency and service numbers are no rooms. */
const HOTLINE = /^-?(?:110|119|120|114|122|315)$/;

/** Reads the place that begins at `at`, as parts; null when there is none. Bounded look-ahead, so linear overall. */
export function placeAt(folded: string, at: number, to: number, context: PlaceContext): FoundPlace | null {
  const begun = beginning(folded, at, to, context);
  if (!begun) return null;
  const { parts, kind } = begun;
  let end = begun.end;
  for (let guard = 0; guard < 8; guard++) {
    const next = deeper(folded, end, to, parts, kind);
    if (!next) break;
    parts.push(...next.parts);
    end = next.end;
  }
  const near = parts.length > 0 && kind !== 'site' ? sticky(NEAR, folded, end) : null;
  const last = parts[parts.length - 1];
  if (near && last && atBreak(folded, end + near[0].length, to)) {
    last.text += near[0];
    end += near[0].length;
  }
  return { end, parts, kind, whole: atBreak(folded, end, to) };
}

/** The normalised text of parts: '梅园小区3号楼2单元501'. */
export function placeText(parts: readonly PlacePart[]): string {
  return parts.map((part) => part.text).join('');
}

/** Puts the missing front on a place that was only named by its deeper parts (301 after 3号楼201). */
export function inheritParts(parts: readonly PlacePart[], before: readonly PlacePart[]): PlacePart[] {
  const first = parts[0];
  if (!first || first.rank === RANK.name) return [...parts];
  const front = before.filter((part) => part.rank < first.rank);
  const model = before.find((part) => part.rank === first.rank);
  const dash =
    first.rank > RANK.building && model?.text.startsWith('-') && !first.text.startsWith('-') ? '-' : '';
  return [...front, { ...first, text: dash + first.text }, ...parts.slice(1)];
}

type Begun = { parts: PlacePart[]; end: number; kind: FoundPlace['kind'] };

function beginning(folded: string, at: number, to: number, context: PlaceContext): Begun | null {
  const char = folded.charAt(at);
  if (NUMBER_START.test(char)) {
    const hyphens = hyphenParts(folded, at);
    if (hyphens) return { ...hyphens, kind: 'numbered' };
    const numbered = numberedPart(folded, at, false);
    if (numbered) return single(numbered, 'numbered');
    const bare = bareNumber(folded, at, to, context);
    if (bare) return bare;
  }
  if (!isHan(char) && !/[A-Za-z0-9]/.test(char)) return null;
  return named(folded, at, to);
}

/** A house number or room that stands alone: `15号`, `302 刘阿姨`. */
function bareNumber(folded: string, at: number, to: number, context: PlaceContext): Begun | null {
  const house = housePart(folded, at);
  if (house && atBreak(folded, house.end, to)) return single(house, 'numbered');
  const room = roomPart(folded, at);
  if (!room || HOTLINE.test(room.text)) return null;
  const explicit = /[室房户]/.test(room.text);
  if (!context.roomOk && room.end >= to) return null;
  const likely =
    /^\d{3,4}[A-Z东西中左右]?号?$/.test(room.text) && (context.roomOk || atBreak(folded, room.end, to));
  if (!likely && !(explicit && (context.roomOk || atBreak(folded, room.end, to)))) return null;
  return single(room, 'room');
}

/** A name, with its number behind it or by its ending alone. */
function named(folded: string, at: number, to: number): Begun | null {
  const runEnd = nameRunEnd(folded, at, to);
  const numberAt = firstNumber(folded, at, runEnd);
  if (numberAt !== null) {
    const kind = kindOfName(folded, at, numberAt) ?? 'plain';
    if (kind !== 'plain' || numberAt - at <= 6)
      return { parts: [name(folded, at, numberAt)], end: numberAt, kind: kind === 'site' ? 'plain' : kind };
  }
  const segment = segmentEnd(folded, at, to);
  const ends = nameEnds(folded, at, runEnd);
  const whole = ends.find((found) => found.end === segment);
  if (whole && (whole.kind !== 'short' || segment - at >= 3 || nextIsNumber(folded, segment, to))) {
    return { parts: [name(folded, at, segment)], end: segment, kind: whole.kind };
  }
  const gate = gateEnd(folded, at, runEnd);
  if (gate !== null) return { parts: [name(folded, at, gate)], end: gate, kind: 'area' };
  const inner = ends.find((found) => found.kind === 'area' && endsFreely(folded, at, found));
  return inner ? { parts: [name(folded, at, inner.end)], end: inner.end, kind: 'area' } : null;
}

/** Where a building, group, yard or house number begins inside the run; null when it holds none. */
function firstNumber(folded: string, at: number, runEnd: number): number | null {
  for (let i = at + 1; i < runEnd; i++) {
    if (!NUMBER_START.test(folded.charAt(i))) continue;
    const found = numberedPart(folded, i, true);
    if (found && found.rank !== RANK.floor && (i - at >= 2 || found.rank <= RANK.yard)) return i;
    if (i - at >= 2) {
      const kind = kindOfName(folded, at, i);
      if (kind !== null && (housePart(folded, i) || (kind !== 'site' && hyphenParts(folded, i)))) return i;
    }
  }
  return null;
}

/** 东门口, 小区南门, 村口: a spot of common ground, met at the head of a report. */
function gateEnd(folded: string, at: number, runEnd: number): number | null {
  for (let i = at; i < Math.min(runEnd, at + 7); i++) {
    const found = sticky(GATE, folded, i);
    if (found && i + found[0].length - at >= 2) return i + found[0].length;
  }
  return null;
}

const AFTER_VILLAGE = new Set('委民里口部干集医小上中头边支庄妇卫长道');

/** An area name may end inside a run where its ending is plain and no longer word goes on (村 in 村委会 is not). */
function endsFreely(folded: string, at: number, found: FoundName): boolean {
  const last = folded.charAt(found.end - 1);
  if (last === '村' || last === '屯' || last === '镇' || last === '乡') {
    return found.end - at >= 3 && !AFTER_VILLAGE.has(folded.charAt(found.end));
  }
  return found.end - at >= 4;
}

function nextIsNumber(folded: string, at: number, to: number): boolean {
  let i = at;
  while (i < to && folded.charAt(i) === ' ') i++;
  return i < to && numberedPart(folded, i, true) !== null;
}

/** The next deeper part behind what has been read, across spaces where the part is plain. */
function deeper(
  folded: string,
  end: number,
  to: number,
  parts: readonly PlacePart[],
  kind: FoundPlace['kind'],
): { parts: PlacePart[]; end: number } | null {
  const last = parts[parts.length - 1];
  if (!last) return null;
  let i = end;
  while (
    i < to &&
    i - end < 4 &&
    (folded.charAt(i) === ' ' || folded.charAt(i) === '/' || folded.charAt(i) === ',')
  )
    i++;
  if (i >= to) return null;
  if (folded.charAt(i) === '(') return bracketed(folded, i, last);
  const crossed = i > end;
  if (last.rank >= RANK.building && last.rank < RANK.room && (!crossed || folded.charAt(i - 1) === ' ')) {
    const behind = behindBuilding(folded, i);
    if (behind && last.rank === RANK.building) return behind;
    if (folded.charAt(i) === '-') {
      const dashed = numberedPart(folded, i + 1, true);
      if (dashed && dashed.rank > last.rank) return wrap({ ...dashed, text: `-${dashed.text}` });
    }
  }
  const numbered = numberedPart(folded, i, true);
  if (numbered && numbered.rank > last.rank && settles(folded, numbered, to, crossed)) return wrap(numbered);
  if (last.rank < RANK.building && kind !== 'site' && (last.rank === RANK.name || !crossed)) {
    const hyphens = hyphenParts(folded, i);
    if (hyphens) return hyphens;
  }
  if (last.rank < RANK.building || (last.rank === RANK.name && !crossed)) {
    const house = housePart(folded, i);
    if (house && (!crossed || atBreak(folded, house.end, to))) return wrap(house);
  }
  if (last.rank === RANK.name) return furtherName(folded, i, to, crossed);
  if (last.rank >= RANK.unit && last.rank < RANK.room && !crossed) {
    const door = doorPart(folded, i);
    if (door) return wrap(door);
  }
  if (last.rank < RANK.building || last.rank === RANK.room) return null;
  const room = roomPart(folded, i);
  if (!room || (crossed && HOTLINE.test(room.text))) return null;
  return !crossed || folded.charAt(i - 1) === ' ' || atBreak(folded, room.end, to) ? wrap(room) : null;
}

/** 金色家园（二期）3栋: a phase or area in brackets. */
function bracketed(folded: string, at: number, last: PlacePart): { parts: PlacePart[]; end: number } | null {
  const inside = last.rank < RANK.building ? numberedPart(folded, at + 1, true) : null;
  if (!inside || inside.rank <= last.rank || folded.charAt(inside.end) !== ')') return null;
  return { parts: [{ rank: inside.rank, text: `（${inside.text}）` }], end: inside.end + 1 };
}

/** A floor named in another segment belongs to the place only if nothing but a door or an end follows. */
function settles(folded: string, found: FoundPart, to: number, crossed: boolean): boolean {
  if (!crossed || found.rank !== RANK.floor) return true;
  return (
    atBreak(folded, found.end, to) ||
    doorPart(folded, found.end) !== null ||
    roomPart(folded, found.end) !== null
  );
}

/** 向阳社区 锦绣家园 3号楼: a second name counts with a plain ending, or with its number right behind it. */
function furtherName(
  folded: string,
  at: number,
  to: number,
  crossed: boolean,
): { parts: PlacePart[]; end: number } | null {
  if (!isHan(folded.charAt(at))) return null;
  const next = named(folded, at, to);
  if (!next || next.kind === 'site' || next.kind === 'plain' || next.kind === 'room') return null;
  if (crossed && next.kind === 'short' && !nextIsNumber(folded, next.end, to)) return null;
  return { parts: next.parts, end: next.end };
}

function atBreak(folded: string, at: number, to: number): boolean {
  return (
    at >= to ||
    SEPARATORS.has(folded.charAt(at)) ||
    (folded.charAt(at) === '-' && isHan(folded.charAt(at + 1)))
  );
}

function name(folded: string, from: number, end: number): PlacePart {
  return { rank: RANK.name, text: folded.slice(from, end) };
}

function single(found: FoundPart, kind: FoundPlace['kind']): Begun {
  return { parts: [{ rank: found.rank, text: found.text }], end: found.end, kind };
}

function wrap(found: FoundPart): { parts: PlacePart[]; end: number } {
  return { parts: [{ rank: found.rank, text: found.text }], end: found.end };
}

function sticky(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}
