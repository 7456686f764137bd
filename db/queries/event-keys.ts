import { filedUpTo, fileUpTo } from './filing.ts';
import type { Session } from './session.ts';

/** Keys kept in mind before they are filed together. */
const TOGETHER = 4096;

interface Unfiled {
  epoch: number | null;
  ids: Map<string, number>;
  /** The newest event's number. */
  last: number;
}

/** One a store, whoever adds. */
const minds = new WeakMap<object, Unfiled>();

/**
 * Which events were here, by the platform's own key, which is spread over the whole of an index: what is not filed yet
 * is kept in mind as long as the epoch stands still, and read anew after a rollback or another process's commit.
 */
export function eventKeys({ db, prepare, epoch }: Pick<Session, 'db' | 'prepare' | 'epoch'>) {
  const newest = prepare<{ key: string; id: number }>(
    `select key, id from inbox where id > ${filedUpTo('inbox')} order by id`,
  );
  const last = prepare<{ id: number | null }>('select max(id) as id from inbox');
  const filed = prepare<{ id: number }>('select inbox_id as id from inbox_by_key where key = ?');
  const file = fileUpTo({ prepare }, 'inbox');

  function fresh(): Unfiled {
    const now = epoch();
    const known = minds.get(db);
    if (now !== null && known?.epoch === now) return known;
    const ids = new Map(newest.all().map(({ key, id }) => [key, id]));
    const read = { epoch: now, ids, last: last.get()?.id ?? 0 };
    if (now !== null) minds.set(db, read);
    return read;
  }

  return {
    /** The number of the event of this key, if it was here; what retention has dropped may still be named. */
    find: (key: string): number | undefined => fresh().ids.get(key) ?? filed.get(key)?.id,
    /** Once per event, before anything of it is written: files what has gathered. */
    tidy(): void {
      const { ids, last } = fresh();
      if (ids.size < TOGETHER) return;
      file(last);
      ids.clear();
    },
    /** A number of its own for a row that is about to be written. */
    next: (): number => (fresh().last += 1),
    added: (key: string, id: number): void => void fresh().ids.set(key, id),
  };
}
