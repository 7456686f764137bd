import type { Delivery, Outbound } from '../platform.ts';
import { classify } from './classify.ts';
import { WEBHOOK_PER_MINUTE } from './limits.ts';
import type { MeteredClient } from './meter.ts';
import { renderText } from './render.ts';
import type { SessionWebhooks } from './session-webhooks.ts';

const MINUTE = 60_000;

/** Webhook sends have no id of their own; this prefix says that they can be neither updated nor taken back. */
export const WEBHOOK_ID = 'wh:';

/**
 * A line in a group that names whom it answers: only a webhook can @, and only if the text names him too
 * (dingtalk.md 5.4). undefined: not this way, and nothing was sent, so the API may take it.
 */
export function createWebhookSend(webhooks: Pick<SessionWebhooks, 'take'>, now: () => number) {
  const sent = new Map<string, number[]>();

  /** Twenty a minute into one group; the twenty-first would shut it for ten (dingtalk.md 5.5). */
  function hasRoom(group: string): boolean {
    const recent = (sent.get(group) ?? []).filter((at) => at > now() - MINUTE);
    if (recent.length >= WEBHOOK_PER_MINUTE) return false;
    for (const [other, times] of sent) if ((times.at(-1) ?? 0) <= now() - MINUTE) sent.delete(other);
    sent.set(group, [...recent, now()]);
    return true;
  }

  return async (client: MeteredClient, out: Outbound): Promise<Delivery | undefined> => {
    const { answers, content, target } = out;
    if (!answers || !('text' in content) || target.type !== 'chat') return undefined;
    const webhook = webhooks.take(answers.messageId, now());
    // The address came with a message of that very conversation, or it is not ours to use.
    if (!webhook || webhook.conversationId !== target.id || !hasRoom(target.id)) return undefined;
    const { msgParam } = renderText(`@${answers.personId} ${content.text}`);
    const posted = await client.post(webhook.url, {
      msgtype: 'text',
      text: { content: msgParam.content ?? '' },
      at: { atUserIds: [answers.personId], isAtAll: false },
    });
    if (posted.ok) return { status: 'sent', messageId: `${WEBHOOK_ID}${out.uuid}` };
    const failure = classify(posted.failure);
    // A definite "no" (expired, stopped, too fast) is no reason to say nothing.
    return failure.status === 'unknown' ? failure : undefined;
  };
}
