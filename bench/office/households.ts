import { sql } from 'drizzle-orm';
import { pairing } from '../../db/schema/index.ts';
import { dayOf } from '../../src/lib/day.ts';
import type { Branch, Home, Writing } from './generate.ts';
import { nameOf } from './words.ts';

/** Households a building: 2 entrances, 6 floors of two doors, and one more. */
const PER_BUILDING = 25;

/** The homes of every community, each paired with one member of its branches, turn by turn. */
export function writeHouseholds(writing: Writing, branches: readonly Branch[]): Map<number, Home[]> {
  const { q, db, size, now } = writing;
  const day = dayOf(now - 300 * 86_400_000);
  const byCommunity = new Map<number, Branch[]>();
  for (const branch of branches)
    byCommunity.set(branch.communityId, [...(byCommunity.get(branch.communityId) ?? []), branch]);
  const homes = new Map<number, Home[]>([...byCommunity.keys()].map((id) => [id, []]));
  const doors = [...byCommunity].flatMap(([communityId, near], place) =>
    Array.from({ length: size.householdsPerCommunity }, (_, nth) => ({
      communityId,
      members: near.flatMap((branch) => branch.members),
      nth,
      head: nameOf(place * size.householdsPerCommunity + nth * 7 + 11),
    })),
  );
  const pair = db
    .insert(pairing)
    .values({
      memberId: sql.placeholder('memberId'),
      householdId: sql.placeholder('householdId'),
      fromDay: day,
    })
    .prepare();
  writing.each(doors, ({ communityId, members, nth, head }) => {
    const address = addressOf(nth);
    const { id, building } = q.households.create({ orgId: communityId, address, headName: head, day, now });
    const member = members[nth % members.length];
    if (member) pair.run({ memberId: member.id, householdId: id });
    homes.get(communityId)?.push({ id, communityId, address, building, head });
  });
  return homes;
}

function addressOf(nth: number): string {
  const inside = nth % PER_BUILDING;
  const floor = Math.floor(inside / 4) + 1;
  return `${Math.floor(nth / PER_BUILDING) + 1}号楼${(inside % 2) + 1}单元${floor}0${(Math.floor(inside / 2) % 2) + 1}室`;
}
