import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isObject, objects, parseJson } from './json.ts';
import type { Json, JsonObject } from './types.ts';

const FILE = join(import.meta.dirname, '../../../cards/dingtalk-template.json');

export interface Variable {
  name: string;
  type: string;
  private: boolean;
  /** Names inside each entry of a loopArray. */
  inside: string[];
}

/** A card template as the builder holds it: its variables and the tree of its components. */
export interface Design {
  variables: Map<string, Variable>;
  root: JsonObject;
}

function parsed(text: Json | undefined, what: string): JsonObject {
  const value = typeof text === 'string' ? parseJson(text) : undefined;
  if (!isObject(value)) throw new Error(`the template's ${what} is no JSON of an object`);
  return value;
}

/**
 * What an administrator gets who imports the repository's file into the card builder (dingtalk.md 4.7). A file is no
 * shared code; what it does not say, no client would draw.
 */
export function importDesign(text = readFileSync(FILE, 'utf8')): Design {
  const file = parsed(text, 'file');
  if (file.type !== 'im' || file.mode !== 'card') throw new Error('no export of a message card');
  if (typeof file.widgetInfo !== 'string') throw new Error('the export has no widgetInfo');
  const editor = parsed(file.editorData, 'editorData');
  const schema = isObject(editor.schema) ? editor.schema : {};
  const root = objects(schema.componentsTree)[0];
  if (root?.componentName !== 'Card') throw new Error('the export has no card');
  const variables = objects(editor.variableList).map(
    (each): Variable => ({
      name: String(each.name),
      type: String(each.type),
      private: each.private === true,
      inside: objects(each.schema).map((inner) => String(inner.name)),
    }),
  );
  return { root, variables: new Map(variables.map((each) => [each.name, each])) };
}

/** What is wrong with the values of variables: unknown names, values that are no JSON of their type (4.2). */
export function variableFaults(
  design: Design,
  vars: Record<string, string>,
  of: 'public' | 'private',
): string[] {
  const faults: string[] = [];
  for (const [name, text] of Object.entries(vars)) {
    const variable = design.variables.get(name);
    if (!variable) {
      if (!name.startsWith('sys_')) faults.push(`the template has no variable ${name}`);
      continue;
    }
    if (of === 'private' && !variable.private) faults.push(`${name} is not flagged private in the template`);
    faults.push(...typeFaults(variable, text));
  }
  return faults;
}

function typeFaults({ name, type, inside }: Variable, text: string): string[] {
  if (type === 'boolean') return ['true', 'false', ''].includes(text) ? [] : [`${name} is no boolean`];
  if (type === 'form') return isObject(parseJson(text)) ? [] : [`${name} is no JSON of a form`];
  if (type !== 'loopArray') return [];
  const list = parseJson(text);
  if (!Array.isArray(list)) return [`${name} is no JSON of a list`];
  return list.flatMap((entry) =>
    isObject(entry)
      ? Object.entries(entry).flatMap(([key, value]) => [
          ...(inside.includes(key) ? [] : [`${name} has no ${key} in its entries`]),
          ...(typeof value === 'string' ? [] : [`${key} in ${name} is no string`]),
        ])
      : [`an entry of ${name} is no object`],
  );
}

/** Public variables that a whole map leaves out: the client would draw holes. */
export const missing = (design: Design, vars: Record<string, string>): string[] =>
  [...design.variables.values()]
    .filter((each) => !each.private && !(each.name in vars))
    .map((each) => each.name);
