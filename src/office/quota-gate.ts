import type { GroupFacts } from '../../cards/group-text.ts';
import type { OutboxRow } from '../../db/queries/outbox.ts';
import type { Calendar } from '../domain/calendar.ts';
import { nextSendTime } from '../domain/calendar-quiet.ts';
import type { QuotaState } from '../domain/quota.ts';
import { addDays, dayOf, HOUR, startOfDay } from '../lib/day.ts';
import type { Platform } from '../platforms/platform.ts';
import type { Parts } from './parts.ts';
import { factsIn, groupPayload, isStatic, openContent, type Payload, type StaticPayload } from './payload.ts';
import { quotasOf } from './quota.ts';

/** Where calls are short, lines of one group that come within this time are sent as one, ms. */
const TOGETHER = 15_000;
/** Lines in one message. */
const MOST = 20;

/** One claim's view of the allowances: what may go, is left out, or waits. */
export interface QuotaGate {
  /** Inside a transaction: true when the row does not go now; it was then held or dropped. */
  stops(row: OutboxRow): boolean;
}

/**
 * What may go out on connections with a monthly allowance (issue 4, point 3). Frugal: receipts in groups are left out,
 * other lines of a group go together. Near: lists and nudges are held as well. Out: only what is urgent is tried.
 */
export function openQuotaGate(
  parts: Parts,
  platforms: { get(connection: string): Platform | undefined },
  now: number,
  calendar: Calendar,
): QuotaGate {
  const states = new Map<string, QuotaState>();
  const stateOf = (connection: string): QuotaState => {
    const platform = platforms.get(connection);
    if (!platform?.limits.monthly) return 'ample';
    const known = states.get(connection) ?? sendingState(parts, platform, now, calendar);
    states.set(connection, known);
    return known;
  };
  return {
    stops(row) {
      const state = stateOf(row.connection);
      // What is in doubt must be repeated while the platform still knows it (decision 37).
      if (state === 'ample' || row.firstAttemptAt !== null) return false;
      const line = groupLine(row);
      if (line?.dispensable) {
        parts.q.outbox.end(row.id, 'dropped', 'frugal', now);
        return true;
      }
      const until =
        heldUntil(row, state, now, calendar) ??
        (line && row.attempts === 0 ? together(parts, row, now) : null);
      if (until !== null) parts.q.outbox.postpone(row.id, until);
      return until !== null;
    },
  };
}

/** Only calls are held back. Pushes are what people send us: where they get short, the receipts that may take one are left out. */
function sendingState(parts: Parts, platform: Platform, now: number, calendar: Calendar): QuotaState {
  const [calls, pushes] = quotasOf(parts.q, platform, now, calendar).map(({ outlook }) => outlook.state);
  return calls === 'ample' && pushes !== 'ample' ? 'frugal' : (calls ?? 'ample');
}

/**
 * What is held is looked at again: lists and nudges each working morning — the first one of next month at the latest,
 * and their view drops them if it shows nothing by then —, answers each hour.
 */
function heldUntil(row: OutboxRow, state: QuotaState, now: number, calendar: Calendar): number | null {
  if (state === 'frugal' || row.lane === 'urgent') return null;
  if (row.lane === 'answer') return state === 'near' ? null : now + HOUR;
  return nextSendTime(startOfDay(addDays(dayOf(now), 1)), calendar);
}

function groupLine(row: OutboxRow): StaticPayload | null {
  if (row.targetType !== 'chat' || row.kind !== 'send') return null;
  const payload = JSON.parse(row.payload) as Payload;
  return isStatic(payload) && payload.group ? payload : null;
}

/** Takes the lines that wait behind this one into it; until when it waits for more, or null when it may go. */
function together(parts: Parts, row: OutboxRow, now: number): number | null {
  if (now - row.createdAt >= 0 && now - row.createdAt < TOGETHER) return row.createdAt + TOGETHER;
  const { q } = parts;
  const lines: { facts: GroupFacts[]; answers: StaticPayload['answers'] }[] = [];
  const taken: number[] = [];
  for (const each of [row, ...q.outbox.behind(row, MOST)]) {
    const line = groupLine(each);
    const facts = line && each.attempts === 0 ? factsOf(parts, line) : null;
    if (!line || !facts) break;
    if (!line.dispensable) lines.push({ facts, answers: line.answers });
    if (each.id !== row.id) taken.push(each.id);
  }
  if (taken.length === 0) return null;
  for (const id of taken) q.outbox.end(id, 'dropped', 'merged', now);
  const facts = lines.flatMap((line) => line.facts);
  // One person may be named by @; of several none is.
  const [first] = lines;
  const same = lines.every((line) => line.answers?.personId === first?.answers?.personId);
  const answers = same ? first?.answers : undefined;
  row.payload = q.outbox.rewrite(row.id, groupPayload(parts.vault, facts, { answers }));
  return null;
}

/** What the line is made of, if it is words: a card stands alone. What does not open is the sender's to find out. */
function factsOf({ vault }: Parts, line: StaticPayload): GroupFacts[] | null {
  try {
    if (!('text' in openContent(vault, line))) return null;
    return [factsIn(vault, line)].flat();
  } catch {
    return null;
  }
}
