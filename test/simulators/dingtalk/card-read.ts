import { isObject, objects, parseJson } from './json.ts';
import type { FoundButton, FoundField, Json, JsonObject, SimCard } from './types.ts';

/** What one person sees of a card: the last answer to his own click, else his private values over the common ones. */
export function shownTo(card: SimCard, viewer: string | undefined): Record<string, string> {
  if (viewer === undefined) return card.data;
  return card.clicked[viewer] ?? { ...card.data, ...card.privateData[viewer] };
}

const list = (text: string | undefined): JsonObject[] => objects(parseJson(text ?? '[]'));

function value(given: Json | undefined): JsonObject {
  const parsed = typeof given === 'string' ? parseJson(given) : given;
  return isObject(parsed) ? parsed : {};
}

function button(node: JsonObject, more: boolean): FoundButton {
  return {
    label: String(node.label ?? node.text ?? ''),
    ...(typeof node.action === 'string' ? { action: node.action } : {}),
    ...(typeof node.id === 'string' ? { id: node.id } : {}),
    ...(typeof node.style === 'string' ? { style: node.style } : {}),
    ...(typeof node.url === 'string' && node.url !== '' ? { url: node.url } : {}),
    ...(node.confirm !== undefined && node.confirm !== null && node.confirm !== ''
      ? { confirm: node.confirm }
      : {}),
    value: value(node.value),
    submit: false,
    more,
  };
}

/** Fields of the form component, as dingtalk.md 4.4 lists them. */
export function fieldsOf(vars: Record<string, string>): FoundField[] {
  return objects(value(vars.form).fields).map((node) => ({
    name: String(node.name ?? ''),
    label: String(node.label ?? ''),
    type: String(node.type ?? ''),
    required: node.required === true,
    options: objects(node.options).map((each) => ({
      value: String(each.value),
      text: String(each.text ?? ''),
    })),
    value: node.defaultValue,
  }));
}

/** Every button a client would draw from the variables of our template. */
export function templateButtons(vars: Record<string, string>): FoundButton[] {
  const submit: FoundButton[] =
    fieldsOf(vars).length === 0
      ? []
      : [
          {
            label: vars.form_submit ?? '提交',
            action: vars.form_action ?? '',
            value: value(vars.form_value),
            submit: true,
            more: false,
          },
        ];
  return [
    ...submit,
    ...list(vars.buttons).map((node) => button(node, false)),
    ...list(vars.more).map((node) => button(node, true)),
  ];
}

const TYPES = new Set([
  'TEXT',
  'TEXT_AREA',
  'NUMBER',
  'TEXT_ARRAY',
  'SELECT',
  'MULTI_SELECT',
  'DATE',
  'TIME',
  'DATETIME',
  'CHECKBOX',
  'SWITCH',
  'CHECKBOX_GROUP',
  'MULTI_CHECKBOX_GROUP',
]);

/** What a client could not draw: lists that are no JSON, buttons without label, fields of unknown types. */
export function drawingFaults(vars: Record<string, string>): string[] {
  const faults: string[] = [];
  for (const name of ['buttons', 'more', 'form'] as const) {
    const text = vars[name];
    if (text === undefined || text === '') continue;
    const parsed = parseJson(text);
    if (name === 'form' ? !isObject(parsed) : !Array.isArray(parsed)) faults.push(`${name} is no JSON of it`);
  }
  const names = new Set<string>();
  for (const each of [...list(vars.buttons), ...list(vars.more)]) {
    if (button(each, false).label === '') faults.push('a button without a label');
    const text = each.value;
    if (typeof text === 'string' && text !== '' && !isObject(parseJson(text)))
      faults.push(`the value of ${String(each.label)} is no JSON of an object`);
  }
  for (const field of fieldsOf(vars)) {
    if (!TYPES.has(field.type)) faults.push(`field ${field.name} of unknown type ${field.type}`);
    if (field.name === '' || names.has(field.name)) faults.push(`field name ${field.name} is not unique`);
    if (/SELECT|GROUP/.test(field.type) && field.options.length === 0)
      faults.push(`field ${field.name} offers nothing to choose`);
    names.add(field.name);
  }
  return faults;
}
