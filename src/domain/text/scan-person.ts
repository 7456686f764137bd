import { CharSet } from './char-set.ts';
import { Opening } from './match-at.ts';
import { addressedAt, type FoundPerson, personAt } from './person.ts';
import { atBreak, isJoined, nearEnd, skipSpaces, startsItem } from './scan-reach.ts';
import type { ScanState, Token } from './tokens.ts';
import { longestFirst, WordTable } from './word-table.ts';
import { PLAIN_ROLES, TELLING_ROLES } from './words/titles.ts';

const PLAIN = new WordTable(PLAIN_ROLES);
const TELLING = new WordTable(longestFirst(TELLING_ROLES));

/** 李大爷金水湾9栋: a surname with 某 or a full title wins over a place that would swallow it. */
export function addressedFirst(state: ScanState, at: number, end: number): Token[] | null {
  const person = addressedAt(state.folded, at, end);
  if (!person || (person.kind === 'title' && person.end - at <= 2)) return null;
  return acceptPerson(state, at, person);
}

/** The person at `at`, if one may stand there. */
export function personToken(state: ScanState, at: number, end: number): Token[] | null {
  const person = personAt(state.folded, at, end, state.head);
  return person ? acceptPerson(state, at, person) : null;
}

function acceptPerson(state: ScanState, at: number, person: FoundPerson): Token[] | null {
  const whole = atBreak(state, person.end) || HOME.at(state.folded, person.end);
  if (state.persons > 0 && !furtherPerson(state, person, whole)) return null;
  if (!person.sure && state.places === 0 && !(whole && !state.issue)) return null;
  if (person.kind === 'full' && !whole && state.places === 0 && !person.sure) return null;
  const text = state.src.slice(at, person.end);
  const home = AT_HOME.at(state.folded, person.end);
  const end = person.end + (home ? home[0].length : 0);
  return [{ kind: 'person', start: at, end, text, sure: person.sure }];
}

const HOME = new CharSet('家的');
const AT_HOME = new Opening(
  '家的反来说称表讲',
  /家(?:里的?|中|的|了|(?!属|长|庭|具|电|务|暴|政|教|乡|伙|人))|的|(?:反映|反馈|来电|说|称|表示|讲)(?:说|称|反映|反馈)?(?=[\s,:])/y,
);

/** Behind the first person another counts in a list, beside a place of its own, or as a whole word of its own. */
function furtherPerson(state: ScanState, person: FoundPerson, whole: boolean): boolean {
  const last = state.out[state.out.length - 1];
  if (isJoined(state.gap)) return (person.sure || whole) && (state.head || last?.kind === 'person');
  // 其其格 5号楼 蒙语幼儿园: whose name stands before the place needs no second one behind it, unless it stands apart.
  if (last?.kind === 'place') return whole || person.kind !== 'full' || state.places > 1;
  if (state.gap === '' && last?.kind === 'person')
    return person.sure && (person.kind === 'some' || person.kind === 'title');
  if (startsItem(state)) return person.sure && !state.issue;
  return (
    whole &&
    person.sure &&
    state.gap !== '' &&
    (!state.issue || person.kind !== 'full') &&
    last?.kind === 'person'
  );
}

/** 居民薛某, 独居老人薛奶奶: the role goes or, where it tells something, stays in the note. */
export function roleToken(state: ScanState, at: number): Token[] | null {
  const plain = PLAIN.at(state.folded, at);
  const telling = plain ? '' : TELLING.at(state.folded, at);
  const role = plain || telling;
  if (!role) return null;
  const from = skipSpaces(state, at + role.length + (state.folded.charAt(at + role.length) === '的' ? 1 : 0));
  const person = personAt(state.folded, from, nearEnd(state, from), true);
  if (!person || (telling && !person.sure) || (plain && !person.sure && !atBreak(state, person.end)))
    return null;
  const tokens = acceptPerson(state, from, person);
  if (!tokens) return null;
  return telling ? [{ kind: 'text', start: at, end: at + role.length }, ...tokens] : tokens;
}
