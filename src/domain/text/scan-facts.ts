import { DAY, dayOf } from '../../lib/day.ts';
import { companionsAt } from './companions.ts';
import { dateAt } from './dates.ts';
import { Opening } from './match-at.ts';
import { modeAt } from './modes.ts';
import { personAt } from './person.ts';
import { type FoundPlace, placeAt } from './place.ts';
import { RANK } from './place-parts.ts';
import { addressedFirst, personToken, roleToken } from './scan-person.ts';
import { atBreak, isJoined, nearEnd, startsItem } from './scan-reach.ts';
import { tiedFamily } from './scan-tied.ts';
import type { ScanState, Token } from './tokens.ts';

/** Little words between the facts of a spoken line; they go when a fact follows (今天去3号楼看了张大爷). */
const CONNECTOR = new Opening(
  '我咱又再刚先特专今一去到来前在给找见碰遇看访走拜探慰约陪帮问为位家居住地户姓叫代替反说称讲的了那嗯呃啊哦额呢就里',
  /(?:我们?|咱们?)?(?:又|再|刚|先|特意|专程|今天|一起)?(?:去了?|到了?|来到|前往|在|给|找了?|见到?了?|碰[到见]了?|遇[到见]了?|看望[了过]?|看过|看了?|访了?|走访[了完过]?|拜访[了过]?|探望[了过]?|慰问[了过]?|约了?|陪|帮|问了?|为|位于|家住|居住在|住在?|地址是?|户主是?|姓名是?|叫|代|替)|(?:反映|反馈|说|称|讲)(?:说|称|了)?|(?:我们?|咱们?)|[的了]|一下|那个?|[嗯呃啊哦额呢]|就是|里的?|户/y,
);
/** Of the little words, those that tell what the visit was for stay in the note. */
const PURPOSE = new Opening('看慰探拜', /看望|慰问|探望|拜访/y);
/** Before these words of the worker's own acts a day is the day of the visit: 昨天换了灯泡. */
const OWN_ACT = new Opening(
  '又再已就送去到上走看入慰拜探帮给陪宣登了办协联电发检排调见找问和与同微开召组',
  /(?:又|再|已|就|就已)?(?:送|去|到|上门|走访|看望|入户|慰问|拜访|探望|帮|给|陪|宣传|登记|了解|办|协助|联系|电话|发放|检查|排查|调解|见|找|问|和|与|同|微信|开|召开|组织)/y,
);
const LIVES_NOW = new Opening(
  '现居实目暂人住',
  /(?:现住址?|现居住?|实际居住地?|实际住|实住|居住地|现在住|目前住|暂住|人住|住)(?:在|于|址)?:?\s?/y,
);
const REGISTERED = new Opening(
  '户原老',
  /(?:户籍|户口|原住|老家|户口在|户籍在)(?:地|所在地|地址)?(?:在)?:?\s?/y,
);
const BARE_MODE = new Opening('打电微视短', /(?:打?电话|微信|视频|短信)(?:给|联系)?/y);

/** The fact that begins at `at`, with the rules for the head of a line; null when free words begin. */
export function factAt(state: ScanState, at: number): Token[] | null {
  const end = nearEnd(state, at);
  const people = companionsAt(state.folded, at, state.to);
  if (people) return [{ kind: 'people', start: at, ...people }];
  return (
    tiedFamily(state, at) ??
    dateToken(state, at, end) ??
    modeToken(state, at, end) ??
    residence(state, at, end) ??
    addressedFirst(state, at, end) ??
    placeToken(state, at) ??
    personToken(state, at, end) ??
    roleToken(state, at)
  );
}

/** The fact behind one to four little words; the words themselves go. */
export function factBehindConnector(state: ScanState, at: number): Token[] | null {
  let i = at;
  let reported = false;
  const kept: Token[] = [];
  for (let guard = 0; guard < 4; guard++) {
    const found = CONNECTOR.at(state.folded, i);
    if (!found || found[0] === '') return null;
    const told = PURPOSE.at(state.folded, i);
    if (told) kept.push({ kind: 'text', start: i, end: i + told[0].length });
    reported ||= /[说称讲]|反[映馈]/.test(found[0]);
    i += found[0].length;
    while (i < state.to && state.folded.charAt(i) === ' ') i++;
    if (i >= state.to) return null;
    const tokens = factAt(state, i);
    if (tokens && reported && tokens[0]?.kind !== 'place') return null;
    if (tokens) return [...kept, ...tokens];
  }
  return null;
}

/** Who tells of a visit in the middle of his words tells of a day not long past, ms. */
const HALF_A_YEAR = 180 * DAY;

function dateToken(state: ScanState, at: number, end: number): Token[] | null {
  if (state.dated) return null;
  const found = dateAt(state.folded, at, state.now);
  if (!found) return null;
  if (!found.sure && !placeLater(state, found.end)) return null;
  const stop = found.end;
  if (!atBreak(state, stop)) {
    const act = !state.issue && OWN_ACT.at(state.folded, stop) !== null;
    const next: ScanState = { ...state, dated: true, gap: '' };
    // 11月20号去做手术, said in November: a day to come, not last year's.
    if (dayOf(state.now - HALF_A_YEAR) > found.day) return null;
    if (!act && stop < end && !factAt(next, stop) && !factBehindConnector(next, stop)) return null;
  }
  return [{ kind: 'date', start: at, end: stop, day: found.day, sure: found.sure }];
}

/** A house number or unit later in the line: then 11-3 or 15号 is a day. */
function placeLater(state: ScanState, from: number): boolean {
  return /\d\s?(?:号楼|栋|幢|座|单元|组|#|-\d+-)|[村屯区苑园里]|号楼/.test(
    state.folded.slice(from, from + 40),
  );
}

export function modeToken(state: ScanState, at: number, end: number): Token[] | null {
  if (state.issue) return null;
  const found = modeAt(state.folded, at, end);
  if (found && (found.whole || found.mode !== 'home' || followsFact(state, found.phraseEnd))) {
    if (found.end > at) return [{ kind: 'mode', start: at, end: found.end, mode: found.mode }];
    // Words that tell more than the mode (院坝会, 电话没人接) stay in the note.
    const note: Token = { kind: 'text', start: at, end: found.phraseEnd };
    return state.moded ? [note] : [{ kind: 'mode', start: at, end: at, mode: found.mode }, note];
  }
  const bare = state.moded ? null : BARE_MODE.at(state.folded, at);
  if (bare && followsFact(state, at + bare[0].length)) {
    const mode = bare[0].includes('电话') ? 'phone' : 'message';
    return [{ kind: 'mode', start: at, end: at + bare[0].length, mode }];
  }
  return null;
}

function followsFact(state: ScanState, at: number): boolean {
  if (at >= state.to || atBreak(state, at)) return at < state.to && !atBreak(state, at);
  const end = nearEnd(state, at);
  return placeToken(state, at) !== null || personAt(state.folded, at, end, true)?.sure === true;
}

/** 户籍3号楼 stays in the note; 现住5号楼201 is the place. */
function residence(state: ScanState, at: number, end: number): Token[] | null {
  const registered = REGISTERED.at(state.folded, at);
  if (registered) {
    const place = placeAt(state.folded, at + registered[0].length, state.to, { roomOk: false });
    return place ? [{ kind: 'text', start: at, end: Math.max(place.end, Math.min(end, state.to)) }] : null;
  }
  const now = LIVES_NOW.at(state.folded, at);
  if (!now) return null;
  const start = at + now[0].length;
  const place = placeAt(state.folded, start, state.to, { roomOk: false });
  if (!place || place.kind === 'plain' || place.kind === 'site' || place.kind === 'room') return null;
  return [{ kind: 'place', start, end: place.end, parts: place.parts, sure: true, override: true }];
}

/** A verb that leads to a place is no part of its name: 在幸福小区, 走访3号楼. */
const LEADING_VERB = new Opening(
  '在来走看慰拜探家住位我前联回',
  /在|来到|走访|看望|慰问|拜访|探望|家访|家住|住在|位于|我|前往|联系|回访/y,
);

export function placeToken(state: ScanState, at: number): Token[] | null {
  if (LEADING_VERB.at(state.folded, at)) return null;
  const place = placeAt(state.folded, at, state.to, { roomOk: state.building });
  if (!place || !placeFits(state, at, place)) return null;
  const sure = place.kind !== 'plain' && place.kind !== 'room' && place.kind !== 'short';
  return [{ kind: 'place', start: at, end: place.end, parts: place.parts, sure, override: false }];
}

/** Words of acting or telling make a run before a number no name of a place (有居民反映3号楼). */
const TALK =
  /反映|反应|走访|看望|慰问|探望|入户|联系|发现|检查|宣传|巡查|排查|登记|居民|群众|村民|业主|已经|刚刚|一下/;

function placeFits(state: ScanState, at: number, place: FoundPlace): boolean {
  const numbered = place.parts.some((part) => part.rank !== RANK.name);
  if (place.kind === 'site') return state.places === 0 && place.whole;
  if (place.kind === 'short' && !numbered) return state.places === 0 && !looksLikeName(state, at, place);
  if (
    place.kind === 'short' &&
    state.folded.charAt(at + (place.parts[0]?.text.length ?? 0)) === ' ' &&
    looksLikeName(state, at, place)
  )
    return false;
  if (place.kind === 'plain' && (TALK.test(place.parts[0]?.text ?? '') || looksLikeName(state, at, place)))
    return false;
  if (state.places === 0) return true;
  if (!numbered) return false;
  // A further place in the head begins another contact: only in a list, or with a room's or building's number.
  if (isJoined(state.gap) || startsItem(state)) return true;
  return place.whole || personAt(state.folded, place.end, nearEnd(state, place.end), true)?.sure === true;
}

/** A name stands where the place would begin, and what is left behind it is a place by itself (钱秀兰3号楼). */
function looksLikeName(state: ScanState, at: number, place: FoundPlace): boolean {
  const end = Math.min(place.end, nearEnd(state, at));
  const first = place.parts[0]?.text.length ?? 0;
  const person = personAt(state.folded, at, Math.min(end, at + first), false);
  return person?.sure === true && person.end - at === first;
}
