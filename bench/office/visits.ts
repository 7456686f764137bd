import { DAY, dayOf } from '../../src/lib/day.ts';
import type { Generated, Person, Writing } from './generate.ts';
import { NOTES } from './words.ts';

/** A year of visits: each member mostly at his own families, now and then at somebody else's or in vain. */
export function writeVisits(writing: Writing, { branches, homes }: Generated): void {
  const { q, size, random, now } = writing;
  const rounds = branches.flatMap((branch) =>
    branch.members.flatMap((member, seat) =>
      Array.from({ length: size.visitsPerMember }, (_, nth) => ({ branch, member, seat, nth })),
    ),
  );
  writing.each(rounds, ({ branch, member, seat, nth }) => {
    const near = homes.get(branch.communityId) ?? [];
    const members = size.branchesPerCommunity * size.membersPerBranch;
    const own = near.filter((_, at) => at % members === (branch.id + seat) % members);
    const home =
      random.chance(80) && own.length > 0 ? own[random.below(own.length)] : near[random.below(near.length)];
    if (!home) return;
    const recordedAt = now - random.below(365) * DAY - random.below(9) * 3_600_000;
    const batch = `bench-${member.id}-${nth}`;
    const visit = q.visits.create({
      orgId: branch.id,
      householdId: home.id,
      batch,
      typistId: member.id,
      happenedDay: dayOf(recordedAt),
      recordedAt,
      mode: random.chance(85) ? 'home' : 'phone',
      outcome: random.chance(90) ? 'met' : 'attempt',
      kind: 'visit',
      building: home.building,
      place: home.address,
      person: home.head,
      note: random.pick(NOTES),
      chatId: branch.chatId,
      messageId: `om_${batch}`,
      visitors: [visitorOf(member, own.includes(home))],
    });
    q.audit.append({
      at: recordedAt,
      actorId: member.id,
      act: 'visit.record',
      subject: `visits:${batch}`,
      data: { visits: [visit.id], kind: 'visit' },
    });
  });
}

function visitorOf(member: Person, paired: boolean) {
  return { memberId: member.id, name: member.name, paired, contactPointIds: [member.pointId] };
}
