import { and, eq, gte, isNull, lt, sql } from 'drizzle-orm';
import { org, setting } from '../schema/index.ts';
import { remembering, type Session } from './session.ts';

export type Org = typeof org.$inferSelect;
export type OrgKind = Org['kind'];

/** The tree of organisations (one per office) and the office's small settings. */
export function orgQueries(session: Session) {
  const { db } = session;
  const byId = db
    .select()
    .from(org)
    .where(eq(org.id, sql.placeholder('id')))
    .prepare();
  // One statement for the whole line: the path names the ids, the nearest is the longest.
  const lineage = db
    .select()
    .from(org)
    .where(
      sql`${org.id} in (select j.value from org o, json_each('[' || replace(trim(o.path, '/'), '/', ',') || ']') j
        where o.id = ${sql.placeholder('id')})`,
    )
    .orderBy(sql`length(${org.path}) desc`)
    .prepare();
  // A range, for `like` walks every org: a path ends in a slash, and what comes after a slash is 0.
  const after = (path: string): string => `${path.slice(0, -1)}0`;
  const subtree = db
    .select()
    .from(org)
    .where(and(gte(org.path, sql.placeholder('from')), lt(org.path, sql.placeholder('to'))))
    .prepare();
  const queries = {
    get: remembering(session, (id: number): Org | undefined => byId.get({ id })),
    all: (): Org[] => db.select().from(org).all(),
    /** Nearest first, the org itself included. */
    lineage: remembering(session, (id: number): readonly Org[] => lineage.all({ id })),
    /** Every org whose path lies in the subtree, the org itself included. */
    subtree: (path: string): Org[] => subtree.all({ from: path, to: after(path) }),
    childNamed(parentId: number | null, name: string): Org | undefined {
      return db
        .select()
        .from(org)
        .where(and(parentId === null ? isNull(org.parentId) : eq(org.parentId, parentId), eq(org.name, name)))
        .get();
    },
    /** All orgs of this last name; `梧桐街道/第一支部` narrows by the parents' names (decision 16). */
    named(path: string): Org[] {
      const parts = path
        .split(/[/／]/)
        .map((part) => part.trim())
        .filter(Boolean);
      const last = parts.at(-1);
      if (!last) return [];
      return db
        .select()
        .from(org)
        .where(eq(org.name, last))
        .all()
        .filter((found) => {
          const names = queries
            .lineage(found.id)
            .map((each) => each.name)
            .reverse();
          return parts.every((part, index) => names[names.length - parts.length + index] === part);
        });
    },
    create(row: {
      parentId: number | null;
      name: string;
      kind: OrgKind;
      phone?: string | null;
      now: number;
    }): Org {
      const parent = row.parentId === null ? null : queries.get(row.parentId);
      const created = db
        .insert(org)
        .values({
          parentId: row.parentId,
          name: row.name,
          kind: row.kind,
          phone: row.phone ?? null,
          path: '',
          createdAt: row.now,
        })
        .returning()
        .get();
      return db
        .update(org)
        .set({ path: `${parent?.path ?? '/'}${created.id}/` })
        .where(eq(org.id, created.id))
        .returning()
        .get();
    },
    setPhone(id: number, phone: string | null): void {
      db.update(org).set({ phone }).where(eq(org.id, id)).run();
    },
    /** `梧桐街道/第一支部` where the last name alone is not unique. */
    label(id: number): string {
      const [self, parent] = queries.lineage(id);
      if (!self) return '';
      return parent && queries.named(self.name).length > 1 ? `${parent.name}/${self.name}` : self.name;
    },
    /** The number to ring that may be shown: the nearest org's that has one. */
    phone(id: number): string | null {
      return queries.lineage(id).find((each) => each.phone)?.phone ?? null;
    },
  };
  return queries;
}

/** JSON values by key. */
export function settingQueries(session: Pick<Session, 'db' | 'epoch'>) {
  const { db } = session;
  const byKey = db
    .select()
    .from(setting)
    .where(eq(setting.key, sql.placeholder('key')))
    .prepare();
  const text = remembering(session, (key: string): string => byKey.get({ key })?.value ?? '');
  return {
    /** Parsed anew at every call: what is given belongs to the caller. */
    get<T>(key: string): T | null {
      const value = text(key);
      return value === '' ? null : (JSON.parse(value) as T);
    },
    set(key: string, value: unknown): void {
      const text = JSON.stringify(value);
      db.insert(setting)
        .values({ key, value: text })
        .onConflictDoUpdate({ target: setting.key, set: { value: text } })
        .run();
    },
    /** Every setting whose key begins so. */
    under: <T>(prefix: string): { key: string; value: T }[] =>
      db
        .select()
        .from(setting)
        .where(and(gte(setting.key, prefix), lt(setting.key, `${prefix}\u{10ffff}`)))
        .all()
        .map(({ key, value }) => ({ key, value: JSON.parse(value) as T })),
    remove(key: string): void {
      db.delete(setting).where(eq(setting.key, key)).run();
    },
  };
}
