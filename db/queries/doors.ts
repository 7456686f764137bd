import type { household } from '../schema/index.ts';
import type { Session } from './session.ts';

/** What is asked of a household when a line is matched. */
export type Door = Pick<typeof household.$inferSelect, 'id' | 'orgId' | 'building' | 'headName' | 'gridId'>;

interface Mind {
  epoch: number;
  doors: Map<string, readonly Door[]>;
}

/** Doors kept in mind; beyond that they are read anew. */
const KEPT = 20_000;

/** One a store, whoever writes. */
const minds = new WeakMap<object, Mind>();

/**
 * Which families stand at an address, in mind from visit to visit: a family is visited far more often than it moves.
 * Whoever writes a household says so (`written`); after a rollback or another process's commit they are read anew.
 */
export function doorQueries({ db, vault, prepare, epoch }: Session) {
  const atAddress = prepare<Door>(
    `select id, org_id as "orgId", building, head_name as "headName", grid_id as "gridId"
      from household where org_id = ? and address_digest = ? and to_day is null`,
  );
  const read = (orgId: number, canonical: string): Door[] =>
    atAddress.all(orgId, vault.digest('address', canonical));

  return {
    /** What it gives is shared: nobody changes it. */
    doorsAt(orgId: number, canonical: string): readonly Door[] {
      const now = epoch();
      if (now === null) return read(orgId, canonical);
      let mind = minds.get(db);
      if (mind?.epoch !== now || mind.doors.size >= KEPT) {
        mind = { epoch: now, doors: new Map() };
        minds.set(db, mind);
      }
      const key = `${orgId} ${canonical}`;
      const known = mind.doors.get(key);
      if (known) return known;
      const doors = read(orgId, canonical);
      mind.doors.set(key, doors);
      return doors;
    },
    /** A new family at this address; without one: any of them may have changed. */
    written(orgId?: number, canonical?: string): void {
      const doors = minds.get(db)?.doors;
      if (orgId === undefined) doors?.clear();
      else doors?.delete(`${orgId} ${canonical}`);
    },
  };
}
