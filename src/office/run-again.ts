import { CommitFailed } from '../../db/store.ts';
import { errorCode, whereThrown } from '../lib/errors.ts';
import { causeOf } from '../lib/event-cause.ts';
import type { ActionIn, Answer, Inbound } from '../platforms/platform.ts';
import type { Dispatched, Parts } from './parts.ts';

/** How an event is handled; given by the caller, for the same may be asked for from within. */
export type Dispatch = (parts: Parts, inbound: Inbound, now: number, cause: string) => Dispatched;

/** `[再试一次]` of the failure card: only by the person whose line it was, and once. */
export function runAgain(parts: Parts, press: ActionIn, now: number, dispatch: Dispatch): Answer {
  const event = press.value.event;
  const result = typeof event === 'number' ? again(parts, event, press.sender.id, now, dispatch) : 'gone';
  if (result === 'failed') return { toast: { text: '还是没记上，请把编号告诉管理员。', tone: 'bad' } };
  if (result === 'purged')
    return { toast: { text: '隔了7天以上，原话已按规定清掉了，请重新发一次。', tone: 'bad' } };
  const text = result === 'done' ? '这次记上了。' : '这条已经记上了，不用再点。';
  return { toast: { text, tone: 'good' }, card: { title: text, tone: 'done', blocks: [] } };
}

/** The failed event runs at its own time; its effects belong to its own cause, so nothing is sent twice. */
function again(
  parts: Parts,
  id: number,
  by: string,
  now: number,
  dispatch: Dispatch,
): 'done' | 'failed' | 'gone' | 'purged' {
  const failed = parts.q.inbox.failed(id);
  if (failed?.body === null) return 'purged';
  const inbound = failed?.body as Inbound | undefined;
  if (!failed || !inbound || !('sender' in inbound) || inbound.sender.id !== by) return 'gone';
  try {
    parts.store.savepoint(() => {
      dispatch(parts, inbound, now, causeOf(id));
      parts.q.inbox.settle(id);
    });
    return 'done';
  } catch (error) {
    if (error instanceof CommitFailed) throw error;
    parts.log.error({ code: errorCode(error), event: id, at: whereThrown(error) }, 'an event failed again');
    return 'failed';
  }
}
