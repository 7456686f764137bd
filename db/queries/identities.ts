import { and, eq, sql } from 'drizzle-orm';
import { PAGE } from '../../src/domain/own-page.ts';
import { identity, member } from '../schema/index.ts';
import type { Member } from './members.ts';
import { columnsOf, remembering, type Session } from './session.ts';

/** How old a note of when somebody spoke from an id may be, ms: it is written that often at most. */
const NOTED = 10 * 60_000;

/** Ids of people on platforms: who speaks, and where somebody can be reached. */
export function identityQueries(session: Session) {
  const { db, connections, prepare } = session;
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
  const identities = prepare<typeof identity.$inferSelect>(
    `select ${columnsOf(identity)} from identity where member_id = ?`,
  );
  const noteUse = prepare('update identity set used_at = ? where connection = ? and external_id = ?');
  const identified = remembering(session, (key: string) => {
    const [connection = '', externalId = ''] = key.split('\n');
    return byIdentity.get({ connection, externalId });
  });

  const queries = {
    byIdentity(
      connection: string,
      externalId: string,
    ): { member: Member; privateChat: string | null; usedAt: number | null } | undefined {
      return identified(`${connection}\n${externalId}`);
    },
    identities: (memberId: number): (typeof identity.$inferSelect)[] => identities.all(memberId),
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
      noteUse.run(now, connection, externalId);
      // Told to what is remembered: to forget everybody for it would cost the next hundred events.
      known.usedAt = now;
    },
    link(connection: string, externalId: string, memberId: number): void {
      db.insert(identity)
        .values({ connection, externalId, memberId })
        .onConflictDoUpdate({ target: [identity.connection, identity.externalId], set: { memberId } })
        .run();
    },
    rememberPrivateChat(connection: string, externalId: string, privateChat: string): void {
      if (queries.byIdentity(connection, externalId)?.privateChat === privateChat) return;
      db.update(identity)
        .set({ privateChat })
        .where(and(eq(identity.connection, connection), eq(identity.externalId, externalId)))
        .run();
    },
  };
  return queries;
}
