import { isObject, reject, type Walk } from './card-rules.ts';
import { COMMON, COMPONENTS, ROOT } from './card-schema.ts';
import { ApiError, badCard } from './errors.ts';
import type { Json, JsonObject } from './types.ts';

const MAX_ELEMENTS = 200;
const MAX_DEPTH = 5;
const MAX_BYTES = 30 * 1024;

interface Place {
  container: string;
  depth: number;
  form: FormState | undefined;
}

interface FormState {
  submits: number;
}

/**
 * Checks a card as the platform would on sending, updating or answering a callback (feishu.md 5).
 * Throws the ApiError to answer with: 230025 for size, 230099 with a sub-code for all else.
 */
export function checkCard(card: Json, knowsUser: (openId: string) => boolean): JsonObject {
  if (!isObject(card)) throw badCard(200621, 'parse card json err', 'not an object');
  if (card.schema !== '2.0')
    throw badCard(300303, 'card schema must be 2.0', `schema: ${JSON.stringify(card.schema)}`);
  if (Buffer.byteLength(JSON.stringify(card), 'utf8') > MAX_BYTES) throw new ApiError(230025);
  const config = isObject(card.config) ? card.config : {};
  if (config.update_multi === false) throw badCard(300302, 'update_multi must be true', 'false');
  const style = isObject(config.style) ? config.style : {};

  let elements = 0;
  let tables = 0;
  const ids = new Set<string>();
  const names = new Set<string>();
  let place: Place = { container: 'body', depth: 0, form: undefined };

  const walk: Walk = {
    sizes: new Set(Object.keys(isObject(style.text_size) ? style.text_size : {})),
    colors: new Set(Object.keys(isObject(style.color) ? style.color : {})),
    knowsUser,
    count() {
      elements += 1;
      if (elements > MAX_ELEMENTS) {
        throw badCard(11310, `card contains more than ${MAX_ELEMENTS} elements`, 'element exceeds the limit');
      }
    },
    elementId(id, path) {
      if (!/^[A-Za-z][A-Za-z0-9_]{0,19}$/.test(id)) reject(path, `invalid element_id ${JSON.stringify(id)}`);
      if (ids.has(id)) reject(path, id, 300301, 'duplicate element_id');
      ids.add(id);
    },
    elements(list, path, container) {
      if (!Array.isArray(list)) reject(path, 'must be an array');
      const outer = place;
      const depth = container === 'body' || container === 'column_set' ? outer.depth : outer.depth + 1;
      if (depth > MAX_DEPTH) reject(path, `containers nested deeper than ${MAX_DEPTH}`);
      place = { container, depth, form: container === 'form' ? { submits: 0 } : outer.form };
      list.forEach((node, index) => {
        element(node, `${path} -> [${index}]`);
      });
      if (container === 'form' && place.form?.submits === 0) reject(path, 'a form needs a submit button');
      place = outer;
    },
  };

  function element(node: Json, path: string): void {
    if (!isObject(node)) reject(path, 'must be an object');
    const tag = String(node.tag);
    const here = `${path}(tag: ${tag})`;
    const component = Object.hasOwn(COMPONENTS, tag) ? COMPONENTS[tag] : undefined;
    if (!component) {
      reject(here, `unsupported tag ${tag}`, 200861, 'cards of schema V2 no longer support this capability');
    }
    walk.count();
    nesting(tag, here);
    inForm(node, tag, component.kind, here);
    for (const [key, value] of Object.entries(node)) {
      const rule = COMMON[key] ?? (Object.hasOwn(component.props, key) ? component.props[key] : undefined);
      if (!rule) reject(here, `unknown property, property: ${key}`);
      rule(value, `${here} -> ${key}`, walk);
    }
    for (const key of component.required)
      if (!(key in node)) reject(here, `missing property, property: ${key}`);
    component.check?.(node, here);
  }

  function nesting(tag: string, path: string): void {
    const { container } = place;
    if ((container === 'column_set') !== (tag === 'column'))
      reject(path, `${tag} cannot stand in ${container}`);
    if (container === 'button_area' && tag !== 'button') reject(path, 'only buttons in button_area');
    if (tag === 'form' && container !== 'body') reject(path, 'form only at the root of body');
    if (tag === 'table') {
      if (container !== 'body') reject(path, 'table only at the root of body');
      tables += 1;
      if (tables > 5) reject(path, 'more than 5 tables in a card');
    }
  }

  function inForm(node: JsonObject, tag: string, kind: string, path: string): void {
    const { form } = place;
    const named = typeof node.name === 'string' && node.name !== '';
    if (!form) {
      if (/^multi_select_/.test(tag) || (tag === 'select_img' && node.multi_select === true)) {
        reject(path, `${tag} only inside a form`);
      }
      if ('form_action_type' in node) reject(path, 'form_action_type outside a form');
    } else if (kind === 'field' || tag === 'button') {
      if (!named) reject(path, 'name is empty', 200530, 'form item must have a name');
      if (node.form_action_type === 'submit') form.submits += 1;
    }
    if (named && (form || tag === 'form')) {
      const name = String(node.name);
      if (names.has(name)) reject(path, name, 200530, 'form item name is duplicate');
      names.add(name);
    }
  }

  ROOT(card, 'ROOT', walk);
  return card;
}
