import { gt, sql } from 'drizzle-orm';
import { sha256Text } from '../../src/lib/sha256.ts';
import { audit } from '../schema/index.ts';
import type { Session } from './session.ts';

type Row = typeof audit.$inferSelect;

function hashOf(row: Pick<Row, 'at' | 'actorId' | 'act' | 'subject' | 'dataSealed' | 'previous'>): string {
  return sha256Text(
    JSON.stringify([row.at, row.actorId, row.act, row.subject, row.dataSealed, row.previous]),
  );
}

/** The chain's last hash as long as the epoch stands still, one a store whoever appends. */
const heads = new WeakMap<object, { epoch: number; hash: string }>();

/** Append-only, hash-chained log (care 20): the hash covers the sealed data, so it verifies without the key. */
export function auditQueries({
  db,
  vault,
  prepare,
  epoch,
}: Pick<Session, 'db' | 'vault' | 'prepare' | 'epoch'>) {
  const head = prepare<{ hash: string }>('select hash from audit order by seq desc limit 1');
  const insert = prepare(
    'insert into audit (at, actor_id, act, subject, data_sealed, previous, hash) values (?, ?, ?, ?, ?, ?, ?)',
  );
  return {
    append(row: { at: number; actorId: number | null; act: string; subject: string; data?: unknown }): void {
      const { at, actorId, act, subject, data } = row;
      const dataSealed = data === undefined ? null : vault.seal(JSON.stringify(data));
      const now = epoch();
      const known = heads.get(db);
      const previous = known && known.epoch === now ? known.hash : (head.get()?.hash ?? '');
      const hash = hashOf({ at, actorId, act, subject, dataSealed, previous });
      insert.run(at, actorId, act, subject, dataSealed, previous, hash);
      if (now !== null) heads.set(db, { epoch: now, hash });
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
    /** Asked for seldom, and not indexed. */
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
