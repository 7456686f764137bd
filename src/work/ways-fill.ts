import type { Field, Option } from '../../cards/card.ts';
import { dayAtHead, type Towards } from '../domain/spoken-day.ts';
import { soundsAlike } from '../domain/text/pinyin.ts';
import { dayOf, sayDay } from '../lib/day.ts';

export type FormValues = Record<string, string | string[]>;

/** What a typed line came to as a form. */
export interface Filled {
  /** What stands in the fields already, and what was typed. */
  form: FormValues;
  /** Names of what the line itself said. */
  said: string[];
  missing: Field[];
  /** Words for which there is no field. */
  left: string;
}

const GAP = /[\s，,；;]+/u;
const EDGE = /^[\s，,；;：:]+|[\s，,；;]+$/gu;
/** Typed for a field that stays as it is. */
const SKIP = new Set(['-', '—', '空着', '不填']);

/** `为什么（会告诉群众）` → 为什么: what one writes for the field. */
export const fieldWord = (field: Field): string => field.label.replace(/[（(].*$/u, '').trim();

/**
 * Fills a form from the rest of a line: `什么事：…` by name; then days and choices wherever they stand as words of their
 * own, then texts in their order, the last one taking all that is left.
 */
export function fillForm(fields: readonly Field[], rest: string, now: number): Filled {
  const { named, left: unnamed } = byName(fields, rest);
  const form = present(fields);
  const said = new Set<string>();
  const put = (field: Field, value: string | string[] | null): boolean => {
    if (value === null) return false;
    form[field.name] = value;
    said.add(field.name);
    return true;
  };
  for (const [field, text] of named) put(field, asValue(field, text, now));
  const open = (field: Field): boolean => !said.has(field.name);
  let left = unnamed;
  for (const [field, value] of countedAtEnd(fields.filter(open), left)) {
    put(field, value);
    left = left.replace(/[\s，,；;]+\d{1,2}$/u, '');
  }
  for (const field of fields.filter(open)) {
    if (field.kind === 'text') continue;
    const found = takeWord(field, left, now);
    if (found && put(field, found.value)) left = found.left;
  }
  const texts = fields.filter((field) => field.kind === 'text');
  const long = texts.findIndex((field) => field.multiline);
  const inOrder = (long < 0 ? texts : texts.slice(0, long + 1)).filter(open);
  inOrder.forEach((field, index) => {
    const taken =
      index === inOrder.length - 1 ? left : (/^\S+/u.exec(left)?.[0].replace(/[，,；;]+$/u, '') ?? '');
    if (taken === '') return;
    left = left.slice(taken.length).replace(EDGE, '');
    if (!SKIP.has(taken)) put(field, taken);
  });
  const missing = fields.filter(
    (field) => 'required' in field && field.required === true && !form[field.name]?.length,
  );
  return { form, said: [...said], missing, left };
}

/** 疏通了 1 2: behind the words a figure for each choice, in their order, as the hint lists them. */
function countedAtEnd(fields: readonly Field[], text: string): [Field, string][] {
  const choices = fields.filter((field) => field.kind === 'select');
  const figures = /\S((?:[\s，,；;]+\d{1,2})+)$/u.exec(text)?.[1]?.match(/\d+/gu) ?? [];
  if (choices.length === 0 || figures.length !== choices.length) return [];
  const values = choices.map((field, index) => field.options[Number(figures[index]) - 1]?.value);
  return values.every((value) => value !== undefined)
    ? choices.map((field, index): [Field, string] => [field, values[index] ?? ''])
    : [];
}

/** What the fields hold before anybody typed. */
function present(fields: readonly Field[]): FormValues {
  return Object.fromEntries(
    fields.flatMap((field): [string, string | string[]][] => {
      if (field.kind === 'multi') return field.values ? [[field.name, field.values]] : [];
      return field.value ? [[field.name, field.value]] : [];
    }),
  );
}

function byName(fields: readonly Field[], rest: string): { named: [Field, string][]; left: string } {
  const marks = fields
    .flatMap((field) => {
      const at = rest.search(new RegExp(`${escaped(fieldWord(field))}\\s*[：:]`, 'u'));
      return at < 0 ? [] : [{ field, at }];
    })
    .sort((a, b) => a.at - b.at);
  const named = marks.map(({ field, at }, index): [Field, string] => {
    const part = rest.slice(at, marks[index + 1]?.at ?? rest.length);
    return [field, part.slice(part.search(/[：:]/u) + 1).replace(EDGE, '')];
  });
  return { named, left: rest.slice(0, marks[0]?.at ?? rest.length).replace(EDGE, '') };
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/gu, '\\$&');

function asValue(field: Field, text: string, now: number): string | string[] | null {
  switch (field.kind) {
    case 'text':
      return text;
    case 'date':
      return dayAtHead(text, now, towards(field, now))?.day ?? null;
    case 'select':
      return optionFor(field.options, text, true);
    case 'multi': {
      const chosen = text
        .split(/[、\s，,；;]+/u)
        .flatMap((each) => optionFor(field.options, each, true) ?? []);
      return chosen.length > 0 ? chosen : null;
    }
  }
}

/** A day or a choice as a word of its own, wherever it stands; a choice of names at the head may run into what follows. */
function takeWord(
  field: Exclude<Field, { kind: 'text' }>,
  text: string,
  now: number,
): { value: string | string[]; left: string } | null {
  let at = 0;
  for (const word of text.split(GAP)) {
    at = text.indexOf(word, at);
    const before = text.slice(0, at).replace(EDGE, '');
    const join = (after: string): string => [before, after.replace(EDGE, '')].filter(Boolean).join(' ');
    if (field.kind === 'date') {
      const found = dayAtHead(text.slice(at), now, towards(field, now));
      if (found) return { value: found.day, left: join(found.rest) };
    } else if (word !== '') {
      const value =
        field.kind === 'select' ? optionFor(field.options, word, before === '') : asValue(field, word, now);
      if (value !== null) return { value, left: join(text.slice(at + word.length)) };
    }
    at += word.length;
  }
  if (field.kind !== 'select' || field.value) return null;
  const head = field.options.find((option) => option.label.length > 1 && text.startsWith(option.label));
  return head ? { value: head.value, left: text.slice(head.label.length).replace(EDGE, '') } : null;
}

/** By label, by a part of it that no other has, by sound, or (`counted`) by its place in the list. */
function optionFor(options: readonly Option[], word: string, counted: boolean): string | null {
  const only = (fits: (label: string) => boolean): string | null => {
    const found = options.filter((option) => fits(option.label));
    return found.length === 1 ? (found[0]?.value ?? null) : null;
  };
  const exact = options.find((option) => option.label === word || option.label.split('（')[0] === word);
  if (exact) return exact.value;
  if (counted && /^\d{1,2}$/.test(word)) return options[Number(word) - 1]?.value ?? null;
  if (word.length < 2) return null;
  return only((label) => label.includes(word)) ?? only((label) => soundsAlike(label, word));
}

/** A day of a deadline lies ahead, a day of a visit behind; a beginning may be either. */
function towards(field: Extract<Field, { kind: 'date' }>, now: number): Towards {
  const word = fieldWord(field);
  if (/最晚|延到|改到/u.test(word) || (field.value ?? '') > dayOf(now)) return 'future';
  return /从|到/u.test(word) ? 'near' : 'past';
}

/** How the rest of a line is written: `〔改到哪天〕 〔为什么〕`; what `filled` has already stands there as typed. */
export function formHint(fields: readonly Field[], now: number, filled?: Filled): string {
  const needed = fields.filter((field) => 'required' in field && field.required === true);
  const asked = needed.length > 0 ? needed : fields.slice(0, 3);
  const shown = fields.filter((field) => asked.includes(field) || filled?.said.includes(field.name));
  return shown
    .map((field) => {
      const value = filled?.said.includes(field.name) ? filled.form[field.name] : undefined;
      return value === undefined ? `〔${fieldWord(field)}〕` : sayValue(field, value, now);
    })
    .join(' ');
}

function sayValue(field: Field, value: string | string[], now: number): string {
  if (field.kind === 'text') return String(value);
  if (field.kind === 'date') return sayDay(String(value), dayOf(now));
  const words = [value].flat().map((each) => field.options.find((option) => option.value === each)?.label);
  return words.join('、');
}
