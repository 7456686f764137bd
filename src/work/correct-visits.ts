import type { Visit } from '../../db/queries/visits.ts';
import type { Ctx } from '../commands/define.ts';
import { outcomeSaid, saysNotMet, saysOnlyMet } from '../domain/text/outcome.ts';
import type { ParsedContact, ParsedVisit } from '../domain/text/types.ts';
import { pointsTo, visitsNamed } from '../domain/which-visit.ts';
import { changeVisit } from './change-visit.ts';

/**
 * 更正 in one line: of a block the visits that the line names, else the last. Where more than one could be meant
 * nothing is changed and the answer asks which. The visits changed.
 */
export function correctVisits(ctx: Ctx, latest: Visit, typed: string, parsed: ParsedVisit): Visit[] {
  const batch = ctx.q.visits.ofBatch(latest.batch).filter((visit) => visit.withdrawnAt === null);
  const several = parsed.contacts.length > 1;
  const meant = parsed.contacts.map((contact) => {
    const named = batch.length > 1 ? visitsNamed(batch, contact) : [];
    return named.length === 0 && !several ? [latest] : named;
  });
  const asked = meant.find((visits) => visits.length > 1);
  const visits = meant.flat();
  if (asked) {
    ctx.reply({ text: whichOf(asked) });
    return [];
  }
  if (several && (visits.length < meant.length || new Set(visits).size < visits.length)) {
    ctx.reply({ text: '还没有改：没看清要改的是哪几户。请一户一句，写上原来的门牌或姓名再发“更正”。' });
    return [];
  }
  visits.forEach((visit, index) => {
    const contact = parsed.contacts[index];
    if (contact)
      correctOne(ctx, visit, { contact, parsed, typed: several ? (contact.note ?? '') : typed }, batch);
  });
  return visits;
}

/** `您说的是哪一户？`, with what each is called. */
function whichOf(visits: readonly Visit[]): string {
  const names = visits.map(
    ({ place, person }, index) => `${index + 1}. ${[place, person].filter(Boolean).join(' ')}`,
  );
  return `您说的是哪一户？${names.join('；')}。还没有改，请把门牌和姓名写全再发一次，或在卡片上点“改其中一户”。`;
}

interface Correction {
  contact: ParsedContact;
  parsed: ParsedVisit;
  typed: string;
}

function correctOne(ctx: Ctx, visit: Visit, said: Correction, batch: readonly Visit[]): void {
  const { contact, parsed } = said;
  const note = contact.note ?? parsed.note;
  const outcome = outcomeSaid(said.typed, note);
  // Of several a part of the address shows which one is meant, and what stands says more.
  const place = contact.place !== null && !(batch.length > 1 && pointsTo(visit, contact.place));
  // 见到了 tells nothing of the visit itself: it replaces 敲门没人 and leaves 低保咨询.
  const words = note !== null && !(saysOnlyMet(note) && !saysNotMet(visit.note ?? ''));
  changeVisit(ctx, visit, {
    ...(place ? { place: contact.place } : {}),
    ...(contact.person ? { person: contact.person } : {}),
    ...(parsed.dateGiven || contact.date !== ctx.today ? { happenedDay: contact.date } : {}),
    ...(words ? { note } : {}),
    ...(contact.mode === 'home' ? {} : { mode: contact.mode }),
    ...(outcome ? { outcome } : {}),
    ...(parsed.visitors.length > 0 ? { visitors: parsed.visitors } : {}),
  });
}
