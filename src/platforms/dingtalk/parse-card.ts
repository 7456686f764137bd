import type { Value, Values } from '../../../cards/card.ts';
import { type From, unsupported } from '../from.ts';
import type { ChatRef, Inbound } from '../platform.ts';
import { isObject, type JsonObject, obj, parseObject, str } from '../read.ts';
import { eitherText, epochMs } from './read.ts';
import { GROUP_KEY } from './render-card.ts';

/**
 * `actionCallback` of a card, the same by HTTP and Stream (dingtalk.md 4.5). Our template sends back `action`,
 * `value` (a JSON string) and, from a form, `form`. `outTrackId` is the message's id. A press that is none of
 * ours is `unsupported`.
 */
export function parseCard(callback: JsonObject, from: From): Inbound {
  const content = parseContent(callback);
  const privateData = obj(content, 'cardPrivateData');
  const params = isObject(privateData.params) ? privateData.params : obj(content, 'params');
  const given = readObject(params.value);
  const action = str(params, 'action');
  const sender = str(callback, 'userId');
  const messageId = str(callback, 'outTrackId');
  if (!action || !sender || !messageId) return unsupported(from, 'card.actionCallback');

  const value: Values = {};
  for (const [key, item] of Object.entries(given)) {
    if (key !== GROUP_KEY && isPrimitive(item)) value[key] = item;
  }
  return {
    ...from,
    at: epochMs(eitherText(callback, 'eventTime')) ?? from.at,
    kind: 'action',
    chat: chatOf(callback, str(given, GROUP_KEY)),
    messageId,
    sender: { id: sender },
    action,
    value,
    form: readForm(readObject(params.form)),
  };
}

/** A JSON string under `content`, on one page under `value`; an object is understood too. */
function parseContent(callback: JsonObject): JsonObject {
  const content = readObject(callback.content);
  return Object.keys(content).length > 0 ? content : readObject(callback.value);
}

/**
 * Our own mark decides, for a group must not be taken for a private chat. Without it the space does where it names a group; a bare conversation id may be either,
 * so it is passed on and the office looks whether it knows that group.
 */
function chatOf(callback: JsonObject, marked: string): ChatRef {
  if (marked) return { id: marked, type: 'group' };
  const [, model, named] =
    /^(?:dtv1\.card\/\/)?(im_group|im_robot)\.(.+)$/i.exec(str(callback, 'spaceId')) ?? [];
  const space = (model ?? str(callback, 'spaceType')).toUpperCase();
  const id = named ?? str(callback, 'spaceId');
  if (space === 'IM_GROUP') return { id, type: 'group' };
  return { id: space !== 'IM_ROBOT' && id.startsWith('cid') ? id : '', type: 'p2p' };
}

/** Lists and choices come as {index, value}, ticks as booleans (dingtalk.md 4.4); ours are strings and lists of strings. */
function readForm(form: JsonObject): Record<string, string | string[]> {
  const out: Record<string, string | string[]> = {};
  for (const [name, given] of Object.entries(form)) {
    const value = isObject(given) ? given.value : given;
    if (Array.isArray(value)) out[name] = value.filter(isPrimitive).map(String);
    else if (typeof value === 'string') out[name] = plainDay(value);
    else if (isPrimitive(value)) out[name] = String(value);
  }
  return out;
}

const SHANGHAI_MS = 8 * 3_600_000;

/** How a date is written back is not documented: an ISO instant becomes the day it is in China. */
function plainDay(value: string): string {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}[\d:.]*(?:Z|[+-]\d{2}:?\d{2})$/.test(value)) return value;
  const at = Date.parse(value);
  return Number.isNaN(at) ? value : new Date(at + SHANGHAI_MS).toISOString().slice(0, 10);
}

function readObject(value: unknown): JsonObject {
  if (isObject(value)) return value;
  return (typeof value === 'string' ? parseObject(value) : undefined) ?? {};
}

function isPrimitive(value: unknown): value is Value {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}
