import { describeError, type Log } from '../lib/log.ts';
import type { Answer, Inbound } from '../platforms/platform.ts';

/** Where accepted events go: the office. Resolves after the durable commit. */
export type EventSink = (inbound: Inbound) => Promise<Answer>;

/** What a person sees whose press could not be kept (decision 1). */
const NOT_KEPT: Answer = { toast: { text: '刚才没记上，请再点一次。', tone: 'bad' } };

/**
 * The one policy on failures, for webhook and long connection alike (decision 1):
 * an event that could not be committed is passed on as a rejection, so that the platform pushes it again;
 * a card press, which is never pushed again, gets a toast; every other error is ours alone to look at.
 */
export function accepting(sink: EventSink, log: Log): EventSink {
  return async (inbound) => {
    try {
      return await sink(inbound);
    } catch (error) {
      const lost = isCommitFailed(error);
      log.error(
        { kind: inbound.kind, key: inbound.dedupeKey, error: describeError(error) },
        lost ? '没能落盘' : '处理事件出错',
      );
      if (inbound.kind === 'action') return NOT_KEPT;
      if (lost) throw error;
      return {};
    }
  };
}

/** By name, for the store's error class belongs to the database's side of the house. */
export function isCommitFailed(error: unknown): boolean {
  return error instanceof Error && error.name === 'CommitFailed';
}
