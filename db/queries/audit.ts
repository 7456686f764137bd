import { createHash } from 'node:crypto';
import { desc, gt, sql } from 'drizzle-orm';
import { audit } from '../schema/index.ts';
import type { Session } from './session.ts';

type Row = typeof audit.$inferSelect;

function hashOf(row: Pick<Row, 'at' | 'actorId' | 'act' | 'subject' | 'dataSealed' | 'previous'>): string {
  return createHash('sha256')
    .update(JSON.stringify([row.at, row.actorId, row.act, row.subject, row.dataSealed, row.previous]))
    .digest('base64url');
}

/** Append-only, hash-chained log (care 20): the hash covers the sealed data, so it verifies without the key. */
export function auditQueries({ db, vault }: Session) {
  // No limit: a bound one is planned anew at every call, and `get` takes the first row alone.
  const head = db.select({ hash: audit.hash }).from(audit).orderBy(desc(audit.seq)).prepare();
  const insert = db
    .insert(audit)
    .values({
      at: sql.placeholder('at'),
      actorId: sql.placeholder('actorId'),
      act: sql.placeholder('act'),
      subject: sql.placeholder('subject'),
      dataSealed: sql.placeholder('dataSealed'),
      previous: sql.placeholder('previous'),
      hash: sql.placeholder('hash'),
    })
    .prepare();
  return {
    append(row: { at: number; actorId: number | null; act: string; subject: string; data?: unknown }): void {
      const entry = {
        at: row.at,
        actorId: row.actorId,
        act: row.act,
        subject: row.subject,
        dataSealed: row.data === undefined ? null : vault.seal(JSON.stringify(row.data)),
        previous: head.get()?.hash ?? '',
      };
      insert.run({ ...entry, hash: hashOf(entry) });
    },
    /** Walks the chain in slices; the first broken seq, or null. */
    verify(): number | null {
      let previous = '';
      let after = 0;
      for (;;) {
        const rows = db.select().from(audit).where(gt(audit.seq, after)).orderBy(audit.seq).limit(1000).all();
        if (rows.length === 0) return null;
        for (const row of rows) {
          if (row.previous !== previous || row.hash !== hashOf(row)) return row.seq;
          previous = row.hash;
          after = row.seq;
        }
      }
    },
    of(subject: string): (Row & { data: unknown })[] {
      return db
        .select()
        .from(audit)
        .where(sql`${audit.subject} = ${subject}`)
        .orderBy(audit.seq)
        .all()
        .map((row) => ({
          ...row,
          data: row.dataSealed ? (JSON.parse(vault.open(row.dataSealed)) as unknown) : null,
        }));
    },
  };
}
