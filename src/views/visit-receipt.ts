import { MODES } from '../../cards/visit-edit.ts';
import { type ReceiptLine, visitReceipt } from '../../cards/visit-receipt.ts';
import type { Visit, Visitor } from '../../db/queries/visits.ts';
import { classifyTopic } from '../domain/text/topic.ts';
import { dayOf, sayPastDay } from '../lib/day.ts';
import { ringFirst } from '../work/issue-emergency.ts';
import { progressLines } from '../work/progress.ts';
import { privateView, type ViewContext } from './define.ts';

/** Topics that a note may touch without asking anyone for anything. */
const NO_REQUEST = new Set(['其他', '党建文化']);

function lineOf(v: ViewContext, visit: Visit, visitors: readonly Visitor[]): ReceiptLine {
  const alone = visitors.length === 1 && visitors[0]?.memberId === visit.typistId;
  return {
    visit: visit.id,
    version: visit.version,
    household: visit.householdId,
    place: visit.place ?? '',
    person: visit.person ?? '',
    day: sayPastDay(visit.happenedDay, dayOf(v.now)),
    mode: visit.mode === 'home' ? '' : (MODES.find((mode) => mode.value === visit.mode)?.label ?? ''),
    met: visit.outcome === 'met',
    note: visit.note,
    withdrawn: visit.withdrawnAt !== null,
    went: alone ? '' : visitors.map((each) => each.name).join('、'),
  };
}

/** 补记 where all of it is late; a block that holds today's visits too is 走访. */
function kindOf(visits: readonly Visit[]): '走访' | '补记' | '补访' {
  if (visits.every((visit) => visit.kind === 'late')) return '补记';
  return visits.every((visit) => visit.kind === 'makeup') ? '补访' : '走访';
}

/** The author's receipt of one line: stays true to the records it stands for. */
export const visitReceiptView = privateView<{ batch: string; unsure: boolean; word: string }>({
  name: 'visit.receipt',
  follows: ({ batch }) => [`visits:${batch}`],
  render(v, { batch, unsure, word }) {
    const visits = v.q.visits.ofBatch(batch);
    const [first] = visits;
    const viewer = v.viewer?.memberId;
    if (!first || viewer === undefined) return null;
    // Only who typed it or went along: a hand-made press of somebody else's batch shows nothing.
    const went = v.q.visits.visitors(first.id);
    if (first.typistId !== viewer && !went.some((each) => each.memberId === viewer)) return null;
    // A single record that was withdrawn says so and nothing else.
    const gone = visits.length === 1 && first.withdrawnAt !== null;
    const household = first.householdId === null ? undefined : v.q.households.get(first.householdId);
    const said = gone || first.note === null ? null : classifyTopic(first.note);
    return visitReceipt({
      batch,
      lines: visits.map((visit) => lineOf(v, visit, visit === first ? went : v.q.visits.visitors(visit.id))),
      unsure,
      guessedWord: word || null,
      kind: kindOf(visits),
      progress: gone ? [] : progressLines(v, viewer),
      danger:
        said?.urgent && first.happenedDay === dayOf(first.recordedAt) ? ringFirst(v.q, first.note ?? '') : [],
      asksForMore: said !== null && !NO_REQUEST.has(said.topic),
      offerNotice: household?.consent === '未告知',
      photos: v.q.photos.count(batch),
      missing: {
        place: first.place === null,
        person:
          first.person === null &&
          first.mode !== 'meeting' &&
          first.place !== null &&
          first.householdId === null &&
          first.note === null,
      },
    });
  },
});
