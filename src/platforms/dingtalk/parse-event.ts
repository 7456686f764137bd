import { type From, unsupported } from '../from.ts';
import type { Inbound, MembershipIn } from '../platform.ts';
import type { JsonObject } from '../read.ts';
import { digest, either, eitherText, epochMs } from './read.ts';

/** What surrounds an event: Stream writes it into the frame's headers, HTTP into the event itself (dingtalk.md 2.2, 3.2). */
export interface EventHead {
  type: string;
  id: string;
  at?: number;
}

const CHANGES: Record<string, MembershipIn['change']> = {
  chat_add_member: 'users-added',
  chat_remove_member: 'users-removed',
  chat_quit: 'users-removed',
  chat_disband: 'chat-gone',
  im_cool_app_install: 'bot-added',
  im_cool_app_uninstall: 'bot-removed',
};

/** The head of an event that came by HTTP. */
export function headOf(event: JsonObject): EventHead {
  return {
    type: eitherText(event, 'eventType'),
    id: eitherText(event, 'eventId') || eitherText(event, 'bizId'),
    at: epochMs(either(event, 'eventTime')) ?? epochMs(either(event, 'timeStamp')),
  };
}

/** An event of the organisation or a group (dingtalk.md 3.2, 6). Total: what the office has no use for is `unsupported`. */
export function parseEvent(
  event: JsonObject,
  head: EventHead,
  context: { connection: string; now: number },
): Inbound {
  const from: From = {
    connection: context.connection,
    dedupeKey: `evt:${head.id || digest(head.type, event)}`,
    at: head.at ?? context.now,
  };
  const change = CHANGES[head.type];
  const chatId = eitherText(event, 'openConversationId');
  if (!change || !chatId) return unsupported(from, head.type || 'unknown');
  const name = eitherText(event, 'title');
  return {
    ...from,
    kind: 'membership',
    change,
    // The robot lives in groups of its own organisation only (dingtalk.md 1.5).
    chat: { id: chatId, type: 'group', ...(name ? { name } : {}), external: false },
    operator: { id: eitherText(event, 'operator') },
    users: change === 'bot-added' ? [] : usersOf(event),
  };
}

function usersOf(event: JsonObject): { id: string }[] {
  const ids = either(event, 'userId');
  return (Array.isArray(ids) ? ids : [ids])
    .filter((id): id is string => typeof id === 'string' && id !== '')
    .map((id) => ({ id }));
}
