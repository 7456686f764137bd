import { pairingChoose, pairingDone, pairingList } from '../../cards/pairing.ts';
import type { Household } from '../../db/queries/households.ts';
import { may } from '../domain/rights.ts';
import { dayOf, sayDay } from '../lib/day.ts';
import { openPairings } from '../work/roster.ts';
import { privateView, type ViewContext } from './define.ts';

const HEIRS = 30;

/** 3号楼 张某: building and name only (P1). */
export function householdLabel(household: Household): string {
  return [household.building, household.headName || '（没写姓名）'].filter(Boolean).join(' ');
}

function mayPair(v: ViewContext, memberId: number): boolean {
  const member = v.q.members.get(memberId);
  return (
    member !== undefined &&
    v.viewer !== null &&
    may(v.viewer, 'pairing.change', { path: v.q.orgs.get(member.orgId)?.path ?? '\0' })
  );
}

/** A member's households, to himself and to who pairs. */
export const pairingListView = privateView<{ member: number }>({
  name: 'pairing.list',
  follows: ({ member }) => [`pairings:${member}`],
  render(v, { member: id }) {
    const { q, viewer } = v;
    const member = q.members.get(id);
    const manages = mayPair(v, id);
    if (!member || !viewer || (viewer.memberId !== id && !manages)) return null;
    const today = dayOf(v.now);
    const heirs = q.members.ofOrg(member.orgId).filter((each) => each.id !== id);
    return pairingList({
      whose: viewer.memberId === id ? '您' : member.name,
      rows: openPairings(q, id, today).flatMap((pairing) => {
        const household = q.households.get(pairing.householdId);
        if (!household) return [];
        const met = q.households.lastMet(household.id);
        return [
          {
            id: pairing.id,
            label: householdLabel(household),
            note: met ? `上次见面${sayDay(met, today)}` : `${sayDay(pairing.fromDay, today)}起`,
          },
        ];
      }),
      change: manages
        ? {
            member: id,
            heirs: heirs
              .slice(0, HEIRS)
              .map((each) => ({ label: `交给${each.name}`, value: String(each.id) })),
          }
        : null,
    });
  },
});

export const pairingChooseView = privateView<{ member: number; ids: string }>({
  name: 'pairing.choose',
  render(v, { member: id, ids }) {
    const member = v.q.members.get(id);
    if (!member || !mayPair(v, id)) return null;
    const options = ids.split(',').flatMap((each) => {
      const household = v.q.households.get(Number(each));
      return household ? [{ label: householdLabel(household), value: each }] : [];
    });
    return pairingChoose({ member: id, name: member.name, options });
  },
});

export const pairingDoneView = privateView<{ member: number; household: number }>({
  name: 'pairing.done',
  follows: ({ member }) => [`pairings:${member}`],
  render(v, { member: memberId, household: householdId }) {
    const { q } = v;
    const member = q.members.get(memberId);
    const household = q.households.get(householdId);
    if (!member || !household) return null;
    const today = dayOf(v.now);
    const standing = openPairings(q, memberId, today).find((pairing) => pairing.householdId === householdId);
    const others = q.households
      .pairingsAt(householdId)
      .filter(
        (pairing) => pairing.memberId !== memberId && (pairing.toDay === null || pairing.toDay >= today),
      )
      .flatMap((pairing) => q.members.get(pairing.memberId)?.name ?? []);
    return pairingDone({
      pairing: standing?.id ?? 0,
      name: member.name,
      household: householdLabel(household),
      since: sayDay(standing?.fromDay ?? today, today),
      standing: standing !== undefined,
      others,
    });
  },
});
