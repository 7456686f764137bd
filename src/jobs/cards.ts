import { addDays, at, DAY, dayOf } from '../lib/day.ts';
import { RENEW_AFTER, renewCards } from '../work/card-life.ts';
import { job } from './define.ts';

/** Cards a transaction (decision 41: no slice over 50 ms), and slices a morning at most. */
const SLICE = 100;
const SLICES = 40;

/** Each working morning: cards of twelve days are posted anew or retired (decision 39). */
export const cards = job({
  name: 'cards',
  lookback: DAY,
  occurrences({ q, calendar }, from, to) {
    const found = [];
    for (let day = dayOf(from); day <= dayOf(to); day = addDays(day, 1)) {
      const instant = at(day, '08:05');
      if (instant <= from || instant > to || !calendar.isWorkingDay(day)) continue;
      const old = q.cards.ageing(instant - RENEW_AFTER, SLICE * SLICES).length;
      for (let slice = 0; slice < Math.ceil(old / SLICE); slice++)
        found.push({ period: day, scope: `slice:${slice}`, at: instant });
    }
    return found;
  },
  run: (fx) => void renewCards(fx, SLICE),
});
