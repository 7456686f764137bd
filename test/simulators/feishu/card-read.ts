import { isObject } from './card-rules.ts';
import type { FoundButton, Json, JsonObject } from './types.ts';

const objects = (value: Json | undefined): JsonObject[] =>
  (Array.isArray(value) ? value : []).filter(isObject);

function textOf(value: Json | undefined): string {
  if (!isObject(value) || typeof value.content !== 'string') return '';
  return value.tag === 'plain_text' ? value.content : visible(value.content);
}

const ENTITIES: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'", nbsp: ' ' };

/** What a reader sees of card markdown: no tags, no emphasis marks, entities decoded. */
export function visible(markdown: string): string {
  return markdown
    .replace(
      /<at\s+ids?=["']?([^>"'\s]+)["']?\s*>(.*?)<\/at>/g,
      (_, id: string, name: string) => `@${name || id}`,
    )
    .replace(/<br\s*\/?>/g, '\n')
    .replace(/<\/?(font|text_tag|number_tag|link|person|a|hr|raw|local_datetime)\b[^>]*>/g, '')
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/(\*\*|~~|__)/g, '')
    .replace(/&(?:#(\d+)|#x([0-9a-f]+)|([a-z]+));/gi, (whole, dec?: string, hex?: string, name?: string) => {
      if (dec) return String.fromCodePoint(Number(dec));
      if (hex) return String.fromCodePoint(Number.parseInt(hex, 16));
      return ENTITIES[(name ?? '').toLowerCase()] ?? whole;
    });
}

function cell(value: Json | undefined): string {
  if (Array.isArray(value))
    return value.map((each) => (isObject(each) ? String(each.text ?? '') : String(each))).join(' ');
  return value === undefined || value === null ? '' : visible(String(value));
}

function tableLines(node: JsonObject): string[] {
  const columns = objects(node.columns);
  const head = columns.map((each) => String(each.display_name ?? '')).join(' | ');
  return [
    head,
    ...objects(node.rows).map((row) => columns.map((each) => cell(row[String(each.name)])).join(' | ')),
  ];
}

function chartLines(node: JsonObject): string[] {
  const spec = isObject(node.chart_spec) ? node.chart_spec : {};
  return [isObject(spec.title) && typeof spec.title.text === 'string' ? spec.title.text : ''];
}

function lines(node: JsonObject): string[] {
  const inner = objects(node.elements).flatMap(lines);
  switch (node.tag) {
    case 'markdown':
      return [typeof node.content === 'string' ? visible(node.content) : ''];
    case 'div':
      return [textOf(node.text), ...objects(node.fields).map((each) => textOf(each.text))];
    case 'column_set':
      return objects(node.columns).flatMap(lines);
    case 'collapsible_panel':
      return [textOf(isObject(node.header) ? node.header.title : undefined), ...inner];
    case 'button':
      return [`[${textOf(node.text)}]`];
    case 'overflow':
      return [
        objects(node.options)
          .map((each) => `[${textOf(each.text)}]`)
          .join(' '),
      ];
    case 'checker':
      return [`${node.checked === true ? '☑' : '☐'} ${textOf(node.text)}`];
    case 'table':
      return tableLines(node);
    case 'chart':
      return chartLines(node);
    case 'img':
      return [textOf(node.title), textOf(node.alt)];
    case 'hr':
      return [];
    default:
      return [
        textOf(node.label),
        textOf(node.placeholder),
        typeof node.default_value === 'string' ? node.default_value : '',
        ...objects(node.options).map((each) => textOf(each.text)),
        ...inner,
      ];
  }
}

/** All visible text of a card, a line an element, header first; buttons as `[label]`. */
export function cardText(card: Json): string {
  if (!isObject(card)) return '';
  const header = isObject(card.header) ? card.header : {};
  const body = isObject(card.body) ? card.body : {};
  const tags = objects(header.text_tag_list).map((each) => textOf(each.text));
  const all = [
    textOf(header.title),
    ...tags,
    textOf(header.subtitle),
    ...objects(body.elements).flatMap(lines),
  ];
  return all.filter((line) => line !== '').join('\n');
}

export function callbackValue(node: JsonObject): JsonObject {
  const callback = objects(node.behaviors).find((each) => each.type === 'callback');
  return callback && isObject(callback.value) ? callback.value : {};
}

/** A component with the form it stands in. */
export interface Placed {
  node: JsonObject;
  form: JsonObject | undefined;
}

/** Every component of a card, outside in. */
export function components(card: Json): Placed[] {
  const found: Placed[] = [];
  const visit = (node: JsonObject, form: JsonObject | undefined): void => {
    found.push({ node, form });
    const within = node.tag === 'form' ? node : form;
    const area = isObject(node.button_area) ? objects(node.button_area.buttons) : [];
    for (const child of [...objects(node.elements), ...objects(node.columns), ...area]) visit(child, within);
  };
  const body = isObject(card) && isObject(card.body) ? card.body : {};
  for (const node of objects(body.elements)) visit(node, undefined);
  return found;
}

function pressables({ node, form }: Placed): FoundButton[] {
  const tag = node.tag;
  if (tag !== 'button' && tag !== 'overflow' && tag !== 'interactive_container') return [];
  const open = objects(node.behaviors).find((each) => each.type === 'open_url');
  const base = {
    value: callbackValue(node),
    disabled: node.disabled === true,
    submit: node.form_action_type === 'submit',
    ...(typeof node.name === 'string' ? { name: node.name } : {}),
    ...(form ? { form: String(form.name) } : {}),
    ...(open ? { url: String(open.default_url || open.pc_url) } : {}),
  };
  if (tag === 'button') return [{ ...base, tag, label: textOf(node.text) }];
  if (tag === 'interactive_container') return [{ ...base, tag, label: lines(node).join('\n') }];
  return objects(node.options).map((each) => ({
    ...base,
    tag,
    label: textOf(each.text),
    ...(typeof each.value === 'string' ? { option: each.value } : {}),
    ...(isObject(each.multi_url) ? { url: String(each.multi_url.url) } : {}),
  }));
}

/** Everything that can be pressed, menu entries one by one. */
export function buttons(card: Json): FoundButton[] {
  return components(card).flatMap(pressables);
}

/** True if every key of `part` is in `whole` with an equal value. */
export function contains(whole: Json | undefined, part: Json): boolean {
  if (!isObject(part) || !isObject(whole)) return JSON.stringify(whole) === JSON.stringify(part);
  return Object.entries(part).every(([key, value]) => contains(whole[key], value));
}

/** The button with this label: exactly, else the only one whose label begins with or holds it. */
export function findButton(card: Json, what: string | JsonObject): FoundButton | undefined {
  const all = buttons(card);
  if (typeof what !== 'string') return all.find((each) => contains(each.value, what));
  const trim = (label: string): string => label.replace(/\s*▾$/, '').trim();
  const exact = all.filter(
    (each) => trim(each.label) === trim(what) || each.option === what || each.name === what,
  );
  const near = exact.length > 0 ? exact : all.filter((each) => each.label.includes(what));
  return near[0];
}

/** The initial values of a form, by component name, as an untouched form would submit them. */
export function formDefaults(
  card: Json,
  form: string,
): { values: JsonObject; required: string[]; names: string[] } {
  const values: JsonObject = {};
  const required: string[] = [];
  const names: string[] = [];
  for (const { node, form: owner } of components(card)) {
    if (!owner || owner.name !== form || typeof node.name !== 'string' || node.tag === 'button') continue;
    names.push(node.name);
    const first = initialValue(node);
    if (first !== undefined) values[node.name] = first;
    if (node.required === true) required.push(node.name);
  }
  return { values, required, names };
}

function initialValue(node: JsonObject): Json | undefined {
  switch (node.tag) {
    case 'input':
      return node.default_value ?? '';
    case 'checker':
      return node.checked === true;
    case 'date_picker':
      return node.initial_date === undefined ? undefined : `${String(node.initial_date)} +0800`;
    case 'picker_time':
      return node.initial_time === undefined ? undefined : `${String(node.initial_time)} +0800`;
    case 'picker_datetime':
      return node.initial_datetime === undefined ? undefined : `${String(node.initial_datetime)} +0800`;
    case 'select_static': {
      const index = Number(node.initial_index ?? 0);
      return node.initial_option ?? (index > 0 ? objects(node.options)[index - 1]?.value : undefined);
    }
    case 'select_person':
      return node.initial_option;
    default:
      return node.selected_values;
  }
}
