import { isObject } from './card-rules.ts';
import { checkContent } from './content.ts';
import { EMOJI } from './emoji.ts';
import { ApiError, badField } from './errors.ts';
import {
  asData,
  chatOf,
  editText,
  findMessage,
  patchCard,
  reachable,
  recall,
  resolveTarget,
  revise,
  send,
  updatable,
} from './messages.ts';
import type { Binary, Call, Route } from './routes.ts';
import type { Json, JsonObject } from './types.ts';

const TOKEN_LIFE_MS = 30 * 60_000;
const BASE = '/open-apis/im/v1/messages';

function onlyFields(body: JsonObject, ...allowed: string[]): void {
  for (const key of Object.keys(body)) if (!allowed.includes(key)) throw badField(key, 'unknown field');
}

function create({ state, query, body }: Call): Json {
  onlyFields(body, 'receive_id', 'msg_type', 'content', 'uuid');
  const type = query.get('receive_id_type');
  if (!type) throw badField('receive_id_type', 'receive_id_type is required');
  return asData(state, send(state, resolveTarget(state, type, body.receive_id), body));
}

function reply({ state, params, body }: Call): Json {
  onlyFields(body, 'msg_type', 'content', 'uuid', 'reply_in_thread');
  const parent = findMessage(state, params.id ?? '');
  const chat = chatOf(state, parent);
  reachable(state, chat);
  if (parent.deleted) throw new ApiError(230011);
  return asData(state, send(state, chat, body, parent));
}

/** A message of a chat the bot is in, for reactions. */
function reactable({ state, params }: Call) {
  const message = state.messages.find((each) => each.id === params.id && !each.deleted);
  if (!message) throw new ApiError(231003);
  const chat = chatOf(state, message);
  if (chat.dissolved) throw new ApiError(232009);
  if (!chat.botIn) throw new ApiError(231008);
  return message;
}

const asReaction = (
  call: Call,
  reaction: { id: string; emoji: string; by: string; at: number },
): JsonObject => ({
  reaction_id: reaction.id,
  operator: {
    operator_id: reaction.by === 'app' ? call.state.appId : reaction.by,
    operator_type: reaction.by === 'app' ? 'app' : 'user',
  },
  action_time: String(reaction.at),
  reaction_type: { emoji_type: reaction.emoji },
});

function react(call: Call): Json {
  const message = reactable(call);
  const type = call.body.reaction_type;
  const emoji = isObject(type) ? type.emoji_type : undefined;
  if (typeof emoji !== 'string' || !EMOJI.has(emoji)) throw new ApiError(231001, String(emoji));
  const already = message.reactions.find((each) => each.by === 'app' && each.emoji === emoji);
  const reaction = already ?? { id: call.state.id(''), emoji, by: 'app', at: call.state.now() };
  if (!already) message.reactions.push(reaction);
  call.state.changed();
  return asReaction(call, reaction);
}

function unreact(call: Call): Json {
  const message = reactable(call);
  const index = message.reactions.findIndex((each) => each.id === call.params.reaction && each.by === 'app');
  const found = message.reactions[index];
  if (!found) throw new ApiError(231007);
  message.reactions.splice(index, 1);
  call.state.changed();
  return asReaction(call, found);
}

function reactions(call: Call): Json {
  const message = reactable(call);
  const type = call.query.get('reaction_type');
  const items = message.reactions.filter((each) => type === null || each.emoji === type);
  return { items: items.map((each) => asReaction(call, each)), has_more: false, page_token: '' };
}

/** Files inside people's messages; audio and video count as `file` (feishu.md 4.5). */
function resource({ state, params, query }: Call): Binary {
  const message = findMessage(state, params.id ?? '');
  if (message.deleted) throw new ApiError(230110);
  if (!chatOf(state, message).botIn) throw new ApiError(234004);
  if (['sticker', 'merge_forward', 'interactive'].includes(message.msgType)) throw new ApiError(234043);
  const type = query.get('type');
  if (type !== 'image' && type !== 'file') throw new ApiError(234001, 'type');
  if (!message.raw.includes(`"${params.key ?? ''}"`)) throw new ApiError(234003);
  return {
    type: type === 'image' ? 'image/png' : 'application/octet-stream',
    name: `${params.key}.bin`,
    bytes: Buffer.from(state.bytes.get(params.key ?? '') ?? Buffer.from('simulated')),
  };
}

/** Delayed update by the token of a click: after the answer, within 30 minutes, twice (2.4). */
function delayedUpdate({ state, body }: Call): Json {
  const token = typeof body.token === 'string' ? state.cardTokens.get(body.token) : undefined;
  if (!token) throw new ApiError(300020);
  if (!token.usable || state.now() - token.madeAt > TOKEN_LIFE_MS) throw new ApiError(300030);
  if (token.uses >= 2) throw new ApiError(300040);
  const message = findMessage(state, token.messageId);
  if (message.deleted) throw new ApiError(200000);
  updatable(state, message);
  const raw = JSON.stringify(body.card ?? null);
  const checked = checkContent(state, 'interactive', raw);
  token.uses += 1;
  revise(state, message, 'delayed', checked, raw);
  return {};
}

export const messageRoutes: Route[] = [
  { method: 'POST', path: BASE, limited: true, answer: 'data', run: create },
  { method: 'POST', path: `${BASE}/:id/reply`, limited: true, answer: 'data', run: reply },
  {
    method: 'PATCH',
    path: `${BASE}/:id`,
    limited: true,
    answer: 'data',
    run: ({ state, params, body }) => {
      patchCard(state, findMessage(state, params.id ?? ''), body);
      return {};
    },
  },
  {
    method: 'PUT',
    path: `${BASE}/:id`,
    limited: true,
    answer: 'data',
    run: ({ state, params, body }) => {
      const message = findMessage(state, params.id ?? '');
      editText(state, message, body);
      return asData(state, message);
    },
  },
  {
    method: 'DELETE',
    path: `${BASE}/:id`,
    limited: true,
    answer: 'data',
    run: ({ state, params }) => {
      recall(state, findMessage(state, params.id ?? ''));
      return {};
    },
  },
  {
    method: 'GET',
    path: `${BASE}/:id`,
    answer: 'data',
    run: ({ state, params }) => {
      const message = findMessage(state, params.id ?? '');
      if (!chatOf(state, message).botIn) throw new ApiError(230002);
      return { items: [asData(state, message)] };
    },
  },
  { method: 'POST', path: `${BASE}/:id/reactions`, limited: true, answer: 'data', run: react },
  { method: 'GET', path: `${BASE}/:id/reactions`, answer: 'data', run: reactions },
  { method: 'DELETE', path: `${BASE}/:id/reactions/:reaction`, limited: true, answer: 'data', run: unreact },
  { method: 'GET', path: `${BASE}/:id/resources/:key`, answer: 'file', run: resource },
  { method: 'POST', path: '/open-apis/interactive/v1/card/update', answer: 'bare', run: delayedUpdate },
];
