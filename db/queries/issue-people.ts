import { and, eq, gte, inArray, isNull, lte, or, sql } from 'drizzle-orm';
import type { Role } from '../../src/domain/actor.ts';
import { PAGE } from '../../src/domain/own-page.ts';
import { identity, leave, member, org, role } from '../schema/index.ts';
import type { Session } from './session.ts';

export interface PostRow {
  orgId: number;
  memberId: number;
  role: Role;
  /** On leave that day, or no card can reach him: deputies step in. */
  away: boolean;
}

/** A stretch of days on which somebody who decides is away. */
export interface AwayRow {
  memberId: number;
  fromDay: string;
  toDay: string;
  /** Epoch ms. */
  recordedAt: number;
}

export interface CandidateRow {
  memberId: number;
  name: string;
  away: boolean;
  /** Has an id on some platform; a page of his own does not ring. */
  reachable: boolean;
}

/** Who holds what along a line of orgs, and who there is in a branch: the facts of src/domain/issue-people.ts. Days are YYYY-MM-DD. */
export function issuePeople({ db }: Session) {
  const away = (day: string) =>
    sql<number>`exists (select 1 from ${leave} where ${leave.memberId} = ${member.id} and ${leave.cancelledAt} is null and ${leave.fromDay} <= ${day} and ${leave.toDay} >= ${day})`;
  const inForce = (day: string) => and(lte(role.fromDay, day), or(isNull(role.toDay), gte(role.toDay, day)));
  const reachable = sql<number>`exists (select 1 from ${identity} where ${identity.memberId} = ${member.id} and ${identity.connection} <> ${PAGE})`;
  const ids = (list: readonly number[]) => sql`(select value from json_each(${JSON.stringify(list)}))`;

  return {
    /** Holders of these roles on these orgs that day, 在册, in the order in which they were granted. */
    posts(orgIds: readonly number[], roles: readonly Role[], day: string): PostRow[] {
      return db
        .select({ orgId: role.orgId, memberId: role.memberId, role: role.role, away: away(day), reachable })
        .from(role)
        .innerJoin(member, eq(member.id, role.memberId))
        .where(
          and(
            sql`${role.orgId} in ${ids(orgIds)}`,
            inArray(role.role, [...roles]),
            inForce(day),
            eq(member.status, '在册'),
          ),
        )
        .orderBy(role.id)
        .all()
        .map((row) => ({ ...row, role: row.role as Role, away: row.away === 1 || row.reachable === 0 }));
    },
    /** Leaves that touch [from, to], the one that begins first first, of 在册 people who hold one of these roles somewhere. */
    leavesOfPosts: (roles: readonly Role[], from: string, to: string): AwayRow[] =>
      db
        .select({
          memberId: leave.memberId,
          fromDay: leave.fromDay,
          toDay: leave.toDay,
          recordedAt: leave.recordedAt,
        })
        .from(leave)
        .innerJoin(member, eq(member.id, leave.memberId))
        .where(
          and(
            isNull(leave.cancelledAt),
            lte(leave.fromDay, to),
            gte(leave.toDay, from),
            eq(member.status, '在册'),
            sql`exists (select 1 from ${role} where ${role.memberId} = ${member.id} and ${inArray(role.role, [...roles])} and ${inForce(to)})`,
          ),
        )
        .orderBy(leave.fromDay, leave.id)
        .all(),
    /** 在册 members of a branch (own org or 报到社区) who hold one of these roles somewhere that day. */
    membersWith(orgId: number, roles: readonly Role[], day: string): CandidateRow[] {
      return db
        .selectDistinct({ memberId: member.id, name: member.name, away: away(day), reachable })
        .from(member)
        .innerJoin(role, eq(role.memberId, member.id))
        .where(
          and(
            or(eq(member.orgId, orgId), eq(member.communityId, orgId)),
            eq(member.status, '在册'),
            inArray(role.role, [...roles]),
            inForce(day),
          ),
        )
        .orderBy(member.id)
        .all()
        .map((row) => ({ ...row, away: row.away === 1, reachable: row.reachable === 1 }));
    },
    /** 承办单位 directly under one of these orgs: what a line of orgs can dispatch to. */
    unitsUnder: (orgIds: readonly number[]): { id: number; name: string }[] =>
      db
        .select({ id: org.id, name: org.name })
        .from(org)
        .where(and(sql`${org.parentId} in ${ids(orgIds)}`, eq(org.kind, '承办单位')))
        .orderBy(org.id)
        .all(),
  };
}
