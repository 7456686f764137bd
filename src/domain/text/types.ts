/**
 * The shapes that a typed line becomes (issue 2 point 6; decisions 4, 23–25, 45).
 * Days are 'YYYY-MM-DD' in Asia/Shanghai; text is as typed unless a field says otherwise.
 */

/** Every command the words know. Which of them exist in a build is decided elsewhere. */
export type CommandName =
  | 'visit'
  | 'attempt'
  | 'late'
  | 'makeup'
  | 'diary'
  | 'issue'
  | 'triage'
  | 'dispatch'
  | 'handle'
  | 'told'
  | 'evaluate'
  | 'withdraw'
  | 'correct'
  | 'household'
  | 'pairing'
  | 'mine'
  | 'leave'
  | 'bind'
  | 'unbind'
  | 'claim'
  | 'import'
  | 'roster'
  | 'policy'
  | 'reopen'
  | 'promise'
  | 'withdrawIssue'
  | 'takeBack'
  | 'care'
  | 'checkup'
  | 'plain'
  | 'page'
  | 'help';

/** home: at the door (the default) · phone: a call · message: text, picture or video chat · meeting: a gathering. */
export type VisitMode = 'home' | 'phone' | 'message' | 'meeting';

/** The commands that record a visit. */
export type VisitCommand = Extract<CommandName, 'visit' | 'attempt' | 'late' | 'makeup'>;

/** How a word was understood: letter by letter, or guessed (the guess is shown with `[不是]`). */
export type CommandVia = 'exact' | 'alias' | 'initials' | 'homophone' | 'near';

/** A line that carries a command. `word` is what was typed, `rest` all that follows it, as typed. */
export interface CommandMatch {
  name: CommandName;
  via: CommandVia;
  word: string;
  rest: string;
  /** Implied by the word itself: 电联 → phone. */
  mode?: VisitMode;
}

/** An addressed line whose first word is no command; the nearest one is offered with an example. */
export interface CommandMiss {
  nearest: CommandName;
  rest: string;
}

/** What a line lacks of the three facts that make a visit or an issue. */
export type MissingFact = 'place' | 'person' | 'what';

/** Fields taken on weak evidence; the echo card offers to change them. */
export type UnsureField = 'place' | 'person' | 'date' | 'mode';

/** One family met or not met. `place` is normalised by the header rules of visits.tsv, `person` is as typed. */
export interface ParsedContact {
  place: string | null;
  person: string | null;
  outcome: 'met' | 'attempt';
  /** Words that belong to this family alone; null when only the shared note speaks. */
  note: string | null;
  /** Its own day and way where its own item of a block names them, else the line's. */
  date: string;
  mode: VisitMode;
  /** The command typed again before it in a pasted block (/未遇 …); null: the message's own. */
  command: VisitCommand | null;
  /** Who went there, when it was not the typist, and who went along (decision 23). */
  visitors: string[];
  companions: string[];
}

/** What both kinds of line share. */
interface ParsedLine {
  date: string;
  /** True if the line itself names a day. */
  dateGiven: boolean;
  /** The words that named the day ('前天下午'), so that nothing typed is lost. */
  dateText: string | null;
  missing: MissingFact[];
  unsure: UnsureField[];
}

/** One line or pasted block of visits: one message, N contacts (decision 25). */
export interface ParsedVisit extends ParsedLine {
  /** At least one, in the order typed. */
  contacts: ParsedContact[];
  /** Like `date`, that of the first contact. */
  mode: VisitMode;
  /** What was said about the visit as a whole; null if nothing or if every word belongs to one contact. */
  note: string | null;
  /** 走访人：… — who went, when it was not the typist (decision 23). */
  visitors: string[];
  /** 和高翔一起 — who went along with the typist. */
  companions: string[];
}

/** One need: the resident's words stay as typed, minus command, place and person. */
export interface ParsedIssue extends ParsedLine {
  place: string | null;
  person: string | null;
  text: string;
  /** Further families that the same words speak for. */
  more: { place: string | null; person: string | null }[];
}

/** The clock and what the command word already said. `now` is epoch milliseconds. */
export interface ParseOptions {
  now: number;
  mode?: VisitMode;
}
