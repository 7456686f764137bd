import { failureCard } from '../../cards/failure.ts';
import { CommitFailed } from '../../db/store.ts';
import { AppError, errorCode, whereThrown } from '../lib/errors.ts';
import { causeOf } from '../lib/event-cause.ts';
import type { Answer, Inbound } from '../platforms/platform.ts';
import { dispatch } from './dispatch.ts';
import { makeEffects } from './effects.ts';
import type { EventOutcome } from './metrics.ts';
import type { Dispatched, Parts } from './parts.ts';
import { countPush } from './quota.ts';
import { runAgain } from './run-again.ts';

export interface Admitted {
  answer: Answer;
  outcome: EventOutcome;
}

/**
 * One event inside the transaction that the group commit opened: dedupe → dispatch in a savepoint → inbox row.
 * A command that throws loses its own work alone; the row is kept as failed and the person is told (issue 2, point 3).
 */
export function admit(parts: Parts, inbound: Inbound): Admitted {
  const { q, store } = parts;
  const now = parts.clock.now();
  countPush(parts, inbound, now);
  const row = { key: inbound.dedupeKey, connection: inbound.connection, now };
  try {
    // The row belongs to the work: a disk that is full only then must not leave the work without its row.
    return store.savepoint((): Admitted => {
      const event = q.inbox.begin(row);
      if (event === null) {
        const answer = q.inbox.seen(inbound.dedupeKey)?.answer as Answer | null | undefined;
        return { answer: answer ?? {}, outcome: 'duplicate' };
      }
      const done = handle(parts, inbound, now, causeOf(event));
      q.inbox.finish(event, { ...row, status: done.status, ...kept(inbound, done) });
      return { answer: done.answer, outcome: done.status };
    });
  } catch (error) {
    if (error instanceof CommitFailed) throw error;
    if (error instanceof AppError) return { answer: sayWhy(parts, inbound, error, now), outcome: 'refused' };
    const number = q.inbox.add({ ...row, status: 'failed', body: inbound, error: errorCode(error) });
    parts.log.error(
      { code: errorCode(error), event: number, kind: inbound.kind, at: whereThrown(error) },
      'an event failed',
    );
    return { answer: sayFailed(parts, inbound, number, now), outcome: 'failed' };
  }
}

/**
 * Of what went well only what is asked for later: a typed line and its author, unless they stand in a record of their
 * own, or what a press was answered with.
 */
function kept(
  inbound: Inbound,
  { status, answer, recorded }: Dispatched,
): { body?: unknown; answer?: Answer } {
  if (status === 'ignored' || recorded) return {};
  if (inbound.kind === 'message') return { body: { text: inbound.text, sender: { id: inbound.sender.id } } };
  return { body: inbound, answer: inbound.kind === 'action' ? answer : undefined };
}

/** The retry button is the office's own; everything else goes to who is meant. */
function handle(parts: Parts, inbound: Inbound, now: number, cause: string): Dispatched {
  if (inbound.kind === 'action' && inbound.action === 'office.retry')
    return { status: 'done', answer: runAgain(parts, inbound, now, dispatch) };
  return dispatch(parts, inbound, now, cause);
}

/** A refusal with a sentence: nothing was done, the person knows how to do it right. */
function sayWhy(parts: Parts, inbound: Inbound, error: AppError, now: number): Answer {
  const answer: Answer = inbound.kind === 'action' ? { toast: { text: error.userText, tone: 'bad' } } : {};
  const { q } = parts;
  const number = q.inbox.add({
    key: inbound.dedupeKey,
    connection: inbound.connection,
    now,
    status: 'done',
    body: inbound,
    answer,
    error: error.code,
  });
  if (inbound.kind === 'message' || inbound.kind === 'menu') {
    effectsFor(parts, inbound, number, now).sendTo(
      { connection: inbound.connection, type: 'user', id: inbound.sender.id },
      { content: { text: error.userText } },
    );
  }
  return answer;
}

function sayFailed(parts: Parts, inbound: Inbound, number: number, now: number): Answer {
  if (inbound.kind !== 'message' && inbound.kind !== 'action' && inbound.kind !== 'menu') return {};
  const fx = effectsFor(parts, inbound, number, now);
  fx.sendTo(
    { connection: inbound.connection, type: 'user', id: inbound.sender.id },
    { content: { card: failureCard(number) } },
  );
  if (inbound.kind === 'message' && inbound.chat.type === 'group') {
    fx.sendTo(
      { connection: inbound.connection, type: 'chat', id: inbound.chat.id },
      {
        group: { kind: 'failed', number },
        answers: { messageId: inbound.messageId, personId: inbound.sender.id },
      },
    );
  }
  return { toast: { text: `这一步还没记上，请再试一次（编号${number}）。`, tone: 'bad' } };
}

function effectsFor(parts: Parts, inbound: Inbound, number: number, now: number) {
  return makeEffects({
    q: parts.q,
    vault: parts.vault,
    calendar: parts.calendar(),
    now,
    cause: `${causeOf(number)}!`,
    actorId: null,
    exempt: true,
    connection: inbound.connection,
  });
}
