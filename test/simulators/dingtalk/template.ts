import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isObject, parseJson } from './json.ts';
import type { SimTemplate } from './options.ts';
import type { Json } from './types.ts';

const FILE = join(import.meta.dirname, '../../../cards/dingtalk-template.json');

/** Names under which an export of the card builder lists its variables. */
function variablesOf(value: Json | undefined, found: Set<string>): void {
  if (typeof value === 'string' && /^\s*[[{]/.test(value)) {
    variablesOf(parseJson(value), found);
    return;
  }
  if (Array.isArray(value)) {
    for (const each of value) variablesOf(each, found);
    return;
  }
  if (!isObject(value)) return;
  for (const [key, inner] of Object.entries(value)) {
    if (/^variables?$/i.test(key) && Array.isArray(inner)) {
      for (const each of inner) {
        const name = isObject(each) ? (each.name ?? each.key) : each;
        if (typeof name === 'string') found.add(name);
      }
    }
    variablesOf(inner, found);
  }
}

/** The template that an administrator imported from the repository's JSON file and published (4.7). */
export function repositoryTemplate(id: string): SimTemplate {
  if (!existsSync(FILE)) return { id };
  const found = new Set<string>();
  variablesOf(parseJson(readFileSync(FILE, 'utf8')), found);
  return { id, ...(found.size > 0 ? { variables: [...found] } : {}) };
}
