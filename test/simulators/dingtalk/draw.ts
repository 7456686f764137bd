import { isObject, objects, parseJson } from './json.ts';
import { visible } from './markdown.ts';
import type { Design } from './template.ts';
import type { FoundButton, FoundField, Json, JsonObject } from './types.ts';

/** A callback of a component, or where it leads, with the toast it shows afterwards. */
export interface Drawn extends FoundButton {
  /** Parameters of the callback, without the form. */
  params: JsonObject;
  /** Toast after the answer, from the variables as they are then; empty: none. */
  toast(vars: Vars): { type: 'success' | 'error'; content: string } | undefined;
}

export interface Drawing {
  lines: string[];
  buttons: Drawn[];
  fields: FoundField[];
}

type Vars = Record<string, string>;

interface Place {
  vars: Vars;
  /** The entry of the loop around it. */
  entry: JsonObject | undefined;
  more: boolean;
}

/** `buttons[0].action` of a loop stands for the entry's own `action`. */
function lookUp(place: Place, variable: Json | undefined, type: Json | undefined): string {
  const name = String(variable ?? '');
  if (type === 'loop') return String(place.entry?.[name.replace(/^.*\[0\]\./, '')] ?? '');
  return place.vars[name] ?? '';
}

/** A dynamic property: a text with `${…}`, a fixed value, or a variable. */
function written(place: Place, node: Json | undefined): string {
  if (!isObject(node)) return '';
  if (typeof node.content === 'string')
    return node.content.replace(/\$\{([^}]+)\}/g, (_, name: string) =>
      name.startsWith('loop.') ? String(place.entry?.[name.slice(5)] ?? '') : (place.vars[name] ?? ''),
    );
  if (node.type === 'variableValue' || node.valueType === 'variable' || node.type === 'variable')
    return lookUp(place, node.variable, node.variableType);
  return String(node.value ?? '');
}

function holds(place: Place, condition: Json | undefined): boolean {
  const list = isObject(condition) ? objects(condition.conditions) : [];
  const each = list.map((one) => {
    const value = lookUp(place, one.variable, one.variableType);
    if (one.op === 'isTrue') return value === 'true';
    if (one.op === 'equal') return value === String(one.value);
    throw new Error(`unknown condition ${String(one.op)}`);
  });
  return isObject(condition) && condition.op === 'or' ? each.some(Boolean) : each.every(Boolean);
}

function isShown(place: Place, props: JsonObject): boolean {
  const shown = props.visible;
  if (!isObject(shown)) return true;
  return shown.valueType === 'condition' ? holds(place, shown.condition) : shown.value !== false;
}

const paramsOf = (place: Place, list: Json | undefined): JsonObject =>
  Object.fromEntries(
    objects(list)
      .filter((each) => each.name !== '')
      .map((each) => [String(each.name), written(place, each)]),
  );

function parsedValue(text: Json | undefined): JsonObject {
  const value = typeof text === 'string' ? parseJson(text) : text;
  return isObject(value) ? value : {};
}

function drawButton(place: Place, node: JsonObject, props: JsonObject): Drawn {
  const asks = props.actionType === 'confirm';
  const link = props.actionType === 'url' ? written(place, props.url) : '';
  const params = link ? {} : paramsOf(place, asks ? props.confirmOkReqActionParams : props.params);
  return {
    label: written(place, props.text),
    id: String(node.id),
    style: written(place, props.color),
    ...(link ? { url: link } : { action: String(params.action ?? '') }),
    ...(asks
      ? { confirm: { title: written(place, props.confirmTitle), text: written(place, props.confirmMessage) } }
      : {}),
    value: parsedValue(params.value),
    submit: false,
    more: place.more,
    params,
    toast(vars) {
      const then = { ...place, vars };
      const good = asks || holds(then, props.successCondition);
      const text = asks ? props.confirmOkReqActionToast : good ? props.successToast : props.failureToast;
      const content = written(then, text);
      return content === '' ? undefined : { type: good ? 'success' : 'error', content: visible(content) };
    },
  };
}

function drawForm(place: Place, node: JsonObject, props: JsonObject, out: Drawing): void {
  const form = parsedValue(written(place, props.formSchema));
  const fields = objects(form.fields).map(
    (each): FoundField => ({
      name: String(each.name ?? ''),
      label: String(each.label ?? ''),
      type: String(each.type ?? ''),
      required: each.required === true,
      options: objects(each.options).map((one) => ({
        value: String(one.value),
        text: String(one.text ?? ''),
      })),
      value: each.defaultValue,
    }),
  );
  if (fields.length === 0) return;
  out.fields.push(...fields);
  for (const field of fields)
    out.lines.push(field.label, ...field.options.map((each) => each.text), textOf(field.value));
  const params = paramsOf(place, props.params);
  out.buttons.push({
    label: written(place, props.submitText),
    id: String(node.id),
    action: String(params.action ?? ''),
    value: parsedValue(params.value),
    submit: true,
    more: false,
    params,
    toast: () => undefined,
  });
}

const textOf = (value: Json | undefined): string => (typeof value === 'string' ? value : '');

function draw(place: Place, node: JsonObject, out: Drawing): void {
  const props = isObject(node.props) ? node.props : {};
  if (!isShown(place, props)) return;
  const children = (inner: Place): void => {
    for (const child of objects(node.children)) draw(inner, child, out);
  };
  switch (node.componentName) {
    case 'Card':
      children(place);
      return;
    case 'BaseText':
      out.lines.push(written(place, props.text));
      return;
    case 'Markdown':
      out.lines.push(visible(written(place, props.content)));
      return;
    case 'CollapsePanel':
      out.lines.push(written(place, props.title));
      children({ ...place, more: true });
      return;
    case 'Loop': {
      const list = parseJson(written(place, props.listData));
      for (const entry of objects(list)) children({ ...place, entry });
      return;
    }
    case 'SingleButton': {
      out.buttons.push(drawButton(place, node, props));
      return;
    }
    case 'Form':
      drawForm(place, node, props, out);
      return;
    default:
      throw new Error(`unknown component ${String(node.componentName)}`);
  }
}

/** Draws a template with these variables, as a client would. */
export function drawCard(design: Design, vars: Vars): Drawing {
  const out: Drawing = { lines: [], buttons: [], fields: [] };
  draw({ vars, entry: undefined, more: false }, design.root, out);
  return out;
}
