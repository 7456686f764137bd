import { clean, fold, withoutSpaces } from './text/normalise.ts';
import { toDigits } from './text/numerals.ts';
import { placeAt } from './text/place.ts';
import { type PlacePart, RANK, type Rank } from './text/place-parts.ts';

/** An address taken apart (decision 24). Every field is null when the text does not name it. */
export interface Address {
  /**
   * One form for all ways of writing: `3号楼2单元501室`, `３号楼二单元501` and `3-2-501` are all '3-2-501'. What lies
   * above the building stands in front: '桃源小区/8-1-201', '石桥村3组', '建设路/15号'; 第2网格 is '2网格'.
   */
  readonly canonical: string;
  /** What a group may see (decisions 7, 10): 3号楼, 桃源小区8幢, 石桥村3组; never a unit, floor or room. */
  readonly building: string | null;
  /** Estate, village, road, group, phase, yard or row: everything above the building, e.g. '桃源小区'. */
  readonly area: string | null;
  /** The building's number or letter alone: '3', 'A'. */
  readonly block: string | null;
  /** The unit's number alone: '2'. */
  readonly unit: string | null;
  /** The room's number alone: '501'; a floor with a door where there is no number: '5层东户'. */
  readonly room: string | null;
}

const BLOCK =
  /^([甲乙丙丁戊东西南北中前后]?[0-9A-Z]*[甲乙丙丁]?)(?:号楼栋?|号栋|号幢|号公寓|#楼|#|栋楼?|幢楼?|座|楼栋|楼)?(.*)$/;
const ROOM_ENDING = /(?:户室|室|房|号|户)$/;

/** The texts that were taken apart last: one visit asks for its place and its building several times. */
const LAST: { text: string; address: Address }[] = [];
const KEPT = 4;

/** Takes an address apart and gives its canonical form. Total: what is no address is its own canonical form. */
export function canonicalAddress(text: string): Address {
  for (const known of LAST) if (known.text === text) return known.address;
  const address = takeApart(text);
  if (LAST.length === KEPT) LAST.pop();
  LAST.unshift({ text, address });
  return address;
}

function takeApart(text: string): Address {
  const folded = withoutSpaces(fold(clean(text)));
  const place = placeAt(folded, 0, folded.length, { roomOk: true });
  const rest = place ? folded.slice(place.end) : folded;
  if (!place || rest.length > place.end + 4) return unread(folded);
  const parts = place.parts;
  let area: string | null = null;
  let grouped = false;
  for (const part of parts) {
    if (part.rank >= RANK.building) continue;
    area = (area ?? '') + labelOfArea(part);
    grouped ||= part.rank >= RANK.group;
  }
  const block = blockOf(parts);
  const unit = idOf(textOf(parts, RANK.unit));
  const room = roomOf(parts, block.isHouse && grouped);
  const asRoom = room.tookHouse;
  const areaId = area?.replace(/第(?=\d)/g, '') ?? null;
  // A unit without its building keeps its word, or 3单元 would be the building 3.
  const unitId = unit !== null && block.id === null ? `${unit}单元` : unit;
  const numbers = join(join(asRoom ? null : block.id, '-', unitId), '-', room.id);
  const canonical = join(join(areaId, '/', numbers), '/', `${block.spot}${rest}`);
  return {
    canonical: canonical || folded,
    building: `${area ?? ''}${asRoom ? '' : block.label}` || null,
    area,
    block: asRoom ? null : block.id,
    unit,
    room: room.id,
  };
}

/** Both with the mark between them, or the one of them that is something. */
function join(before: string | null, mark: string, behind: string | null): string {
  if (!before || !behind) return before || behind || '';
  return `${before}${mark}${behind}`;
}

/** The first part of this depth, without the dash that joined it. */
function textOf(parts: readonly PlacePart[], rank: Rank): string | undefined {
  for (const part of parts)
    if (part.rank === rank) return part.text.startsWith('-') ? part.text.slice(1) : part.text;
  return undefined;
}

/** What a group may see of a place: canonicalAddress(place).building; null for no place. */
export function buildingOf(place: string | null): string | null {
  return place === null ? null : canonicalAddress(place).building;
}

/** A place in words only (党群活动室) is its own label; anything with a figure in it might hold a room. */
function unread(folded: string): Address {
  const label = folded.length > 0 && folded.length <= 12 && !/\d{2}/.test(folded) ? folded : null;
  return { canonical: folded, building: label, area: label, block: null, unit: null, room: null };
}

interface Block {
  id: string | null;
  label: string;
  /** What follows the number: 门口, 楼下. */
  spot: string;
  /** A house number (15号) and no building number. */
  isHouse: boolean;
}

function blockOf(parts: readonly PlacePart[]): Block {
  const text = textOf(parts, RANK.building);
  if (text === undefined) return { id: null, label: '', spot: '', isHouse: false };
  const house = /^(附?[甲乙丙丁]?\d+(?:-\d+)?号(?:附\d+号)?)(?!楼|栋|幢|公寓)(.*)$/.exec(text);
  if (house?.[1]) return { id: house[1], label: house[1], spot: house[2] ?? '', isHouse: true };
  const found = BLOCK.exec(text);
  const id = found?.[1] || text;
  const spot = found?.[2] ?? '';
  const typed = text.slice(0, text.length - spot.length);
  const label = /^[^#]*(?:栋|幢|座|楼|公寓)$/.test(typed) ? typed : `${id}号楼`;
  return { id, label, spot, isHouse: false };
}

const UNIT_ENDING = /单元|梯位|门栋|门洞|门$|单$/;

function idOf(unit: string | undefined): string | null {
  return unit === undefined ? null : toDigits(unit.replace(UNIT_ENDING, '')) || null;
}

/** The room, or floor and door; in a village the house number is the household's own (石桥村3组15号). */
function roomOf(
  parts: readonly PlacePart[],
  houseIsRoom: boolean,
): { id: string | null; tookHouse: boolean } {
  const floor = parts.find((part) => part.rank === RANK.floor)?.text.replace(/(层|楼)$/, '');
  const room = textOf(parts, RANK.room);
  const door = room !== undefined && /^[东西中南北左右对边](?:户|门|手)$/.test(room);
  const number = room === undefined || door ? room : room.replace(ROOM_ENDING, '');
  if (floor !== undefined && (number === undefined || door))
    return { id: `${toDigits(floor)}层${number ?? ''}`, tookHouse: false };
  if (number !== undefined) return { id: number, tookHouse: false };
  if (!houseIsRoom) return { id: null, tookHouse: false };
  return { id: parts.find((part) => part.rank === RANK.building)?.text ?? null, tookHouse: true };
}

/** Brackets around a phase go: 金色家园（2期） is 金色家园2期. */
function labelOfArea(part: PlacePart): string {
  return part.rank === RANK.name ? part.text : part.text.replace(/[（）()]/g, '');
}
