import { createHash } from 'node:crypto';
import { type JsonObject, str } from '../read.ts';

/** Epoch ms of a stamp that the pages write now as number, now as string, in ms or s; undefined when it is none. */
export function epochMs(stamp: unknown): number | undefined {
  const value = typeof stamp === 'string' && /^\d{1,15}$/.test(stamp) ? Number(stamp) : stamp;
  if (typeof value !== 'number' || !Number.isFinite(value) || value <= 0) return undefined;
  return value < 1e11 ? value * 1000 : Math.floor(value);
}

/** A field that HTTP writes `OpenConversationId` and Stream `openConversationId` (dingtalk.md 3.2). */
export function either(parent: JsonObject, camel: string): unknown {
  return parent[camel] ?? parent[camel.charAt(0).toUpperCase() + camel.slice(1)];
}

export function eitherText(parent: JsonObject, camel: string): string {
  const value = either(parent, camel);
  return typeof value === 'string' ? value : '';
}

/** A stand-in for an id that is missing: by what was said. */
export function digest(...parts: unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 40);
}

/** The first of these keys that holds text. */
export function firstText(parent: unknown, ...keys: string[]): string {
  return keys.map((key) => str(parent, key)).find((text) => text !== '') ?? '';
}
