import { AppError } from '../../lib/errors.ts';
import { describeError, type Log } from '../../lib/log.ts';
import type { Answer, Inbound } from '../platform.ts';
import { isObject, type JsonObject, list } from '../read.ts';
import { classify } from './classify.ts';
import type { DingTalkClient } from './client.ts';
import type { EventHead } from './parse-event.ts';
import { digest, eitherText, epochMs, firstText } from './read.ts';

const MINUTE = 60_000;
/**
 * At the start, and once more: what was pushed in vain until just before it is in the list only some minutes later
 * (dingtalk.md 3.2: pushes after 10 and 30 s, the list after 3 to 5 minutes).
 */
const LOOK_AFTER = [0, 6 * MINUTE];
const AGAIN_AFTER = MINUTE;
const TRIES = 60;
/** Reading empties a page of the list, so it ends; this is for a list that does not. */
const PAGES = 50;

/** Reads the list to its end; DingTalk keeps none of it. Rejects when nothing could be read. */
export async function readLostEvents({ callOld }: Pick<DingTalkClient, 'callOld'>): Promise<JsonObject[]> {
  const found: JsonObject[] = [];
  for (let page = 0; page < PAGES; page += 1) {
    const asked = await callOld('/call_back/get_call_back_failed_result');
    if (!asked.ok) {
      // What was read before is in no list any more.
      if (found.length > 0) return found;
      const { code } = classify(asked.failure);
      throw new AppError(code, { userText: '没推到的事件暂时问不到。' });
    }
    found.push(...list(asked.answer, 'failed_list').filter(isObject));
    if (asked.answer.has_more !== true) break;
  }
  return found;
}

/** An entry of the list as the event that was pushed: its fields lie under the name of its type. */
export function openLostEvent(entry: JsonObject): { event: JsonObject; head: EventHead } {
  const type = firstText(entry, 'call_back_tag', 'EventType', 'eventType');
  const within = entry[type];
  const event = isObject(within) ? within : entry;
  const at = epochMs(entry.event_time) ?? epochMs(entry.EventTime);
  const id = [entry, event]
    .map((each) => eitherText(each, 'eventId') || firstText(each, 'event_id') || eitherText(each, 'bizId'))
    .find((found) => found !== '');
  return { event, head: { type, id: id ?? digest(type, at, event), ...(at === undefined ? {} : { at }) } };
}

export interface LostEventsOptions {
  read(): Promise<JsonObject[]>;
  parse(event: JsonObject, head: EventHead): Inbound;
  log: Log;
}

/**
 * After an outage of ours (webhook mode): fetches what DingTalk could not push and delivers it as if it had come. What
 * cannot be committed is kept here and tried again, for DingTalk has it no more.
 */
export function createLostEvents({ read, parse, log }: LostEventsOptions) {
  let timers: ReturnType<typeof setTimeout>[] = [];
  let stopped = false;

  const after = (ms: number, work: () => Promise<void>): void => {
    if (stopped) return;
    const timer = setTimeout(() => {
      timers = timers.filter((each) => each !== timer);
      work().catch((error: unknown) =>
        log.warn({ platform: 'dingtalk', error: describeError(error) }, '没推到的事件没能取回'),
      );
    }, ms);
    timer.unref?.();
    timers.push(timer);
  };

  return {
    start(deliver: (inbound: Inbound) => Promise<Answer>): void {
      const hand = async (inbounds: readonly Inbound[], tries = 1): Promise<void> => {
        const left: Inbound[] = [];
        // One after the other, as they happened.
        for (const inbound of inbounds) {
          try {
            await deliver(inbound);
          } catch {
            left.push(inbound);
          }
        }
        if (left.length === 0 || tries === TRIES) return;
        log.warn({ platform: 'dingtalk', events: left.length }, '取回的事件没能落盘，稍后再试');
        after(AGAIN_AFTER, () => hand(left, tries + 1));
      };
      const look = async (): Promise<void> => {
        const entries = await read();
        if (entries.length === 0) return;
        log.info({ platform: 'dingtalk', events: entries.length }, '取回了停机时没推到的事件');
        await hand(
          entries.map((entry) => {
            const { event, head } = openLostEvent(entry);
            return parse(event, head);
          }),
        );
      };
      for (const ms of LOOK_AFTER) after(ms, look);
    },
    stop(): void {
      stopped = true;
      for (const timer of timers) clearTimeout(timer);
    },
  };
}
