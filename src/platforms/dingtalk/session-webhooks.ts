import { type JsonObject, str } from '../read.ts';
import { epochMs } from './read.ts';

/** Where one message can be answered with a real @, for about 90 minutes (dingtalk.md 5.4). Whoever has the URL can post: it is never logged. */
export interface SessionWebhook {
  url: string;
  conversationId: string;
  /** Who wrote the message. */
  personId: string;
}

export interface SessionWebhooks {
  /** From a robot message that was checked. */
  remember(message: JsonObject): void;
  /** The webhook of that message while it is valid; it may be asked for again. */
  take(messageId: string, now: number): SessionWebhook | undefined;
}

const REMEMBERED = 5_000;

/**
 * In memory only: after a restart answers go by the API, without the @. A message's body is not signed, so only
 * DingTalk's hosts are believed, and those of the configured bases (a gateway's inside, a test's).
 */
export function createSessionWebhooks(bases: readonly string[]): SessionWebhooks {
  const known = new Map<string, SessionWebhook & { expiresAt: number }>();
  const origins = new Set(bases.map((base) => new URL(base).origin));

  return {
    remember(message) {
      const url = str(message, 'sessionWebhook');
      const messageId = str(message, 'msgId');
      const expiresAt = epochMs(message.sessionWebhookExpiredTime);
      if (!messageId || expiresAt === undefined || !isTrusted(url, origins)) return;
      known.delete(messageId);
      known.set(messageId, {
        url,
        expiresAt,
        conversationId: str(message, 'conversationId'),
        personId: str(message, 'senderStaffId'),
      });
      if (known.size > REMEMBERED) {
        const oldest = known.keys().next();
        if (!oldest.done) known.delete(oldest.value);
      }
    },
    take(messageId, now) {
      const found = known.get(messageId);
      if (!found) return undefined;
      if (found.expiresAt <= now) {
        known.delete(messageId);
        return undefined;
      }
      const { expiresAt: _, ...webhook } = found;
      return webhook;
    },
  };
}

function isTrusted(text: string, origins: ReadonlySet<string>): boolean {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.username !== '' || url.password !== '') return false;
  if (origins.has(url.origin)) return true;
  return url.protocol === 'https:' && url.port === '' && url.hostname.endsWith('.dingtalk.com');
}
