/**
 * The neutral card: what a person sees, before any platform's wire format.
 * All text is plain text; every renderer escapes it. A card answers at a glance:
 * 这是什么 · 到哪一步 · 谁来做 · 什么时候前 (cards.md, Voice).
 */
export type Tone = 'plain' | 'info' | 'good' | 'wait' | 'urgent' | 'done';

export type Value = string | number | boolean;
export type Values = Record<string, Value>;

export interface Button {
  label: string;
  /** `<command>.<action>`, e.g. `issue.accept`; empty when `url` is set. */
  action: string;
  value?: Values;
  style?: 'primary' | 'danger' | 'plain';
  /** Asked before the action is sent. */
  confirm?: { title: string; text: string };
  url?: string;
}

export interface Option {
  label: string;
  value: string;
}

export type Field =
  | {
      kind: 'text';
      name: string;
      label: string;
      value?: string;
      placeholder?: string;
      multiline?: boolean;
      required?: boolean;
      max?: number;
    }
  | {
      kind: 'select';
      name: string;
      label: string;
      options: Option[];
      value?: string;
      required?: boolean;
      placeholder?: string;
    }
  | { kind: 'multi'; name: string; label: string; options: Option[]; values?: string[]; placeholder?: string }
  | { kind: 'date'; name: string; label: string /** YYYY-MM-DD */; value?: string; required?: boolean };

export type Block =
  | { kind: 'text'; text: string; size?: 'small' | 'normal' | 'large'; tone?: 'muted' | 'urgent' }
  /** A resident's own words, shown apart and never edited. */
  | { kind: 'quote'; text: string }
  | { kind: 'fields'; rows: { label: string; value: string }[] }
  | { kind: 'list'; items: string[]; ordered?: boolean }
  | { kind: 'divider' }
  /** At most one form a card; its values come back under the fields' names. */
  | { kind: 'form'; name: string; action: string; value?: Values; fields: Field[]; submit: string }
  /** At most four in sight; the rest behind 更多. */
  | { kind: 'buttons'; buttons: Button[]; more?: Button[] };

export interface Card {
  /** Carries matter, state and date: it is all that a notification and an old client show. */
  title: string;
  tone: Tone;
  /** A short word beside the title, e.g. 待研判. */
  status?: string;
  blocks: Block[];
}

/** What can be sent: a line of plain text, or a card. */
export type Content = { text: string } | { card: Card };
