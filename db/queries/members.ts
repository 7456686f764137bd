import { and, eq, getTableColumns, gte, isNull, like, lte, or, sql } from 'drizzle-orm';
import type { Actor, Role, RoleHolding } from '../../src/domain/actor.ts';
import { member, org, role } from '../schema/index.ts';
import { identityQueries } from './identities.ts';
import { remembering, type Session } from './session.ts';
import { standingQueries } from './standing.ts';

export type Member = typeof member.$inferSelect;

/** People, their roles, ids and leaves. Days are YYYY-MM-DD. */
export function memberQueries(session: Session) {
  const { db, vault, prepare } = session;
  // With the newest reminder, so that a visit need not ask (work/duties-changed.ts); writing one ends what is remembered.
  const nudgedAt = sql<number | null>`(select max(n.sent_at) from nudge n where n.member_id = member.id)`;
  const byId = db
    .select({ ...getTableColumns(member), nudgedAt })
    .from(member)
    .where(eq(member.id, sql.placeholder('id')))
    .prepare();
  const orgPath = db
    .select({ path: org.path })
    .from(org)
    .where(eq(org.id, sql.placeholder('id')))
    .prepare();
  const rolesOn = db
    .select({ role: role.role, orgId: role.orgId, path: org.path })
    .from(role)
    .innerJoin(org, eq(org.id, role.orgId))
    .where(
      and(
        eq(role.memberId, sql.placeholder('id')),
        lte(role.fromDay, sql.placeholder('day')),
        or(isNull(role.toDay), gte(role.toDay, sql.placeholder('day'))),
      ),
    )
    .prepare();

  const get = remembering(session, (id: number): (Member & { nudgedAt: number | null }) | undefined =>
    byId.get({ id }),
  );
  const holding = prepare<{ memberId: number }>(
    `select member_id as "memberId" from role join member on member.id = member_id
      where role.org_id = ? and role in (select value from json_each(?)) and from_day <= ?
        and (to_day is null or to_day >= ?) and status = '在册' order by role.id`,
  );
  const holdersOf = remembering(session, (key: string): readonly { memberId: number }[] => {
    const [orgId, roles, day] = JSON.parse(key) as [number, Role[], string];
    return holding.all(orgId, JSON.stringify(roles), day, day);
  });
  const actorOn = remembering(session, (key: string): Actor | null => {
    const [id, day = ''] = key.split(' ');
    const found = get(Number(id));
    if (found?.status !== '在册') return null;
    return {
      memberId: found.id,
      name: found.name,
      orgId: found.orgId,
      orgPath: orgPath.get({ id: found.orgId })?.path ?? '/',
      communityId: found.communityId,
      roles: rolesOn.all({ id: found.id, day }) as RoleHolding[],
    };
  });

  const queries = {
    ...standingQueries(session),
    ...identityQueries(session),
    get,
    rolesOn: (id: number, day: string): RoleHolding[] => rolesOn.all({ id, day }) as RoleHolding[],
    /** Decision 15: 在册 only, with the roles in force that day. */
    actor: (id: number, day: string): Actor | null => actorOn(`${id} ${day}`),
    create(row: {
      name: string;
      pinyin: string;
      orgId: number;
      communityId?: number | null;
      phone?: string | null;
      day: string;
      now: number;
    }): Member {
      return db
        .insert(member)
        .values({
          name: row.name,
          pinyin: row.pinyin,
          orgId: row.orgId,
          communityId: row.communityId ?? null,
          phoneSealed: row.phone ? vault.seal(row.phone) : null,
          phoneDigest: row.phone ? vault.digest('phone', row.phone) : null,
          status: '在册',
          statusFrom: row.day,
          createdAt: row.now,
        })
        .returning()
        .get();
    },
    change(
      id: number,
      set: Partial<
        Pick<Member, 'name' | 'pinyin' | 'orgId' | 'communityId' | 'status' | 'statusFrom' | 'nudgeAt'>
      >,
    ): void {
      db.update(member).set(set).where(eq(member.id, id)).run();
    },
    setPhone(id: number, phone: string): void {
      db.update(member)
        .set({ phoneSealed: vault.seal(phone), phoneDigest: vault.digest('phone', phone) })
        .where(eq(member.id, id))
        .run();
    },
    phone(id: number): string | null {
      const sealed = queries.get(id)?.phoneSealed;
      return sealed ? vault.open(sealed) : null;
    },
    byPhone: (phone: string): Member[] =>
      db
        .select()
        .from(member)
        .where(eq(member.phoneDigest, vault.digest('phone', phone)))
        .all(),
    named: (name: string): Member[] => db.select().from(member).where(eq(member.name, name)).all(),
    byPinyin: (pinyin: string): Member[] => db.select().from(member).where(eq(member.pinyin, pinyin)).all(),
    /** 在册 members whose own org lies in the subtree. */
    inSubtree(path: string): Member[] {
      return db
        .select({ member })
        .from(member)
        .innerJoin(org, eq(org.id, member.orgId))
        .where(and(like(org.path, `${path}%`), eq(member.status, '在册')))
        .all()
        .map((row) => row.member);
    },
    /** 在册 members whose own org this is, or who registered with it as their community. */
    ofOrg(orgId: number): Member[] {
      return db
        .select()
        .from(member)
        .where(and(or(eq(member.orgId, orgId), eq(member.communityId, orgId)), eq(member.status, '在册')))
        .all();
    },
    /** Holders of the roles on exactly this org that day, 在册. */
    holders: (orgId: number, roles: readonly Role[], day: string): Member[] =>
      holdersOf(JSON.stringify([orgId, roles, day])).flatMap(({ memberId }) => get(memberId) ?? []),
    grant(memberId: number, orgId: number, granted: Role, day: string): boolean {
      const present = db
        .select()
        .from(role)
        .where(
          and(eq(role.memberId, memberId), eq(role.orgId, orgId), eq(role.role, granted), isNull(role.toDay)),
        )
        .get();
      if (present) return false;
      db.insert(role).values({ memberId, orgId, role: granted, fromDay: day }).run();
      return true;
    },
    /** Ends, never deletes; the last day it held is the day before. */
    revoke(memberId: number, orgId: number, revoked: Role, lastDay: string): void {
      db.update(role)
        .set({ toDay: lastDay })
        .where(
          and(eq(role.memberId, memberId), eq(role.orgId, orgId), eq(role.role, revoked), isNull(role.toDay)),
        )
        .run();
    },
    anyAdministrator(): boolean {
      return (
        db
          .select({ id: role.id })
          .from(role)
          .where(and(eq(role.role, '管理员'), isNull(role.toDay)))
          .limit(1)
          .get() !== undefined
      );
    },
  };
  return queries;
}
