import { checkMarkdown, checkUrl } from './content.ts';
import { ApiError } from './errors.ts';
import { isObject, isStrings, objects } from './json.ts';
import type { Chat, State } from './state.ts';
import type { Json, JsonObject } from './types.ts';

export interface WebhookMessage {
  msgType: string;
  content: JsonObject;
  at: string[];
  atAll: boolean;
}

const bad = (detail: string): ApiError => new ApiError(40035, detail);

function textOf(part: JsonObject, msgtype: string): string {
  const text = msgtype === 'text' ? part.content : part.text;
  if (typeof text !== 'string' || text.trim() === '') throw bad(`${msgtype}: no text`);
  return text;
}

/** Buttons of an actionCard: one with singleURL, or a list. */
function checkButtons(state: State, card: JsonObject): void {
  if (card.singleURL !== undefined) {
    checkUrl(state, 'actionCard', card.singleURL);
    return;
  }
  const buttons = objects(card.btns);
  if (buttons.length === 0) throw bad('actionCard without buttons');
  for (const each of buttons) {
    if (typeof each.title !== 'string') throw bad('actionCard: a button without title');
    checkUrl(state, 'actionCard', each.actionURL);
  }
}

/** Whom it notifies: only who is in `at` and in the text, and in the group (dingtalk.md 5.4). */
function mentions(state: State, chat: Chat, at: Json | undefined, text: string, where: string): string[] {
  if (at === undefined) return [];
  if (!isObject(at)) throw bad('at is no object');
  if (at.atUserIds !== undefined && !isStrings(at.atUserIds)) throw bad('at.atUserIds is no list of ids');
  const ids = isStrings(at.atUserIds) ? at.atUserIds : [];
  if (ids.length > 0 && !['text', 'markdown', 'actionCard'].includes(where))
    state.complaints.push(`webhook: ${where} can name nobody`);
  return ids.filter((id) => {
    const written = text.includes(`@${id}`);
    if (!written) state.complaints.push(`webhook: @${id} is in at.atUserIds, but not in the text`);
    return written && chat.members.has(id);
  });
}

/** Reads a message in the webhook's format, which answers of HTTP robots share (1.6, 5.4). */
export function readWebhook(state: State, chat: Chat, body: JsonObject): WebhookMessage {
  const msgtype = String(body.msgtype);
  if (!['text', 'markdown', 'link', 'actionCard', 'feedCard'].includes(msgtype))
    throw bad(`msgtype ${msgtype}`);
  const content = body[msgtype];
  if (!isObject(content)) throw bad(`${msgtype} is missing`);
  for (const key of Object.keys(body)) {
    if (!['msgtype', 'at', 'msgUuid', msgtype].includes(key)) throw bad(`unknown parameter ${key}`);
  }
  const text = msgtype === 'feedCard' ? '' : textOf(content, msgtype);
  if (msgtype === 'markdown' || msgtype === 'actionCard')
    checkMarkdown(state, msgtype, content.title ?? '', text);
  if (msgtype === 'actionCard') checkButtons(state, content);
  const at = mentions(state, chat, body.at, text, msgtype);
  return { msgType: msgtype, content, at, atAll: isObject(body.at) && body.at.isAtAll === true };
}
