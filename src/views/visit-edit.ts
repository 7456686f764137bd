import { visitEdit, visitPick } from '../../cards/visit-edit.ts';
import { canonicalBuilding } from '../domain/building.ts';
import { placeScope } from '../work/place.ts';
import { privateView } from './define.ts';

/** 修改: every field of one visit. */
export const visitEditView = privateView<{ visit: number }>({
  name: 'visit.edit',
  render(v, { visit: id }) {
    const visit = v.q.visits.get(id);
    if (!visit) return null;
    return visitEdit({
      visit: id,
      version: visit.version,
      batch: visit.batch,
      place: visit.place ?? '',
      person: visit.person ?? '',
      day: visit.happenedDay,
      mode: visit.mode,
      outcome: visit.outcome,
      note: visit.note ?? '',
      visitors: v.q.visits
        .visitors(id)
        .map((each) => each.name)
        .join('、'),
    });
  },
});

/** [不是这户]: other households of the building, those paired with the viewer first. */
export const visitPickView = privateView<{ visit: number }>({
  name: 'visit.pick',
  render(v, { visit: id }) {
    const visit = v.q.visits.get(id);
    if (!visit || !v.viewer) return null;
    const viewer = v.viewer;
    const scope = placeScope(v.q, visit.orgId);
    const paired = v.q.households
      .pairingsOf(viewer.memberId)
      .filter((pairing) => pairing.toDay === null)
      .flatMap((pairing) => v.q.households.get(pairing.householdId) ?? []);
    const near = visit.building ? v.q.households.inBuilding(scope, canonicalBuilding(visit.building)) : [];
    const options = [...new Map([...paired, ...near].map((each) => [each.id, each])).values()]
      .filter((each) => each.id !== visit.householdId)
      .slice(0, 12)
      .map((each) => ({
        label: [each.building, each.headName || '（没写姓名）'].filter(Boolean).join(' '),
        value: String(each.id),
      }));
    return visitPick({
      visit: id,
      version: visit.version,
      batch: visit.batch,
      now: [visit.place, visit.person].filter(Boolean).join(' ') || '没写哪一户',
      options,
    });
  },
});
