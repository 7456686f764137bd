import type { Visit } from '../../db/queries/visits.ts';
import type { Ctx, Line } from '../commands/define.ts';
import { parseVisit } from '../domain/text/visit.ts';
import { visitReceiptView } from '../views/visit-receipt.ts';
import { recordVisits, sayNoted } from './record-visits.ts';

export interface HowRecorded {
  kind: Visit['kind'];
  /** /未遇: nobody was met, whatever the line says. */
  attempt?: boolean;
  /** What to type when the line is bare. */
  example: string;
}

/** A day to come where the day of the visit stands: 明天 3号楼 张某. In the story of a visit it may be said (明天去送药). */
const PLANNED =
  /^\s*(?:明[天日早晚]|[大]?后天|下个?(?:周|星期|礼拜)[一二三四五六日天]?|下个?月|改天|过几天)(?:[上下]午|晚上|早上)?(?:要?去)?[\s,，]/u;

/** 走访, 未遇, 补记, 补访: one line in, records and receipts out (decisions 9, 23, 25). Nothing typed is lost. */
export function receiveVisit(ctx: Ctx, line: Line, how: HowRecorded): void {
  if (line.rest.trim() === '') {
    ctx.reply({ text: `一句话就行，例如：${how.example}` });
    return;
  }
  if (PLANNED.test(line.rest)) {
    ctx.reply({ text: `还没去的先不用记。去过再发一句就行，例如：${how.example}` });
    return;
  }
  const parsed = parseVisit(line.rest, { now: ctx.saidAt, mode: line.mode });
  if (how.attempt)
    for (const contact of parsed.contacts) if (contact.command === null) contact.outcome = 'attempt';
  const recorded = recordVisits(ctx, parsed, how.kind);
  sayNoted(ctx, recorded);
  const guessed = line.via === 'homophone' || line.via === 'near' ? line.word : '';
  ctx.reply(
    visitReceiptView.ref({
      batch: recorded.batch,
      unsure: recorded.unsure.length > 0,
      word: guessed ? '走访' : '',
    }),
  );
}
