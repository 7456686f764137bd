import { CHANNELS } from '../src/domain/issue-types.ts';
import type { Field, Option, Values } from './card.ts';
import type { FormName } from './issue-buttons.ts';

/** What a form needs to be filled in with: choices from the roster and what is likely. */
export interface IssueFormModel {
  id: number;
  v: number;
  number: number;
  /** 6号楼楼道灯不亮 */
  what: string;
  form: FormName;
  /** The resident's words, so that nobody decides from memory; null when the viewer may not see them. */
  words: string | null;
  members: Option[];
  units: Option[];
  topics: Option[];
  member: string | null;
  unit: string | null;
  topic: string;
  /** Likely day, YYYY-MM-DD; null for matters by the hour, where no day is asked. */
  day: string | null;
}

/** The words of a table as choices. */
export const options = (words: Readonly<Record<string, string>>): Option[] =>
  Object.entries(words).map(([value, label]) => ({ value, label }));

/** Words of one's own. */
export const text = (
  name: string,
  label: string,
  placeholder: string,
  more: { required?: boolean } = {},
): Field => ({
  kind: 'text',
  name,
  label,
  placeholder,
  multiline: true,
  required: more.required ?? true,
  max: 500,
});
/** A name or a number. */
export const line = (name: string, label: string, placeholder: string, required = true): Field => ({
  kind: 'text',
  name,
  label,
  placeholder,
  required,
  max: 60,
});
/** One of several. */
export const pick = (name: string, label: string, choices: Option[], value?: string | null): Field => ({
  kind: 'select',
  name,
  label,
  options: choices,
  required: true,
  ...(value ? { value } : {}),
});
/** The likely last day; none where no day is asked. */
export const date = (m: IssueFormModel, label: string): Field[] =>
  m.day === null ? [] : [{ kind: 'date', name: 'day', label, value: m.day }];
/** How a resident was told or asked. */
export const channel = (label: string): Field => pick('channel', label, options(CHANNELS));

/** One form: its fields, and the action that takes them. */
export interface FormSpec {
  title: string;
  action: string;
  submit: string;
  fields(m: IssueFormModel): Field[];
  value?: Values;
  /** Said above the fields. */
  note?(m: IssueFormModel): string;
}
