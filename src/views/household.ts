import { householdCard, householdChoice, householdEdit, householdNotice } from '../../cards/household.ts';
import { dayOf, sayPastDay } from '../lib/day.ts';
import { mayWithHousehold } from '../work/household-sight.ts';
import { privateView } from './define.ts';

const SHOWN = 8;

/** 户, as this viewer may see it (care 8). */
export const householdView = privateView<{ household: number }>({
  name: 'household.card',
  follows: ({ household }) => [`household:${household}`],
  render(v, { household: id }) {
    const household = v.q.households.get(id);
    const viewer = v.viewer;
    if (!household || !viewer || !mayWithHousehold(v, household, 'household.read')) return null;
    const full = mayWithHousehold(v, household, 'household.full');
    const today = dayOf(v.now);
    return householdCard({
      household: id,
      building: household.building,
      head: household.headName,
      full: full
        ? { address: v.q.households.address(household), phone: v.q.households.phone(household) }
        : null,
      consent: household.consent,
      paired: v.q.households
        .pairingsAt(id)
        .filter((pairing) => pairing.fromDay <= today && (pairing.toDay === null || pairing.toDay >= today))
        .flatMap((pairing) => v.q.members.get(pairing.memberId)?.name ?? []),
      visits: v.q.visits.ofHousehold(id, SHOWN).map((visit) => {
        const visitors = v.q.visits.visitors(visit.id);
        const own =
          visit.typistId === viewer.memberId || visitors.some((each) => each.memberId === viewer.memberId);
        return {
          day: sayPastDay(visit.happenedDay, today),
          by: visitors.map((each) => each.name).join('、'),
          met: visit.outcome === 'met',
          note: own || full ? visit.note : null,
        };
      }),
      mayChange: mayWithHousehold(v, household, 'household.change'),
    });
  },
});

/** Several fit: building and name only (P1). */
export const householdChoiceView = privateView<{ ids: string }>({
  name: 'household.choice',
  render(v, { ids }) {
    const options = ids.split(',').flatMap((id) => {
      const household = v.q.households.get(Number(id));
      return household && mayWithHousehold(v, household, 'household.read')
        ? [
            {
              label: [household.building, household.headName || '（没写姓名）'].filter(Boolean).join(' '),
              value: id,
            },
          ]
        : [];
    });
    return options.length > 0 ? householdChoice(options) : null;
  },
});

export const householdNoticeView = privateView<{ household: number }>({
  name: 'household.notice',
  render(v, { household: id }) {
    const household = v.q.households.get(id);
    if (!household || !v.viewer) return null;
    return householdNotice({
      household: id,
      who: v.viewer.name,
      org: v.q.orgs.get(v.viewer.orgId)?.name ?? '社区',
      phone: v.q.orgs.phone(household.orgId),
    });
  },
});

export const householdEditView = privateView<{ household: number }>({
  name: 'household.edit',
  render(v, { household: id }) {
    const household = v.q.households.get(id);
    if (!household || !mayWithHousehold(v, household, 'household.change')) return null;
    const full = mayWithHousehold(v, household, 'household.full');
    return householdEdit({
      household: id,
      head: household.headName,
      phone: full ? (v.q.households.phone(household) ?? '') : '',
      size: household.size === null ? '' : String(household.size),
      address: '',
    });
  },
});
