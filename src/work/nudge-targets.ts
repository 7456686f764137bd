import type { Option } from '../../cards/card.ts';
import type { Queries } from '../../db/queries/index.ts';
import type { Calendar } from '../domain/calendar.ts';
import { dayOf } from '../lib/day.ts';
import { dutiesOf } from './duties.ts';
import { isOpenItem, type NudgeItem, nudgeItems } from './nudge-items.ts';

/** A household or contact point that somebody may have been to. */
export interface Target extends Option {
  kind: 'household' | 'point';
  id: number;
}

/** Everything that is short for this member: what one card asks, or with `at` 0 all duties and open make-ups. */
export function shortItems(
  v: { q: Queries; calendar: Calendar; now: number },
  memberId: number,
  at: number,
): Pick<NudgeItem, 'duty' | 'about'>[] {
  if (at !== 0) return nudgeItems(v, memberId, at).filter(isOpenItem);
  return dutiesOf(v.q, v.calendar, memberId, dayOf(v.now)).flatMap((duty) =>
    [duty, ...duty.open].filter((about) => about.left > 0).map((about) => ({ duty, about })),
  );
}

/** Households not seen yet, contact points; each once, `h:12` or `p:3`. */
export function targetsOf(
  v: { q: Queries; calendar: Calendar; now: number },
  memberId: number,
  at: number,
): Target[] {
  const seen = new Set<string>();
  return shortItems(v, memberId, at).flatMap(({ duty, about }) => {
    const owing = about.details.filter((detail) => detail.left > 0);
    return (owing.length > 0 ? owing : duty.details).flatMap((detail): Target[] => {
      const household = detail.kind === 'household';
      const value = `${household ? 'h' : 'p'}:${detail.id}`;
      if (seen.has(value)) return [];
      seen.add(value);
      const label = detail.name || (household ? '（没写姓名的一户）' : '联系点');
      return [{ label, value, kind: household ? 'household' : 'point', id: detail.id }];
    });
  });
}

/** Households of the open items that may be away, keyed as an excuse names them. */
export function awayHouseholds(items: readonly NudgeItem[]): Option[] {
  return items.flatMap(({ about }) =>
    about.details
      .filter((detail) => detail.kind === 'household' && detail.left > 0)
      .map((detail) => ({ label: detail.name || '（没写姓名的一户）', value: detail.key })),
  );
}
