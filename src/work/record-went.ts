import type { Visit } from '../../db/queries/visits.ts';
import type { Ctx } from '../commands/define.ts';
import { parseVisit } from '../domain/text/visit.ts';
import { dayOf } from '../lib/day.ts';
import { dutiesChanged } from './duties-changed.ts';
import { orgOfRecord } from './place.ts';
import { recordVisits } from './record-visits.ts';
import { creditedVisitors } from './visitors.ts';

export interface Went {
  /** `h:12`, `p:3`, or `other`: then the note says where. */
  target: string;
  day: string;
  mode: 'home' | 'phone';
  note: string;
}

/** A visit from the form of a reminder: the place is known, nothing is guessed. Its batch, or null when the target is gone. */
export function recordWent(ctx: Ctx, went: Went): string | null {
  const note = went.note.trim();
  if (went.target === 'other') {
    const parsed = parseVisit(note, { now: ctx.saidAt, mode: went.mode });
    // The form asked for the day and the way; the words do not overrule it.
    const { day: date, mode } = went;
    const contacts = parsed.contacts.map((contact) => ({ ...contact, date, mode }));
    return recordVisits(ctx, { ...parsed, contacts, date, mode }, 'visit').batch;
  }
  const [kind, text] = went.target.split(':');
  const visit = kind === 'h' ? atHousehold(ctx, Number(text)) : atPoint(ctx, Number(text));
  if (!visit) return null;
  const { q, actor } = ctx;
  const orgId = orgOfRecord(ctx.chat, actor);
  const household = visit.householdId === null ? null : (q.households.get(visit.householdId) ?? null);
  const batch = `${ctx.messageId ?? 'form'}-${ctx.now}`;
  const visitors = creditedVisitors(q, {
    typist: actor,
    visitors: [],
    companions: [],
    orgId,
    day: went.day,
    household,
    place: visit.place,
  });
  const row = q.visits.create({
    ...visit,
    orgId,
    batch,
    typistId: actor.memberId,
    happenedDay: went.day,
    recordedAt: ctx.now,
    mode: went.mode,
    outcome: 'met',
    kind: went.day < dayOf(ctx.now) ? 'late' : 'visit',
    note: note || null,
    chatId: ctx.chat.id,
    messageId: ctx.messageId,
    visitors,
  });
  ctx.audit('visit.record', `visits:${batch}`, { visits: [row.id], kind: row.kind });
  dutiesChanged(ctx, visitors);
  return batch;
}

type Where = Pick<Visit, 'householdId' | 'building' | 'place' | 'person' | 'contactPointId'>;

function atHousehold({ q, actor, today }: Ctx, id: number): Where | null {
  const household = q.households.get(id);
  if (!household || !q.households.isPaired(actor.memberId, id, today)) return null;
  return {
    householdId: id,
    building: household.building,
    place: q.households.address(household) || household.building || null,
    person: household.headName || null,
    contactPointId: null,
  };
}

function atPoint({ q, actor }: Ctx, id: number): Where | null {
  const point = q.households.contactPointsOf(actor.memberId).find((each) => each.id === id);
  return point
    ? { householdId: null, building: '', place: point.name, person: null, contactPointId: id }
    : null;
}
