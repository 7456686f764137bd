import { and, eq, gte, inArray, isNull, lte, or, sql } from 'drizzle-orm';
import type { Role } from '../../src/domain/actor.ts';
import { PAGE } from '../../src/domain/own-page.ts';
import { dayOf } from '../../src/lib/day.ts';
import { leave, member, role } from '../schema/index.ts';
import { remembering, type Session } from './session.ts';

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

export interface UnitRow {
  id: number;
  name: string;
}

type Post = Omit<PostRow, 'away'> & { away: 0 | 1; reachable: 0 | 1 };
type Candidate = Omit<CandidateRow, 'away' | 'reachable'> & { away: 0 | 1; reachable: 0 | 1 };

/** Who holds what along a line of orgs, and who there is in a branch: the facts of src/domain/issue-people.ts. Days are YYYY-MM-DD. */
export function issuePeople(session: Session) {
  const { db, prepare } = session;
  const inForce = (day: string) => and(lte(role.fromDay, day), or(isNull(role.toDay), gte(role.toDay, day)));
  const away = `exists (select 1 from leave l where l.member_id = member.id and l.cancelled_at is null
    and l.from_day <= ? and l.to_day >= ?)`;
  const reachable = `exists (select 1 from identity i where i.member_id = member.id and i.connection <> '${PAGE}')`;
  const today = `role.from_day <= ? and (role.to_day is null or role.to_day >= ?)`;
  const among = 'in (select value from json_each(?))';
  const posts = prepare<Post>(
    `select role.org_id as "orgId", role.member_id as "memberId", role.role as role, ${away} as away, ${reachable} as reachable
      from role join member on member.id = role.member_id
      where role.org_id ${among} and role.role ${among} and ${today} and member.status = '在册'
      order by role.id`,
  );
  const membersWith = prepare<Candidate>(
    `select distinct member.id as "memberId", member.name as name, ${away} as away, ${reachable} as reachable
      from member join role on role.member_id = member.id
      where (member.org_id = ? or member.community_id = ?) and member.status = '在册'
        and role.role ${among} and ${today}
      order by member.id`,
  );
  const unitsUnder = prepare<{ id: number; name: string }>(
    `select id, name from org where parent_id ${among} and kind = '承办单位' order by id`,
  );
  const unasked = prepare<{ id: number }>(
    `select issue.id as id from issue left join member on member.id = issue.asker_id
      where issue.state = 'awaitingSignOff'
        and (member.id is null or member.status <> '在册' or not ${reachable} or (issue.due_at < ? and ${away}))
      order by issue.due_at is null, issue.due_at, issue.id`,
  );
  const askedBy = prepare<{ id: number }>(
    `select id from issue where state = 'awaitingSignOff' and asker_id = ? order by id`,
  );
  // Whoever decides about one matter is asked several times for one press, and seldom changes.
  const postsOf = remembering(session, (key: string): readonly PostRow[] => {
    const [orgIds, roles, day] = JSON.parse(key) as [number[], Role[], string];
    return posts
      .all(day, day, JSON.stringify(orgIds), JSON.stringify(roles), day, day)
      .map(({ reachable, ...row }) => ({ ...row, away: row.away === 1 || reachable === 0 }));
  });
  const candidatesOf = remembering(session, (key: string): readonly CandidateRow[] => {
    const [orgId, roles, day] = JSON.parse(key) as [number, Role[], string];
    return membersWith
      .all(day, day, orgId, orgId, JSON.stringify(roles), day, day)
      .map((row) => ({ ...row, away: row.away === 1, reachable: row.reachable === 1 }));
  });
  const unitsOf = remembering(session, (ids: string) => unitsUnder.all(ids) as readonly UnitRow[]);

  return {
    /** Holders of these roles on these orgs that day, 在册, in the order in which they were granted. */
    posts: (orgIds: readonly number[], roles: readonly Role[], day: string): readonly PostRow[] =>
      postsOf(JSON.stringify([orgIds, roles, day])),
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
    membersWith: (orgId: number, roles: readonly Role[], day: string): readonly CandidateRow[] =>
      candidatesOf(JSON.stringify([orgId, roles, day])),
    /** Matters that nobody asks about: none could be named, who was has left or cannot be reached, or is on leave past its time (decision 19). */
    unasked(now: number): number[] {
      const day = dayOf(now);
      return unasked.all(now, day, day).map((row) => row.id);
    },
    /** Matters that this member was asked to ask about. */
    askedBy: (memberId: number): number[] => askedBy.all(memberId).map((row) => row.id),
    /** 承办单位 directly under one of these orgs: what a line of orgs can dispatch to. */
    unitsUnder: (orgIds: readonly number[]): readonly UnitRow[] => unitsOf(JSON.stringify(orgIds)),
  };
}
