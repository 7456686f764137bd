import { diary } from '../../cards/diary.ts';
import { dayOf, sayPastDay } from '../lib/day.ts';
import { privateView } from './define.ts';

const PAGE = 10;

/** 民情日记, ten a page. */
export const diaryView = privateView<{ page: number }>({
  name: 'diary',
  render(v, { page }) {
    if (!v.viewer) return null;
    const rows = v.q.visits.diary(v.viewer.memberId, { limit: PAGE + 1, offset: page * PAGE });
    return diary({
      page,
      more: rows.length > PAGE,
      entries: rows.slice(0, PAGE).map((visit) => ({
        day: sayPastDay(visit.happenedDay, dayOf(v.now)),
        who: [visit.place, visit.person].filter(Boolean).join(' ') || '没写哪一户',
        met: visit.outcome === 'met',
        note: visit.note,
      })),
    });
  },
});
