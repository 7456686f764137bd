import { and, eq, getTableColumns, gte, inArray, isNull, like, lte, or, sql } from 'drizzle-orm';
import type { Actor, Role, RoleHolding } from '../../src/domain/actor.ts';
import { PAGE } from '../../src/domain/own-page.ts';
import { identity, member, org, role } from '../schema/index.ts';
import { remembering, type Session } from './session.ts';
import { standingQueries } from './standing.ts';

export type Member = typeof member.$inferSelect;

/** How old a note of when somebody spoke from an id may be, ms: it is written that often at most. */
const NOTED = 10 * 60_000;

/** People, their roles, ids and leaves. Days are YYYY-MM-DD. */
export function memberQueries(session: Session) {
  const { db, vault, connections } = session;
  const byIdentity = db
    .select({ member, privateChat: identity.privateChat, usedAt: identity.usedAt })
    .from(identity)
    .innerJoin(member, eq(member.id, identity.memberId))
    .where(
      and(
        eq(identity.connection, sql.placeholder('connection')),
        eq(identity.externalId, sql.placeholder('externalId')),
      ),
    )
    .prepare();
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
  const identified = remembering(session, (key: string) => {
    const [connection = '', externalId = ''] = key.split('\n');
    return byIdentity.get({ connection, externalId });
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
    ...standingQueries({ db }),
    get,
    byIdentity(
      connection: string,
      externalId: string,
    ): { member: Member; privateChat: string | null; usedAt: number | null } | undefined {
      return identified(`${connection}\n${externalId}`);
    },
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
    holders(orgId: number, roles: readonly Role[], day: string): Member[] {
      return db
        .select({ member })
        .from(role)
        .innerJoin(member, eq(member.id, role.memberId))
        .where(
          and(
            eq(role.orgId, orgId),
            inArray(role.role, [...roles]),
            lte(role.fromDay, day),
            or(isNull(role.toDay), gte(role.toDay, day)),
            eq(member.status, '在册'),
          ),
        )
        .orderBy(role.id)
        .all()
        .map((row) => row.member);
    },
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
    identities: (memberId: number): (typeof identity.$inferSelect)[] =>
      db.select().from(identity).where(eq(identity.memberId, memberId)).all(),
    /** His ids on platforms: a page of his own is no account. */
    accounts: (memberId: number): (typeof identity.$inferSelect)[] =>
      queries.identities(memberId).filter((each) => each.connection !== PAGE),
    /** Everybody with an id on this connection. */
    on: (connection: string): (typeof identity.$inferSelect)[] =>
      db.select().from(identity).where(eq(identity.connection, connection)).all(),
    /**
     * His ids on connections that are on: the one he spoke from last comes first, then in their order (decision 6).
     * A page of his own is the last resort, for nothing rings there.
     */
    reachable(memberId: number): (typeof identity.$inferSelect)[] {
      const on = connections?.();
      const place = (each: { connection: string }): number => on?.indexOf(each.connection) ?? 0;
      const page = (each: { connection: string }): number => (each.connection === PAGE ? 1 : 0);
      return queries
        .identities(memberId)
        .filter((each) => place(each) >= 0)
        .sort((a, b) => page(a) - page(b) || (b.usedAt ?? 0) - (a.usedAt ?? 0) || place(a) - place(b));
    },
    /** A message of ours rings somewhere: a page of his own does not. */
    hasChat: (memberId: number): boolean =>
      queries.reachable(memberId).some((each) => each.connection !== PAGE),
    /** Notes that he speaks from there; `known` is what `byIdentity` gave. */
    spokeFrom(connection: string, externalId: string, known: { usedAt: number | null }, now: number): void {
      if (known.usedAt !== null && Math.abs(now - known.usedAt) < NOTED) return;
      db.update(identity)
        .set({ usedAt: now })
        .where(and(eq(identity.connection, connection), eq(identity.externalId, externalId)))
        .run();
    },
    link(connection: string, externalId: string, memberId: number): void {
      db.insert(identity)
        .values({ connection, externalId, memberId })
        .onConflictDoUpdate({ target: [identity.connection, identity.externalId], set: { memberId } })
        .run();
    },
    rememberPrivateChat(connection: string, externalId: string, privateChat: string): void {
      db.update(identity)
        .set({ privateChat })
        .where(and(eq(identity.connection, connection), eq(identity.externalId, externalId)))
        .run();
    },
  };
  return queries;
}
