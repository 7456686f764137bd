import { CharSet } from './char-set.ts';
import { Opening } from './match-at.ts';
import { isHanAt } from './normalise.ts';
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
import {
  atBreak,
  beginning,
  type FoundPlace,
  HOTLINE,
  HOUSEHOLDS,
  listedRoom,
  named,
  nextIsNumber,
  type PlaceContext,
} from './place-start.ts';

export type { FoundPlace, PlaceContext };

const NEAR = new Opening(
  '门楼旁附对东西南北院地车底一',
  /(?:门口|门前|楼下|楼前|楼后|楼顶|旁边?|附近|对面|[东西南北]侧|[东西南北]头|院内|院里|地下室|车库|车棚|底商|一带)/y,
);

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
  const near = kind === 'site' ? null : NEAR.at(folded, end);
  const last = parts[parts.length - 1];
  if (near && last && atBreak(folded, end + near[0].length, to)) {
    last.text += near[0];
    end += near[0].length;
  }
  return { end, parts, kind, whole: atBreak(folded, end, to) };
}

/** The normalised text of parts: '桃源小区3号楼2单元501'. */
export function placeText(parts: readonly PlacePart[]): string {
  let text = '';
  for (const part of parts) text += part.text;
  return text;
}

/** Puts the missing front on a place that was only named by its deeper parts (301 after 3号楼201). */
export function inheritParts(parts: readonly PlacePart[], before: readonly PlacePart[]): PlacePart[] {
  const first = parts[0];
  if (!first || first.rank === RANK.name || before.length === 0) return [...parts];
  const front = before.filter((part) => part.rank < first.rank);
  const model = before.find((part) => part.rank === first.rank);
  const dash =
    first.rank > RANK.building && model?.text.startsWith('-') && !first.text.startsWith('-') ? '-' : '';
  return [...front, { ...first, text: dash + first.text }, ...parts.slice(1)];
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
  if (!last || last.rank === RANK.room) return null;
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
  if (last.rank >= RANK.building && (!crossed || folded.charAt(i - 1) === ' ')) {
    const behind = last.rank === RANK.building ? behindBuilding(folded, i) : null;
    if (behind) return behind;
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
    const estate = house && last.rank === RANK.name ? behindHouse(folded, house.end, to) : null;
    if (house && estate)
      return { parts: [{ rank: RANK.yard, text: house.text }, ...estate.parts], end: estate.end };
    if (house && (!crossed || atBreak(folded, house.end, to))) return wrap(house);
  }
  if (last.rank === RANK.name || (last.rank === RANK.group && !crossed)) {
    const further = furtherName(folded, i, to, crossed ? last.text : null);
    // 红星幼儿园 门口接送拥堵: what is said of a spot is no part of it.
    return further && kind === 'site' && !atBreak(folded, further.end, to) ? null : further;
  }
  if (last.rank >= RANK.unit) {
    const door = doorPart(folded, i);
    if (door && (!crossed || (door.text.endsWith('户') && atBreak(folded, door.end, to)))) return wrap(door);
  }
  if (last.rank < RANK.building) return null;
  const room = roomPart(folded, i) ?? (crossed ? null : listedRoom(folded, i));
  if (!room || (crossed && (HOTLINE.test(room.text) || HOUSEHOLDS.test(room.text)))) return null;
  return !crossed || folded.charAt(i - 1) === ' ' || atBreak(folded, room.end, to) ? wrap(room) : null;
}

/** 金色家园（二期）3栋: a phase or area in brackets. */
function bracketed(folded: string, at: number, last: PlacePart): { parts: PlacePart[]; end: number } | null {
  const inside = last.rank < RANK.building ? numberedPart(folded, at + 1, true) : null;
  if (!inside || inside.rank <= last.rank || folded.charAt(inside.end) !== ')') return null;
  return { parts: [{ rank: inside.rank, text: `（${inside.text}）` }], end: inside.end + 1 };
}

/** 人民路12号3号楼, 长江路100号 阳光小区3号楼: a road's number may hold an estate or buildings, and is none itself then. */
function behindHouse(folded: string, end: number, to: number): { parts: PlacePart[]; end: number } | null {
  const at = folded.charAt(end) === ' ' ? end + 1 : end;
  const building = numberedPart(folded, at, true);
  if (building?.rank === RANK.building) return wrap(building);
  const hyphens = hyphenParts(folded, at);
  if (hyphens) return hyphens.parts.length > 2 ? hyphens : null;
  const estate = isHanAt(folded, at) ? named(folded, at, to) : null;
  if (!estate || (estate.kind !== 'area' && estate.kind !== 'short')) return null;
  const whole = estate.kind === 'area' && atBreak(folded, estate.end, to);
  return whole || nextIsNumber(folded, estate.end, to) ? estate : null;
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

/** 向阳社区 锦绣家园 3号楼: a second name counts with a plain ending, or with its number right behind it; `across` is the name before, if a space parts them. */
function furtherName(
  folded: string,
  at: number,
  to: number,
  across: string | null,
): { parts: PlacePart[]; end: number } | null {
  if (!isHanAt(folded, at)) return null;
  const next = named(folded, at, to);
  if (!next || next.kind === 'site' || next.kind === 'plain' || next.kind === 'room') return null;
  if (
    across !== null &&
    next.kind === 'short' &&
    !nextIsNumber(folded, next.end, to) &&
    !housePart(folded, next.end)
  ) {
    if (!isVillage(folded, at, next.end, to) || !TOWN.test(across)) return null;
  }
  return { parts: next.parts, end: next.end };
}

/** 石龙镇 大岭坳: behind a town a village goes by any name that ends like one. */
const TOWN = /[镇乡]$|街道$/;
const VILLAGE = new CharSet('坳坞垭湾坪坝岭沟塘冲庄寨营堡铺坡岗圩洼峪崖塬垸墩圳涌堰畈垌');

function isVillage(folded: string, at: number, end: number, to: number): boolean {
  return end - at <= 4 && VILLAGE.at(folded, end - 1) && atBreak(folded, end, to);
}

function wrap(found: FoundPart): { parts: PlacePart[]; end: number } {
  return { parts: [{ rank: found.rank, text: found.text }], end: found.end };
}
