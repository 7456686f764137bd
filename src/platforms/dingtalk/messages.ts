import type { Delivery, Outbound } from '../platform.ts';
import { list, obj, str } from '../read.ts';
import { classify } from './classify.ts';
import type { Called } from './client.ts';
import { RETRY } from './limits.ts';
import type { MeteredClient } from './meter.ts';
import type { MessageBody } from './render.ts';

type Failed = Extract<Called, { ok: false }>;

/** A message that is no card: its parameters go as a JSON string (dingtalk.md 5.2). */
export async function sendMessage(
  { call }: MeteredClient,
  robotCode: string,
  target: Outbound['target'],
  { msgKey, msgParam }: MessageBody,
): Promise<Delivery> {
  const message = { robotCode, msgKey, msgParam: JSON.stringify(msgParam) };
  const sent =
    target.type === 'user'
      ? await call('POST', '/v1.0/robot/oToMessages/batchSend', { ...message, userIds: [target.id] })
      : await call('POST', '/v1.0/robot/groupMessages/send', { ...message, openConversationId: target.id });
  if (!sent.ok) return failureOf(sent);
  // HTTP 200 says nothing about the one person it was for (dingtalk.md 5.2).
  if (list(sent.answer, 'invalidStaffIdList').includes(target.id))
    return {
      status: 'failed',
      code: 'invalid_staff_id',
      reason: '找不到收信人，可能已离职或不在应用的可见范围',
    };
  if (list(sent.answer, 'flowControlledStaffIdList').includes(target.id))
    return { status: 'retry', code: 'flow_controlled', afterMs: RETRY.tooMuch };
  const messageId = str(sent.answer, 'processQueryKey');
  return messageId ? { status: 'sent', messageId } : { status: 'unknown', code: 'no_message_id' };
}

/** Takes back a message by its processQueryKey, without a trace in the chat (dingtalk.md 5.2). */
export async function recallMessage(
  { call }: MeteredClient,
  robotCode: string,
  target: Outbound['target'],
  messageId: string,
): Promise<Delivery> {
  const keys = { robotCode, processQueryKeys: [messageId] };
  const recalled =
    target.type === 'user'
      ? await call('POST', '/v1.0/robot/otoMessages/batchRecall', keys)
      : await call('POST', '/v1.0/robot/groupMessages/recall', { ...keys, openConversationId: target.id });
  if (!recalled.ok) return repeatable(recalled);
  if (list(recalled.answer, 'successResult').includes(messageId)) return { status: 'sent', messageId };
  const why = str(obj(recalled.answer, 'failedResult'), messageId);
  return {
    status: 'failed',
    code: why ? 'recall_refused' : 'recall_unconfirmed',
    reason: '这条消息撤不回了',
  };
}

/** Without a token nothing was sent, whatever the reason was. */
export function failureOf(called: Failed): Exclude<Delivery, { status: 'sent' }> {
  const failure = classify(called.failure);
  if (!called.tokenMissing) return failure;
  const afterMs = failure.status === 'retry' ? failure.afterMs : RETRY.tooMuch;
  return { status: 'retry', code: `token_${failure.code}`, ...(afterMs ? { afterMs } : {}) };
}

/** What does the same once or twice is repeated at any age, however doubtful its outcome. */
export function repeatable(called: Failed): Exclude<Delivery, { status: 'sent' }> {
  const failure = failureOf(called);
  return failure.status === 'unknown' ? { status: 'retry', code: failure.code } : failure;
}
