import { failureCard } from '../../cards/failure.ts';
import { CommitFailed } from '../../db/store.ts';
import { AppError, errorCode } from '../lib/errors.ts';
import type { Answer, Inbound } from '../platforms/platform.ts';
import { dispatch } from './dispatch.ts';
import { makeEffects } from './effects.ts';
import type { Parts } from './parts.ts';

/** What an event came to; `ignored` keeps only its id. */
export interface Dispatched {
  status: 'done' | 'ignored';
  answer: Answer;
}

/**
 * One event inside the transaction that the group commit opened: dedupe → dispatch in a savepoint → inbox row.
 * A command that throws loses its own work alone; the row is kept as failed and the person is told (issue 2, point 3).
 */
export function admit(parts: Parts, inbound: Inbound): Answer {
  const { q, store } = parts;
  const now = parts.clock.now();
  const seen = q.inbox.seen(inbound.dedupeKey);
  if (seen) return (seen.answer as Answer | null) ?? {};
  const row = { key: inbound.dedupeKey, connection: inbound.connection, now };
  if (inbound.kind === 'unsupported' || inbound.kind === 'recall') {
    q.inbox.add({ ...row, status: 'ignored' });
    return {};
  }
  try {
    const { status, answer } = store.savepoint(() => dispatch(parts, inbound, now, inbound.dedupeKey));
    if (status === 'ignored') q.inbox.add({ ...row, status });
    else
      q.inbox.add({ ...row, status, body: inbound, answer: inbound.kind === 'action' ? answer : undefined });
    return answer;
  } catch (error) {
    if (error instanceof CommitFailed) throw error;
    if (error instanceof AppError) return sayWhy(parts, inbound, error, now);
    const number = q.inbox.add({ ...row, status: 'failed', body: inbound, error: errorCode(error) });
    parts.log.error(
      { code: errorCode(error), event: number, kind: inbound.kind, at: whereThrown(error) },
      'an event failed',
    );
    return sayFailed(parts, inbound, number, now);
  }
}

/** Runs a failed event of the same person again, at its own time (`[再试一次]`); its effects belong to the first event's cause. */
export function runAgain(parts: Parts, id: number, by: string, now: number): 'done' | 'failed' | 'gone' {
  const failed = parts.q.inbox.failed(id);
  const inbound = failed?.body as Inbound | undefined;
  if (!failed || !inbound || !('sender' in inbound) || inbound.sender.id !== by) return 'gone';
  try {
    parts.store.savepoint(() => dispatch(parts, inbound, now, failed.key));
    parts.q.inbox.settle(id);
    return 'done';
  } catch (error) {
    if (error instanceof CommitFailed) throw error;
    parts.log.error({ code: errorCode(error), event: id, at: whereThrown(error) }, 'an event failed again');
    return 'failed';
  }
}

/** A refusal with a sentence: nothing was done, the person knows how to do it right. */
function sayWhy(parts: Parts, inbound: Inbound, error: AppError, now: number): Answer {
  const answer: Answer = inbound.kind === 'action' ? { toast: { text: error.userText, tone: 'bad' } } : {};
  const { q } = parts;
  q.inbox.add({
    key: inbound.dedupeKey,
    connection: inbound.connection,
    now,
    status: 'done',
    body: inbound,
    answer,
    error: error.code,
  });
  if (inbound.kind === 'message' || inbound.kind === 'menu') {
    effectsFor(parts, inbound, now).sendTo(
      { connection: inbound.connection, type: 'user', id: inbound.sender.id },
      { content: { text: error.userText } },
    );
  }
  return answer;
}

function sayFailed(parts: Parts, inbound: Inbound, number: number, now: number): Answer {
  if (inbound.kind !== 'message' && inbound.kind !== 'action' && inbound.kind !== 'menu') return {};
  const fx = effectsFor(parts, inbound, now);
  fx.sendTo(
    { connection: inbound.connection, type: 'user', id: inbound.sender.id },
    { content: { card: failureCard(number) } },
  );
  if (inbound.kind === 'message' && inbound.chat.type === 'group') {
    fx.sendTo(
      { connection: inbound.connection, type: 'chat', id: inbound.chat.id },
      { group: { kind: 'failed', number } },
    );
  }
  return { toast: { text: `这一步还没记上，请再试一次（编号${number}）。`, tone: 'bad' } };
}

function effectsFor(parts: Parts, inbound: Inbound, now: number) {
  return makeEffects({
    q: parts.q,
    vault: parts.vault,
    calendar: parts.calendar(),
    now,
    cause: `${inbound.dedupeKey}!`,
    actorId: null,
    exempt: true,
    connection: inbound.connection,
  });
}

/** First frame of the stack: a file and a line, no values. */
function whereThrown(error: unknown): string | undefined {
  return error instanceof Error
    ? error.stack
        ?.split('\n')
        .find((line) => line.trimStart().startsWith('at '))
        ?.trim()
    : undefined;
}
