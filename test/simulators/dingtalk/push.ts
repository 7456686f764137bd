import { isObject } from './json.ts';
import { createHttpPush } from './push-http.ts';
import type { State } from './state.ts';
import type { Ack, Frame, Stream } from './stream.ts';
import type { Delivery, JsonObject, PushEvent } from './types.ts';

/**
 * Waiting times until an unacknowledged push comes again. HTTP events: dingtalk.md 3.2; over Stream within 60 s (2.4).
 * Nothing is known of robot messages by HTTP: the test repeats them itself. Card callbacks never come again.
 */
const AGAIN_MS = { http: { event: [10_000, 30_000] }, stream: [16_000, 44_000] };

/** Real ms to wait for an answer (1.6, 2.4, 4.5). */
const WAIT_MS = { webhook: 2500, stream: 3000, card: 2000 };

/** Contact events are exempt from the month (5.9). */
const FREE = /^(user_|org_|label_)/;

/** The side on which the platform calls the server. */
export function createPush(state: State, stream: Stream) {
  const waitMs = (kind: PushEvent['kind']): number =>
    state.ackTimeoutMs ?? WAIT_MS[kind === 'card' ? 'card' : state.transport];

  const http = createHttpPush(state, waitMs);

  function frame(event: PushEvent, data: JsonObject): Frame {
    const messageId = `frame-${event.id}`;
    if (event.kind === 'robot')
      return { type: 'CALLBACK', topic: '/v1.0/im/bot/messages/get', messageId, data };
    if (event.kind === 'card')
      return { type: 'CALLBACK', topic: '/v1.0/card/instances/callback', messageId, data };
    const headers = {
      eventType: event.eventType,
      eventId: event.id,
      eventCorpId: state.corpId,
      eventBornTime: String(state.now()),
      eventUnifiedAppId: 'sim-unified-app',
    };
    return { type: 'EVENT', topic: '*', messageId, headers, data };
  }

  async function byStream(event: PushEvent, data: JsonObject): Promise<Ack> {
    const ack = await stream.push(frame(event, data), waitMs(event.kind));
    if (event.kind !== 'event' || ack.status !== 200) return ack;
    const status = isObject(ack.body) ? ack.body.status : undefined;
    if (status === 'SUCCESS') return ack;
    if (status !== 'LATER') state.complaints.push(`stream: event acked with status ${String(status)}`);
    return { ...ack, status: 0, why: String(status) };
  }

  /** What is left of a robot message when the month's pushes are used up (1.6). */
  function emptied(data: JsonObject): JsonObject {
    const { text: _text, content: _content, ...rest } = data;
    return { ...rest, errorCode: 20001, errorMessage: '本月Webhook和Stream推送次数已用完' };
  }

  function schedule(event: PushEvent, pushed: boolean): void {
    if (event.attempts.some((each) => each.acked) || event.kind === 'card') return;
    // A robot message that meets no connection is gone (2.4: fire and forget).
    if (event.kind === 'robot' && (state.transport === 'webhook' || !pushed)) return;
    const delays = state.transport === 'stream' ? AGAIN_MS.stream : AGAIN_MS.http.event;
    const delay = delays[event.attempts.length - 1];
    if (delay !== undefined) event.nextAt = state.now() + delay;
    else if (event.kind === 'event')
      state.lost.push({
        [event.eventType]: event.data,
        event_time: state.now(),
        call_back_tag: event.eventType,
      });
  }

  /** One push; what was not acknowledged comes again where the platform repeats it. */
  async function attempt(event: PushEvent): Promise<Delivery> {
    event.nextAt = undefined;
    const base = { eventId: event.id, eventType: event.eventType };
    const counted = FREE.test(event.eventType) || state.quota.take('pushes');
    if (!counted && event.kind !== 'robot')
      return {
        ...base,
        pushed: false,
        status: 0,
        acked: false,
        body: undefined,
        ms: 0,
        why: 'month used up',
      };
    const at = state.now();
    const data = counted ? event.data : emptied(event.data);
    const ack = state.transport === 'stream' ? await byStream(event, data) : await http.push(event, data);
    const acked = ack.status === 200;
    event.attempts.push({ at, status: ack.status, acked, ms: ack.ms });
    schedule(event, ack.pushed);
    state.changed();
    const { pushed, status, body, ms } = ack;
    return { ...base, pushed, status, acked, body, ms, ...(ack.why ? { why: ack.why } : {}) };
  }

  function make(kind: PushEvent['kind'], eventType: string, data: JsonObject, id = state.id('')): PushEvent {
    const made: PushEvent = { id, kind, eventType, data, attempts: [] };
    state.events.push(made);
    return made;
  }

  function find(id: string): PushEvent {
    const event = state.events.findLast((each) => each.id === id);
    if (!event) throw new Error(`no such event: ${id}`);
    return event;
  }

  return {
    send: http.send,
    pack: http.pack,
    sendEvent: http.sendEvent,
    robotHeaders: http.robotHeaders,
    cardHeaders: http.cardHeaders,
    make,
    attempt,
    repush: (id: string): Promise<Delivery> => attempt(find(id)),
    async advance(ms: number): Promise<void> {
      const until = state.now() + ms;
      for (;;) {
        const due = state.events
          .filter((each) => each.nextAt !== undefined && each.nextAt <= until)
          .sort((a, b) => Number(a.nextAt) - Number(b.nextAt))[0];
        if (!due) break;
        state.shift(Math.max(0, Number(due.nextAt) - state.now()));
        await attempt(due);
      }
      state.shift(Math.max(0, until - state.now()));
    },
  };
}

export type Push = ReturnType<typeof createPush>;
