import { dayOf } from '../../lib/day.ts';
import { type Assembled, assemble, type Draft, wordsOf } from './assemble.ts';
import { Opening } from './match-at.ts';
import { placeText } from './place.ts';
import { type Scanned, scan } from './scan.ts';
import type { DateToken, Token } from './tokens.ts';
import type { MissingFact, ParsedContact, ParsedVisit, ParseOptions, UnsureField } from './types.ts';

/** Words that say the family was not met; 未遇 is a fact and never a failure (domain.md). */
const NOT_MET = new Opening(
  '未没无家都又仍再还敲屋人不外锁铁电',
  /(?:未遇|没人|没有人|无人|家里没人|家中没人|家里无人|家中无人)(?:$|[\s，,。；;、])|(?:都|仍|又|还是|再次)?(?:未遇|没遇到|没见到|未见到|没碰到|没见着|没遇上|没有遇到|没找到人|敲门(?:没人|无人|没有人|不开|没开)|(?:家里|家中|屋里)?(?:没人|无人|没有人)(?:在家|应|开门|应答|应门|回应)|(?:人)?(?:不|没|未)在家|外出未遇|锁着?门|铁将军|电话(?:没人接|无人接听|未接|打不通|没接|不通|关机)|(?:没|未|无人)(?:接听?|接电话))/y,
);

/**
 * Reads what follows a visit command: any order, with or without spaces, labels, several lines, several families
 * (issue 2 point 6; decisions 23–25). Total: it never throws, and a line it cannot read is its own note.
 */
export function parseVisit(rest: string, options: ParseOptions): ParsedVisit {
  const scanned = scan(rest, options.now, false);
  const assembled = assemble(scanned);
  const note = wordsOf(scanned, assembled.shared);
  const contacts = assembled.drafts.map((draft) => contactOf(scanned, draft, note));
  const said = spoken(scanned.tokens);
  const { date } = said;
  const mode = options.mode ?? said.mode?.mode ?? 'home';
  const what = note !== null || contacts.some((contact) => contact.note !== null);
  return {
    contacts,
    mode,
    date: date?.day ?? dayOf(options.now),
    dateGiven: date !== undefined,
    dateText: date ? scanned.src.slice(date.start, date.end) : null,
    note,
    visitors: said.visitors,
    companions: said.companions,
    missing: missingOf(contacts, mode === 'meeting', what),
    unsure: unsureOf(assembled, date),
  };
}

function contactOf(scanned: Scanned, draft: Draft, shared: string | null): ParsedContact {
  const own = wordsOf(scanned, draft.words);
  const outcome = NOT_MET.at(own ?? shared ?? '', 0) ? 'attempt' : 'met';
  return {
    place: draft.parts ? placeText(draft.parts) : null,
    person: draft.person?.text ?? null,
    outcome,
    note: own,
  };
}

interface Spoken {
  date: DateToken | undefined;
  mode: Extract<Token, { kind: 'mode' }> | undefined;
  visitors: string[];
  companions: string[];
}

/** What the line says once for all its families: the first day, the first mode, and everybody who went. */
function spoken(tokens: readonly Token[]): Spoken {
  const said: Spoken = { date: undefined, mode: undefined, visitors: [], companions: [] };
  for (const token of tokens) {
    if (token.kind === 'date') said.date ??= token;
    else if (token.kind === 'mode') said.mode ??= token;
    else if (token.kind === 'people') {
      const known = said[token.role];
      for (const name of token.names) if (!known.includes(name)) known.push(name);
    }
  }
  return said;
}

function missingOf(contacts: readonly ParsedContact[], meeting: boolean, what: boolean): MissingFact[] {
  const missing: MissingFact[] = [];
  if (contacts.some((contact) => contact.place === null)) missing.push('place');
  if (!meeting && contacts.some((contact) => contact.person === null)) missing.push('person');
  if (!what) missing.push('what');
  return missing;
}

/** The fields that were taken on weak evidence. */
export function unsureOf(assembled: Assembled, date: DateToken | undefined): UnsureField[] {
  const unsure: UnsureField[] = [];
  if (assembled.drafts.some((draft) => draft.place !== null && !draft.place.sure)) unsure.push('place');
  if (assembled.drafts.some((draft) => draft.person !== null && !draft.person.sure)) unsure.push('person');
  if (date && !date.sure) unsure.push('date');
  return unsure;
}
