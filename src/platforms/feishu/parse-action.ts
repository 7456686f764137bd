import type { Values } from '../../../cards/card.ts';
import { type From, unsupported } from '../from.ts';
import type { ChatRef, Inbound } from '../platform.ts';
import { isObject, type JsonObject, obj, parseObject, str } from '../read.ts';

/** Keys that our renderer reserves in a callback's value: the neutral action, and "this card went to a person". */
export const ACTION_KEY = 'a';
export const PRIVATE_KEY = '_p';

/**
 * `card.action.trigger` (feishu.md 2.3). The action stands under `a`; an entry of a 更多 menu arrives as the
 * JSON string in `option`; a form's values by field name. A press that is none of ours is `unsupported`.
 */
export function parseAction(
  from: From,
  event: JsonObject,
  chatType: (chatId: string) => ChatRef['type'] | undefined,
): Inbound {
  const action = obj(event, 'action');
  const context = obj(event, 'context');
  const sender = str(obj(event, 'operator'), 'open_id');
  const option = str(action, 'option');
  const chosen = parseObject(option);
  const value = { ...readValue(action.value), ...(chosen ?? {}) };
  const name = str(value, ACTION_KEY);
  if (!name || !sender) return unsupported(from, 'card.action.trigger');

  const values: Values = {};
  for (const [key, item] of Object.entries(value)) {
    if (key !== ACTION_KEY && key !== PRIVATE_KEY && isPrimitive(item)) values[key] = item;
  }
  if (option && !chosen) values.option = option;
  const chatId = str(context, 'open_chat_id');
  const type = value[PRIVATE_KEY] === 1 ? 'p2p' : (chatType(chatId) ?? 'group');
  return {
    ...from,
    kind: 'action',
    chat: { id: chatId, type },
    messageId: str(context, 'open_message_id'),
    sender: { id: sender },
    action: name,
    value: values,
    form: readForm(obj(action, 'form_value')),
  };
}

/** An object by our own rendering; a JSON string is understood too (2.3: "object or string"). */
function readValue(value: unknown): JsonObject {
  if (isObject(value)) return value;
  return (typeof value === 'string' ? parseObject(value) : undefined) ?? {};
}

function readForm(form: JsonObject): Record<string, string | string[]> {
  const out: Record<string, string | string[]> = {};
  for (const [name, value] of Object.entries(form)) {
    if (typeof value === 'string') out[name] = plainDate(value);
    else if (Array.isArray(value)) out[name] = value.filter((item) => typeof item === 'string');
    else if (isPrimitive(value)) out[name] = String(value);
  }
  return out;
}

/** A date picker answers `2024-04-01 +0800`: the day is what was picked, the offset is the phone's. */
function plainDate(value: string): string {
  return /^\d{4}-\d{2}-\d{2} [+-]\d{4}$/.test(value) ? value.slice(0, 10) : value;
}

function isPrimitive(value: unknown): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}
