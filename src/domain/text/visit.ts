import { dayOf } from '../../lib/day.ts';
import { type Assembled, assemble, type Draft, wordsOf } from './assemble.ts';
import { saysNotMet } from './outcome.ts';
import { placeText } from './place.ts';
import { type Said, saidOf } from './said.ts';
import { asWords, type Scanned, scan } from './scan.ts';
import { type Statement, statementsOf } from './statements.ts';
import type { DateToken, Token } from './tokens.ts';
import type {
  MissingFact,
  ParsedContact,
  ParsedVisit,
  ParseOptions,
  UnsureField,
  VisitCommand,
} from './types.ts';

/**
 * Reads what follows a visit command: any order, with or without spaces, labels, several lines, several families
 * (issue 2 point 6; decisions 23–25). Total: it never throws, and a line it cannot read is its own note.
 */
export function parseVisit(rest: string, options: ParseOptions): ParsedVisit {
  const [own, ...others] = statementsOf(rest);
  const first = parseStatement(own ?? { rest, command: null }, options);
  if (others.length === 0) return first;
  const later = others.map((each) => parseStatement(each, { now: options.now, mode: each.mode }));
  return together(first, [first, ...later]);
}

function parseStatement({ rest, command }: Statement, options: ParseOptions): ParsedVisit {
  const { scanned, assembled, said } = read(rest, options.now);
  const note = wordsOf(scanned, assembled.shared);
  const people = peopleOf(scanned.tokens);
  const contacts = assembled.drafts.map((draft, index) => ({
    ...contactOf(scanned, draft, said[index], { note, options, command }),
    ...people,
  }));
  const date = said[0]?.date;
  const what = note !== null || contacts.some((contact) => contact.note !== null);
  return {
    contacts,
    mode: contacts[0]?.mode ?? 'home',
    date: contacts[0]?.date ?? dayOf(options.now),
    dateGiven: date !== undefined,
    dateText: date ? scanned.src.slice(date.start, date.end) : null,
    note,
    ...people,
    missing: missingOf(contacts, what),
    unsure: unsureOf(assembled, said.find((each) => each.date?.sure === false)?.date),
  };
}

/** Several commands of one message: the first's day and way in the fields, every note with its own families. */
function together(first: ParsedVisit, all: readonly ParsedVisit[]): ParsedVisit {
  const union = <T>(of: (visit: ParsedVisit) => readonly T[]): T[] => [...new Set(all.flatMap(of))];
  return {
    ...first,
    contacts: all.flatMap(withNote),
    note: null,
    visitors: union((visit) => visit.visitors),
    companions: union((visit) => visit.companions),
    missing: union((visit) => visit.missing),
    unsure: union((visit) => visit.unsure),
  };
}

function withNote({ contacts, note }: ParsedVisit): ParsedContact[] {
  if (note === null) return contacts;
  return contacts.map((contact) => ({
    ...contact,
    note: contact.note === null ? note : `${contact.note}；${note}`,
  }));
}

interface Read {
  scanned: Scanned;
  assembled: Assembled;
  said: Said[];
}

/** A day or a way that is said of no family goes back among the words, so that nothing typed is lost. */
function read(rest: string, now: number): Read {
  const scanned = scan(rest, now, false);
  const assembled = assemble(scanned);
  const said = saidOf(scanned, assembled.drafts);
  if (said.unused.size === 0) return { scanned, assembled, said: said.drafts };
  const again = asWords(scanned, said.unused);
  const anew = assemble(again);
  return { scanned: again, assembled: anew, said: saidOf(again, anew.drafts).drafts };
}

function contactOf(
  scanned: Scanned,
  draft: Draft,
  said: Said | undefined,
  line: { note: string | null; options: ParseOptions; command: VisitCommand | null },
): Omit<ParsedContact, 'visitors' | 'companions'> {
  const own = wordsOf(scanned, draft.words);
  const attempt = line.command === 'attempt' || saysNotMet(own ?? line.note ?? '');
  const way = said?.mode?.mode;
  return {
    place: draft.parts ? placeText(draft.parts) : null,
    person: draft.person?.text ?? null,
    outcome: attempt ? 'attempt' : 'met',
    note: own,
    date: said?.date?.day ?? dayOf(line.options.now),
    command: line.command,
    mode: (said?.ownMode ? way : (line.options.mode ?? way)) ?? 'home',
  };
}

/** Everybody who went, once each; that is said once for all the families of a line. */
function peopleOf(tokens: readonly Token[]): Pick<ParsedVisit, 'visitors' | 'companions'> {
  const people: Pick<ParsedVisit, 'visitors' | 'companions'> = { visitors: [], companions: [] };
  for (const token of tokens) {
    if (token.kind !== 'people') continue;
    const known = people[token.role];
    for (const name of token.names) if (!known.includes(name)) known.push(name);
  }
  return people;
}

function missingOf(contacts: readonly ParsedContact[], what: boolean): MissingFact[] {
  const missing: MissingFact[] = [];
  if (contacts.some((contact) => contact.place === null)) missing.push('place');
  if (contacts.some(({ mode, person }) => mode !== 'meeting' && person === null)) missing.push('person');
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
