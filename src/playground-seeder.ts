import type { Queries } from '../db/queries/index.ts';
import { pinyinOf } from './domain/names.ts';
import { periodOf } from './domain/period.ts';
import { dayOf } from './lib/day.ts';
import { CONNECTION } from './playground-office.ts';
import { findPolicy } from './policies/index.ts';
import type { CommunitySeeder } from './web/playground/community.ts';

/** The demonstration's duties begin with the current period: nobody starts with old debts. */
function beginning(system: 'rugang' | 'xian', now: number): string {
  const today = dayOf(now);
  return periodOf(system === 'xian' ? 'quarter' : 'month', today)?.from ?? today;
}

/** Writes the made-up community into an office that has nothing yet. */
export function seeder(q: Queries, since: string, now: number): CommunitySeeder {
  return {
    org: (row) => q.orgs.create({ ...row, now }).id,
    member(row) {
      const created = q.members.create({
        name: row.name,
        pinyin: pinyinOf(row.name),
        orgId: row.orgId,
        communityId: row.communityId,
        day: since,
        now,
      });
      q.members.link(CONNECTION, row.externalId, created.id);
      for (const name of row.cohorts) q.members.joinCohort(created.id, name, since);
      return created.id;
    },
    role: (row) => void q.members.grant(row.memberId, row.orgId, row.role, since),
    household(row) {
      return q.households.create({
        orgId: row.orgId,
        address: row.address,
        headName: row.headName,
        gridId: row.gridId,
        size: row.size,
        day: since,
        now,
      }).id;
    },
    pairing: (row) => void q.households.pair({ ...row, day: since }),
    contactPoint: (row) => void q.households.addContactPoint({ ...row, day: since }),
    group(row) {
      const chat = q.chats.seen({ connection: CONNECTION, externalId: row.chatId, name: row.name });
      q.chats.bind(chat.id, { purpose: row.purpose, orgId: row.orgId, by: row.boundBy, now });
    },
    adopt(row) {
      const policy = findPolicy(row.system);
      if (policy)
        q.work.adopt({
          system: row.system,
          orgId: row.orgId,
          policy,
          fromDay: beginning(row.system, now),
          by: null,
          now,
        });
    },
  };
}
