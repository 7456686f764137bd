import { and, eq, isNull, like, sql } from 'drizzle-orm';
import { identity, member, org, pairing, role, setting, strangerLine } from '../schema/index.ts';
import type { Member } from './members.ts';
import type { OrgKind } from './orgs.ts';
import type { Session } from './session.ts';

/** A role in force or to come, as the roster shows it. Days are YYYY-MM-DD. */
export interface HeldRole {
  role: string;
  orgId: number;
  fromDay: string;
}

/** Somebody whose lines wait for admission (decision 22). `at`: epoch ms of the newest. */
export interface WaitingStranger {
  connection: string;
  externalId: string;
  lines: number;
  at: number;
}

const STAGE = 'import-stage:';

/** What the care of the roster asks beyond the everyday look-ups of members, orgs and chats. */
export function rosterQueries({ db, vault }: Session) {
  const inTree = (path: string) => like(org.path, `${path}%`);
  return {
    /** Everybody whose own org lies in the subtree, whatever the status; by org, then by row. */
    page(path: string, page: { limit: number; offset: number }): Member[] {
      return db
        .select({ member })
        .from(member)
        .innerJoin(org, eq(org.id, member.orgId))
        .where(inTree(path))
        .orderBy(org.path, member.id)
        .limit(page.limit)
        .offset(page.offset)
        .all()
        .map((row) => row.member);
    },
    count(path: string): number {
      const found = db
        .select({ count: sql<number>`count(*)` })
        .from(member)
        .innerJoin(org, eq(org.id, member.orgId))
        .where(inTree(path))
        .get();
      return found?.count ?? 0;
    },
    /** Roles not ended. */
    held: (memberId: number): HeldRole[] =>
      db
        .select({ role: role.role, orgId: role.orgId, fromDay: role.fromDay })
        .from(role)
        .where(and(eq(role.memberId, memberId), isNull(role.toDay)))
        .orderBy(role.id)
        .all(),
    /** Everybody with a standing 管理员, and where. */
    administrators: (): { memberId: number; orgId: number }[] =>
      db
        .select({ memberId: role.memberId, orgId: role.orgId })
        .from(role)
        .where(and(eq(role.role, '管理员'), isNull(role.toDay)))
        .all(),
    /** Orgs without a parent. */
    roots: (): number[] =>
      db
        .select({ id: org.id })
        .from(org)
        .where(isNull(org.parentId))
        .orderBy(org.id)
        .all()
        .map((row) => row.id),
    changeOrg(id: number, set: { name?: string; kind?: OrgKind }): void {
      db.update(org).set(set).where(eq(org.id, id)).run();
    },
    unlink(connection: string, externalId: string): void {
      db.delete(identity)
        .where(and(eq(identity.connection, connection), eq(identity.externalId, externalId)))
        .run();
    },
    pairing: (id: number): typeof pairing.$inferSelect | undefined =>
      db.select().from(pairing).where(eq(pairing.id, id)).get(),
    /** Whose lines wait, newest first. */
    strangers: (): WaitingStranger[] =>
      db
        .select({
          connection: strangerLine.connection,
          externalId: strangerLine.externalId,
          lines: sql<number>`count(*)`,
          at: sql<number>`max(${strangerLine.receivedAt})`,
        })
        .from(strangerLine)
        .where(isNull(strangerLine.settledAt))
        .groupBy(strangerLine.connection, strangerLine.externalId)
        .orderBy(sql`max(${strangerLine.receivedAt}) desc`)
        .limit(50)
        .all(),
    /** Slices of an import under way, sealed (decisions 28, 41). */
    stage(slice: number, rows: unknown): void {
      const value = JSON.stringify(vault.seal(JSON.stringify(rows)));
      db.insert(setting)
        .values({ key: STAGE + String(slice).padStart(6, '0'), value })
        .onConflictDoUpdate({ target: setting.key, set: { value } })
        .run();
    },
    /** The first slice still staged; `key` is for `unstage`. */
    staged(): { key: string; rows: unknown } | null {
      const row = db
        .select()
        .from(setting)
        .where(like(setting.key, `${STAGE}%`))
        .orderBy(setting.key)
        .limit(1)
        .get();
      return row
        ? { key: row.key, rows: JSON.parse(vault.open(JSON.parse(row.value) as string)) as unknown }
        : null;
    },
    unstage(key: string): void {
      db.delete(setting).where(eq(setting.key, key)).run();
    },
  };
}
