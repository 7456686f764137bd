import { and, eq, gte, isNotNull, isNull, lt, sql } from 'drizzle-orm';
import { chat, strangerLine, told } from '../schema/index.ts';
import { remembering, type Session } from './session.ts';

export type Chat = typeof chat.$inferSelect;
export type StrangerLine = typeof strangerLine.$inferSelect;

/** Groups the bot knows. */
export function chatQueries(session: Session) {
  const { db } = session;
  const byExternal = db
    .select()
    .from(chat)
    .where(
      and(
        eq(chat.connection, sql.placeholder('connection')),
        eq(chat.externalId, sql.placeholder('externalId')),
      ),
    )
    .prepare();
  const byId = db
    .select()
    .from(chat)
    .where(eq(chat.id, sql.placeholder('id')))
    .prepare();
  const found = remembering(session, (key: string): Chat | undefined => {
    const [connection = '', externalId = ''] = key.split('\n');
    return byExternal.get({ connection, externalId });
  });
  return {
    get: remembering(session, (id: number): Chat | undefined => byId.get({ id })),
    find: (connection: string, externalId: string): Chat | undefined => found(`${connection}\n${externalId}`),
    /** Creates or refreshes a known group; binding is kept. */
    seen(row: { connection: string; externalId: string; name?: string | null; external?: boolean }): Chat {
      return db
        .insert(chat)
        .values({
          connection: row.connection,
          externalId: row.externalId,
          name: row.name ?? null,
          external: row.external ?? false,
        })
        .onConflictDoUpdate({
          target: [chat.connection, chat.externalId],
          set: {
            goneAt: null,
            ...(row.name ? { name: row.name } : {}),
            ...(row.external === undefined ? {} : { external: row.external }),
          },
        })
        .returning()
        .get();
    },
    bind(
      id: number,
      binding: { purpose: 'work' | 'residents'; orgId: number; by: number | null; now: number },
    ): void {
      db.update(chat)
        .set({ purpose: binding.purpose, orgId: binding.orgId, boundBy: binding.by, boundAt: binding.now })
        .where(eq(chat.id, id))
        .run();
    },
    unbind(id: number): void {
      db.update(chat)
        .set({ purpose: null, orgId: null, boundBy: null, boundAt: null })
        .where(eq(chat.id, id))
        .run();
    },
    gone(id: number, now: number): void {
      db.update(chat).set({ goneAt: now }).where(eq(chat.id, id)).run();
    },
    /** Bound work groups of exactly this org that the bot is still in. */
    workGroups(orgId: number): Chat[] {
      return db
        .select()
        .from(chat)
        .where(and(eq(chat.orgId, orgId), eq(chat.purpose, 'work'), isNull(chat.goneAt)))
        .all();
    },
    /** All bound groups, gone ones included (Monday's card goes to the secretary then). */
    bound: (): Chat[] => db.select().from(chat).where(isNotNull(chat.purpose)).all(),
  };
}

/** Lines of unknown people, sealed, 7 days (decision 22). */
export function strangerQueries({ db, vault }: Session) {
  return {
    keep(row: {
      connection: string;
      externalId: string;
      name: string | null;
      chatId: number | null;
      inbound: unknown;
      now: number;
    }): void {
      db.insert(strangerLine)
        .values({
          connection: row.connection,
          externalId: row.externalId,
          name: row.name,
          chatId: row.chatId,
          inboundSealed: vault.seal(JSON.stringify(row.inbound)),
          receivedAt: row.now,
        })
        .run();
    },
    get: (id: number): StrangerLine | undefined =>
      db.select().from(strangerLine).where(eq(strangerLine.id, id)).get(),
    /** Unsettled lines of one person, oldest first; `inbound` unsealed. */
    waiting(connection: string, externalId: string): (StrangerLine & { inbound: unknown })[] {
      return db
        .select()
        .from(strangerLine)
        .where(
          and(
            eq(strangerLine.connection, connection),
            eq(strangerLine.externalId, externalId),
            isNull(strangerLine.settledAt),
          ),
        )
        .orderBy(strangerLine.id)
        .all()
        .map((row) => ({ ...row, inbound: JSON.parse(vault.open(row.inboundSealed)) as unknown }));
    },
    settle(connection: string, externalId: string, now: number): void {
      db.update(strangerLine)
        .set({ settledAt: now })
        .where(
          and(
            eq(strangerLine.connection, connection),
            eq(strangerLine.externalId, externalId),
            isNull(strangerLine.settledAt),
          ),
        )
        .run();
    },
    drop(id: number): void {
      db.delete(strangerLine).where(eq(strangerLine.id, id)).run();
    },
    purge(before: number): number {
      return db
        .delete(strangerLine)
        .where(lt(strangerLine.receivedAt, before))
        .returning({ id: strangerLine.id })
        .all().length;
    },
  };
}

/** "Once per person and kind" (decisions 10, 22). */
export function toldQueries({ db }: Session) {
  const before = db
    .select({ at: told.at })
    .from(told)
    .where(
      and(
        eq(told.who, sql.placeholder('who')),
        eq(told.kind, sql.placeholder('kind')),
        gte(told.at, sql.placeholder('since')),
      ),
    )
    .prepare();
  return {
    /** True the first time since `since`; remembers it. */
    first(who: string, kind: string, now: number, since = 0): boolean {
      if (before.get({ who, kind, since })) return false;
      db.insert(told)
        .values({ who, kind, at: now })
        .onConflictDoUpdate({ target: [told.who, told.kind], set: { at: now } })
        .run();
      return true;
    },
  };
}
