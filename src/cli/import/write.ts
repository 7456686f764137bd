import { setTimeout as wait } from 'node:timers/promises';
import { CommitFailed } from '../../../db/store.ts';
import { MINUTE } from '../../lib/day.ts';
import { AppError } from '../../lib/errors.ts';
import type { Office } from '../../office/office.ts';
import { wantMembers } from '../../work/group-people.ts';
import { applyOp, ImportGap } from '../../work/import-apply.ts';
import type { ImportOp } from '../../work/import-ops.ts';

type Writer = Pick<Office, 'q' | 'write'>;

/** Rows of one transaction: it must not hold the writer for longer than 50 ms (decision 41). */
const SLICE = 16;
/** Beside a running server a slice is followed by a pause of its own length, and at least this, ms: a writer that waits looks again every 25 ms. */
const PAUSE = 30;
/** A server notes every minute that it is there; who has not for so long is not running. */
const SERVER_QUIET = 3 * MINUTE;
/** Beside a busy server the import waits its turn for so long, ms. */
const PATIENCE = 60_000;
/** Laying down takes seconds; what is older was broken off. */
const STALE = 2 * MINUTE;
const JOURNAL = 'import-journal';

/** `staging`: nothing counts yet. `writing`: the import counts, and is carried through whatever happens. */
interface Journal {
  state: 'staging' | 'writing';
  at: number;
  file: string;
  rows: number;
}

/**
 * Writes checked rows. Few go in one transaction. Many are first laid down sealed, slice by slice; then one short
 * transaction switches the journal to `writing`, and from there on every slice is written and struck off in one
 * transaction of its own. Before the switch a crash leaves nothing, after it the next run carries on (docs/decisions).
 * @throws AppError `import-busy` when the database could not be had.
 */
export async function writeImport(
  office: Writer,
  now: number,
  ops: readonly ImportOp[],
  about: { file: string; rows: number },
): Promise<void> {
  if (ops.length === 0) return;
  const { q } = office;
  if (ops.length <= SLICE) {
    await patiently(office, now, () => {
      write(office, now, ops);
      finish(office, now, about.file, ops.length);
    });
    return;
  }
  const journal = { at: now, file: about.file, rows: ops.length };
  await patiently(office, now, () =>
    q.settings.set(JOURNAL, { ...journal, state: 'staging' } satisfies Journal),
  );
  for (let at = 0; at < ops.length; at += SLICE) {
    await patiently(office, now, () => q.roster.stage(at / SLICE, ops.slice(at, at + SLICE)));
  }
  await patiently(office, now, () =>
    q.settings.set(JOURNAL, { ...journal, state: 'writing' } satisfies Journal),
  );
  await carryOn(office, now);
}

/** What an earlier run left: rows that count are written, rows that do not are thrown away. */
export async function finishEarlier(
  office: Writer,
  now: number,
  print: (line: string) => void,
): Promise<void> {
  const { q } = office;
  const journal = q.settings.get<Journal>(JOURNAL);
  if (journal === null) return;
  if (journal.state === 'writing') {
    print(`上次导入“${journal.file}”没有写完，先接着写完。`);
    await carryOn(office, now);
    return;
  }
  if (now - journal.at < STALE && now >= journal.at) {
    throw new AppError('import-busy', {
      userText: `另一个导入（“${journal.file}”）正在进行，请等它做完再来；它要是中断了，2分钟后可以重来。`,
    });
  }
  for (let left = q.roster.staged(); left !== null; left = q.roster.staged()) {
    const { key } = left;
    await patiently(office, now, () => q.roster.unstage(key));
  }
  await patiently(office, now, () => q.settings.remove(JOURNAL));
}

async function carryOn(office: Writer, now: number): Promise<void> {
  const { q } = office;
  for (let more = true; more; ) {
    more = await patiently(office, now, () => {
      const slice = q.roster.staged();
      if (slice !== null) {
        write(office, now, slice.rows as ImportOp[]);
        q.roster.unstage(slice.key);
        return true;
      }
      const journal = q.settings.get<Journal>(JOURNAL);
      if (journal !== null) finish(office, now, journal.file, journal.rows);
      q.settings.remove(JOURNAL);
      return false;
    });
  }
}

function write({ q }: Writer, now: number, ops: readonly ImportOp[]): void {
  const paths = new Map<string, number | undefined>();
  for (const op of ops) {
    // An org that is missing may be made by this very row.
    if (op.kind === 'org') paths.clear();
    try {
      applyOp(q, now, op, { write: true, paths });
    } catch (error) {
      if (!(error instanceof ImportGap)) throw error;
      q.audit.append({ at: now, actorId: null, act: 'import.gap', subject: 'roster', data: op });
    }
  }
}

/** A trace, and the people of bound groups are matched with the new roster. */
function finish({ q }: Writer, now: number, file: string, rows: number): void {
  q.audit.append({ at: now, actorId: null, act: 'import.run', subject: 'roster', data: { file, rows } });
  for (const chat of q.chats.bound()) {
    if (chat.purpose === 'work' && chat.goneAt === null) wantMembers(q, chat.id, now);
  }
}

/** Waits for a writer beside it, and lets others in between two slices. */
async function patiently<T>(office: Writer, now: number, work: () => T): Promise<T> {
  for (let waited = 0; ; waited += 200) {
    try {
      const began = performance.now();
      const done = await office.write(work);
      const alive = office.q.settings.get<number>('alive');
      const beside = alive !== null && alive > now - SERVER_QUIET;
      await wait(beside ? Math.max(PAUSE, performance.now() - began) : 0);
      return done;
    } catch (error) {
      if (!(error instanceof CommitFailed)) throw error;
      if (waited >= PATIENCE) {
        throw new AppError('import-busy', {
          userText:
            '数据库一直写不进去（磁盘满了，或被别的程序占着）。已经开始写的下次会接着写完，请稍后再导入一次。',
          cause: error,
        });
      }
      await wait(200);
    }
  }
}
