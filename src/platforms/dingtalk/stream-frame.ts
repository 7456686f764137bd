import { isObject, type JsonObject, obj, parseObject, str } from '../read.ts';

/** What the server sends (dingtalk.md 2.2). */
export interface Frame {
  type: string;
  topic: string;
  messageId: string;
  headers: JsonObject;
  /** JSON in a string. */
  data: string;
}

export const ROBOT_TOPIC = '/v1.0/im/bot/messages/get';
export const CARD_TOPIC = '/v1.0/card/instances/callback';

/** What is asked for; the events themselves are ticked in the console. */
export const SUBSCRIPTIONS = [
  { type: 'EVENT', topic: '*' },
  { type: 'CALLBACK', topic: ROBOT_TOPIC },
  { type: 'CALLBACK', topic: CARD_TOPIC },
];

/** Undefined for what is no frame; one sample of the documentation writes `header`. */
export function readFrame(text: string): Frame | undefined {
  const frame = parseObject(text);
  if (!frame) return undefined;
  const headers = isObject(frame.headers) ? frame.headers : obj(frame, 'header');
  const type = str(frame, 'type');
  const topic = str(headers, 'topic');
  if (!type || !topic) return undefined;
  return { type, topic, messageId: str(headers, 'messageId'), headers, data: str(frame, 'data') };
}

/** The acknowledgement (dingtalk.md 2.3); `data` as it shall stand there. */
export function ack(frame: Frame, code: 200 | 404 | 500, data: string): string {
  const message = { 200: 'OK', 404: 'not implemented', 500: 'failed' }[code];
  const headers = { messageId: frame.messageId, contentType: 'application/json' };
  return JSON.stringify({ code, message, headers, data });
}
