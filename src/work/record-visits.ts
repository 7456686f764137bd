import { safeBuilding } from '../../cards/group-clean.ts';
import { batchOf, type NewVisit, type Visit } from '../../db/queries/visits.ts';
import type { Ctx } from '../commands/define.ts';
import type { ParsedContact, ParsedVisit } from '../domain/text/types.ts';
import { dutiesChanged } from './duties-changed.ts';
import { matchHousehold } from './match-household.ts';
import { covers, orgOfRecord, placeScope } from './place.ts';
import { creditedVisitors } from './visitors.ts';

export interface Recorded {
  batch: string;
  visits: Visit[];
  /** Ids of visits whose household was a guess. */
  unsure: number[];
  /** The org that scopes the first one's place: its household's, else the record's. */
  scope: number;
}

/** One line becomes N visits of one batch, each of its own day and way (decision 25): households matched, credit frozen, a trace in the audit. */
export function recordVisits(ctx: Ctx, parsed: ParsedVisit, kind: Visit['kind']): Recorded {
  const { q, actor, chat } = ctx;
  const orgId = orgOfRecord(chat, actor);
  const scope = placeScope(q, orgId);
  const batch = ctx.event === null ? `${ctx.messageId ?? 'form'}-${ctx.now}` : batchOf(ctx.event);
  const unsure: number[] = [];
  let scopeOfFirst: number | undefined;
  const credited: NewVisit['visitors'][number][] = [];
  const visits = parsed.contacts.map((contact) => {
    const matched = matchHousehold(q, {
      scope,
      place: contact.place,
      person: contact.person,
      memberId: actor.memberId,
      day: contact.date,
      now: ctx.now,
    });
    scopeOfFirst ??= matched.household?.orgId ?? orgId;
    const building = matched.address.building ?? matched.household?.building ?? '';
    const visitors = creditedVisitors(q, {
      typist: actor,
      visitors: contact.visitors,
      companions: [...contact.companions, ...ctx.mentioned.map((each) => each.name)],
      orgId,
      day: contact.date,
      household: matched.household,
      place: contact.place,
    });
    // Nobody met counts for nothing (decision 30).
    if (contact.outcome === 'met') credited.push(...visitors);
    const visit = q.visits.create({
      orgId,
      householdId: matched.household?.id ?? null,
      batch,
      event: ctx.event,
      typistId: actor.memberId,
      happenedDay: contact.date,
      recordedAt: ctx.now,
      mode: contact.mode,
      outcome: contact.outcome,
      kind: kindOf(contact, kind, ctx.today),
      building,
      place: contact.place,
      person: contact.person,
      note: [contact.note, parsed.note].filter(Boolean).join('；') || null,
      chatId: chat.id,
      messageId: ctx.messageId,
      visitors,
    });
    if (!matched.sure) unsure.push(visit.id);
    return visit;
  });
  // Which visits and of what kind stands in their rows; what changes there later is audited with what was before.
  ctx.audit('visit.record', `visits:${batch}`);
  dutiesChanged(ctx, credited);
  return { batch, visits, unsure, scope: scopeOfFirst ?? orgId };
}

/** The command typed again before a family of a pasted block speaks for it. */
function kindOf({ command, date }: ParsedContact, typed: Visit['kind'], today: string): Visit['kind'] {
  const kind = command === null ? typed : command === 'makeup' ? 'makeup' : 'visit';
  return kind === 'visit' && date < today ? 'late' : kind;
}

/** The one short line of a group (decisions 7, 9, 11). */
export function sayNoted(ctx: Ctx, { visits, scope }: Pick<Recorded, 'visits' | 'scope'>): void {
  if (visits.length === 0 || !covers(ctx.q, ctx.chat.orgId, scope)) {
    ctx.groupLine({ kind: 'noted' });
    return;
  }
  const places = new Map<string, number>();
  for (const visit of visits)
    places.set(safeBuilding(visit.building), (places.get(safeBuilding(visit.building)) ?? 0) + 1);
  ctx.groupLine({
    kind: 'visits-noted',
    places: [...places].map(([building, households]) => ({ building, households })),
    met: visits.filter((visit) => visit.outcome === 'met').length,
    attempts: visits.filter((visit) => visit.outcome === 'attempt').length,
  });
}
