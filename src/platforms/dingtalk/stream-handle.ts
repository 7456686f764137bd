import { describeError, type Log } from '../../lib/log.ts';
import type { Answer, Inbound } from '../platform.ts';
import { type JsonObject, parseObject, str } from '../read.ts';
import type { EventHead } from './parse-event.ts';
import { digest, epochMs } from './read.ts';
import { ack, CARD_TOPIC, type Frame, ROBOT_TOPIC, readFrame } from './stream-frame.ts';

/** How bodies become what the office understands; the same for both ways in. */
export interface Reader {
  message(body: JsonObject): Inbound;
  /** `key` names this very press. */
  card(body: JsonObject, key: string, at: number | undefined): Inbound;
  event(body: JsonObject, head: EventHead): Inbound;
  /** The wire form of the answer to a press. */
  cardAnswer(inbound: Inbound, answer: Answer): unknown;
}

export interface HandlerOptions {
  reader: Reader;
  deliver: (inbound: Inbound) => Promise<Answer>;
  log: Log;
}

const EVENT_DONE = JSON.stringify({ status: 'SUCCESS', message: '' });
const EVENT_LATER = JSON.stringify({ status: 'LATER', message: '' });

/**
 * One frame to its acknowledgement, or none where none is due. Never rejects. Acknowledged only after `deliver`
 * resolved, that is after the durable commit; where that failed DingTalk is told so and pushes again (decision 1).
 */
export async function handleFrame(
  text: string,
  options: HandlerOptions,
): Promise<string | 'disconnect' | undefined> {
  const frame = readFrame(text);
  if (!frame) {
    options.log.warn({ platform: 'dingtalk', size: text.length }, 'Stream 收到读不懂的帧，已跳过');
    return undefined;
  }
  if (frame.type === 'SYSTEM') return handleSystem(frame);
  if (frame.type !== 'EVENT' && frame.topic !== ROBOT_TOPIC && frame.topic !== CARD_TOPIC)
    return ack(frame, 404, '{}');
  const failed = ack(frame, 500, frame.type === 'EVENT' ? EVENT_LATER : '{"response":null}');
  try {
    const body = parseObject(frame.data);
    if (!body) {
      options.log.warn({ platform: 'dingtalk', topic: frame.topic }, 'Stream 收到的内容不是 JSON，已退回');
      return failed;
    }
    return ack(frame, 200, await handlePush(frame, body, options));
  } catch (error) {
    options.log.error(
      { platform: 'dingtalk', topic: frame.topic, error: describeError(error) },
      '没能落盘，请钉钉重推',
    );
    return failed;
  }
}

/** CONNECTED, REGISTERED and KEEPALIVE are life signs and want no answer. */
function handleSystem(frame: Frame): string | 'disconnect' | undefined {
  if (frame.topic === 'ping') return ack(frame, 200, frame.data);
  return frame.topic === 'disconnect' ? 'disconnect' : undefined;
}

async function handlePush(
  frame: Frame,
  body: JsonObject,
  { reader, deliver }: HandlerOptions,
): Promise<string> {
  if (frame.type === 'EVENT') {
    const head: EventHead = {
      type: str(frame.headers, 'eventType'),
      id: str(frame.headers, 'eventId'),
      at: epochMs(frame.headers.eventBornTime) ?? epochMs(frame.headers.time),
    };
    await deliver(reader.event(body, head));
    return EVENT_DONE;
  }
  if (frame.topic === ROBOT_TOPIC) {
    // What is answered here is ignored (dingtalk.md 2.3).
    await deliver(reader.message(body));
    return '{"response":null}';
  }
  const inbound = reader.card(body, frame.messageId || digest(frame.data), epochMs(frame.headers.time));
  return JSON.stringify({ response: reader.cardAnswer(inbound, await deliver(inbound)) });
}
