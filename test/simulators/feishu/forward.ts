import { ApiError, badField } from './errors.ts';
import { asData, chatOf, findMessage, reachable, resolveTarget, send } from './messages.ts';
import type { Call, Route } from './routes.ts';
import type { Json } from './types.ts';

/** What cannot be forwarded (the official page of the call); system messages are none of the simulator's. */
const NEVER = new Set(['audio', 'sticker']);

/** POST messages/:id/forward: the same content anew, as the bot's message; uuid as for a send. */
function forward({ state, params, query, body }: Call): Json {
  for (const key of Object.keys(body)) if (key !== 'receive_id') throw badField(key, 'unknown field');
  const type = query.get('receive_id_type');
  if (!type) throw badField('receive_id_type', 'receive_id_type is required');
  const original = findMessage(state, params.id ?? '');
  const from = chatOf(state, original);
  if (from.type === 'group') reachable(state, from);
  if (original.deleted) throw new ApiError(230011);
  if (NEVER.has(original.msgType)) throw new ApiError(230054);
  const chat = resolveTarget(state, type, body.receive_id);
  // A picture somebody sent may be forwarded though the bot did not upload it.
  for (const key of original.raw.match(/(?:img|file)_v3_[0-9a-f]+/g) ?? [])
    state.botFiles.set(key, key.startsWith('img') ? 'image' : 'file');
  const content =
    original.msgType === 'post' ? JSON.stringify({ zh_cn: JSON.parse(original.raw) }) : original.raw;
  const uuid = query.get('uuid');
  return asData(state, send(state, chat, { msg_type: original.msgType, content, ...(uuid ? { uuid } : {}) }));
}

export const forwardRoute: Route = {
  method: 'POST',
  path: '/open-apis/im/v1/messages/:id/forward',
  limited: true,
  answer: 'data',
  run: forward,
};
