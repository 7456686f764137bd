import { ApiError } from './errors.ts';
import { post } from './messages.ts';
import type { Call, Route } from './routes.ts';
import type { Json } from './types.ts';
import { readWebhook } from './webhook-body.ts';

const BODY_BYTES = 20_000;

/** Session webhooks (dingtalk.md 5.4): no token, 90 minutes, errors as errcode; each costs a push of the month. */
function sendBySession({ state, query, body, bytes }: Call): Json {
  const session = state.sessions.get(query.get('session') ?? '');
  if (!session || session.expiresAt <= state.now()) throw new ApiError(300001);
  if (bytes.length > BODY_BYTES) throw new ApiError(460101);
  const chat = state.chats.get(session.chatId);
  if (!chat || chat.dissolved || !chat.botIn) throw new ApiError(300001);
  state.rate.webhook(chat.id);
  if (!state.quota.take('pushes')) throw new ApiError(90020);
  post(state, chat, { id: state.id('whm'), via: 'webhook', ...readWebhook(state, chat, body) });
  return { errcode: 0, errmsg: 'ok' };
}

export const webhookRoutes: Route[] = [
  { method: 'POST', path: '/robot/sendBySession', family: 'webhook', free: true, run: sendBySession },
];
