import type { Draft } from './assemble.ts';
import type { Scanned } from './scan.ts';
import type { DateToken, ModeToken, Token } from './tokens.ts';

/** The day and the way of one family, as the line tells them. */
export interface Said {
  date: DateToken | undefined;
  mode: ModeToken | undefined;
  /** Its own item of a block says the way; the command word speaks for the others. */
  ownMode: boolean;
}

/** What the line says of each draft, and which of its days and ways are said of none: those are words. */
export interface AllSaid {
  drafts: Said[];
  unused: Set<Token>;
}

/**
 * Gives every day and way to the families it was said of (decisions 5, 25). What stands before the first family, or
 * above some, holds until another is said; inside a later item it never changes the others.
 */
export function saidOf({ tokens, items }: Scanned, drafts: readonly Draft[]): AllSaid {
  if (items.length <= 1) return saidOfOne(tokens, drafts.length);
  const starts = startsOf(drafts);
  const line = itemsOf(tokens, items, starts);
  const unused = new Set<Token>();
  const dates = spread<DateToken>(line, 'date', true, unused);
  const modes = spread<ModeToken>(line, 'mode', false, unused);
  const first = line.findIndex((item) => item.start !== null);
  let at = 0;
  return {
    unused,
    drafts: starts.map((start) => {
      while (at + 1 < items.length && (items[at + 1] ?? 0) <= start) at++;
      const ownMode = at !== first && line[at]?.mode !== undefined;
      return { date: dates[at], mode: modes[at], ownMode };
    }),
  };
}

/** Nearly every line is one item: the first day and the first way are everybody's. */
function saidOfOne(tokens: readonly Token[], families: number): AllSaid {
  const unused = new Set<Token>();
  let date: DateToken | undefined;
  let mode: ModeToken | undefined;
  for (const token of tokens) {
    if (token.kind === 'date') {
      if (date) unused.add(token);
      else date = token;
    } else if (token.kind === 'mode') {
      if (mode) unused.add(token);
      else mode = token;
    }
  }
  const said: Said = { date, mode, ownMode: false };
  return { unused, drafts: Array.from({ length: families }, () => said) };
}

/** What one item holds. */
interface ItemFacts {
  /** Where its first family begins; null when it has none of its own. */
  start: number | null;
  /** A day or a way and nothing else. */
  heading: boolean;
  date: DateToken[];
  mode: ModeToken[];
}

/** Where each family begins: its first fact that is not borrowed from the one before. */
function startsOf(drafts: readonly Draft[]): number[] {
  let before = -1;
  return drafts.map(({ place, person }) => {
    const own = [place?.start ?? -1, person?.start ?? -1].filter((start) => start > before);
    before = own.length > 0 ? Math.min(...own) : Math.max(before, 0);
    return before;
  });
}

function itemsOf(tokens: readonly Token[], items: readonly number[], starts: readonly number[]): ItemFacts[] {
  let token = 0;
  let family = 0;
  return items.map((_, index) => {
    const end = items[index + 1] ?? Number.POSITIVE_INFINITY;
    const facts: ItemFacts = { start: null, heading: true, date: [], mode: [] };
    for (let next = tokens[token]; next && next.start < end; next = tokens[++token]) {
      if (next.kind === 'date') facts.date.push(next);
      else if (next.kind === 'mode') facts.mode.push(next);
      else facts.heading = false;
    }
    for (let start = starts[family]; start !== undefined && start < end; start = starts[++family])
      facts.start ??= start;
    return facts;
  });
}

/**
 * The day (or the way) that holds in each item. `carried`: in the first family's item it holds for the others wherever
 * it stands there; a way behind the first family is that family's.
 */
function spread<T extends DateToken | ModeToken>(
  line: readonly ItemFacts[],
  kind: T['kind'],
  carried: boolean,
  unused: Set<Token>,
): (T | undefined)[] {
  const said = line.map((item) => item[kind] as T[]);
  for (const more of said) for (const token of more.slice(1)) unused.add(token);
  const families = line.filter((item) => item.start !== null).length;
  if (families <= 1) return aloneWith(said, unused);
  const holds: (T | undefined)[] = [];
  let running: T | undefined;
  let leads = false;
  let family = -1;
  let any = false;
  line.forEach((item, index) => {
    const token = said[index]?.[0];
    if (item.start !== null) {
      const before = token !== undefined && token.start < item.start;
      if (family === -1) {
        if (token && (carried || before)) running = token;
        leads = running !== undefined;
      } else if (before && leads) running = token;
      family = index;
      holds[index] = token ?? running;
    } else if (token && opensBlock(line, index, family)) {
      running = token;
      leads = true;
    } else if (token && item.heading && index === line.length - 1 && !any) {
      line.forEach((each, at) => {
        if (each.start !== null) holds[at] ??= token;
      });
    } else if (token && holds[family] === undefined) holds[family] = token;
    else if (token) unused.add(token);
    any ||= token !== undefined;
  });
  return holds;
}

/** Above the first family, or by itself right above a further one. */
function opensBlock(line: readonly ItemFacts[], index: number, family: number): boolean {
  return family === -1 || (line[index]?.heading === true && (line[index + 1]?.start ?? null) !== null);
}

/** With one family the first that is said is its own, wherever it stands. */
function aloneWith<T extends Token>(said: readonly T[][], unused: Set<Token>): (T | undefined)[] {
  const [first, ...others] = said.flat();
  for (const token of others) unused.add(token);
  return said.map(() => first);
}
