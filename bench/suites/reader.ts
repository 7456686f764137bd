import { setPriority } from 'node:os';
import { gt } from 'drizzle-orm';
import { openStore } from '../../db/node.ts';
import { createQueries } from '../../db/queries/index.ts';
import { visit } from '../../db/schema/index.ts';
import { createVault } from '../../src/lib/vault.ts';
import { SECRET } from '../office/open.ts';

/**
 * A ledger being read, again and again until it is stopped: every visit of the office in order, its sealed words opened,
 * on a read-only connection of its own (decision 41). `node reader.js <database>`; says `port 0` when it began.
 */
// A long read is nobody's hurry: who waits for an answer goes first. (An import keeps its priority: it holds the lock.)
setPriority(10);
const store = openStore(process.argv[2] ?? '', { readonly: true });
const vault = createVault(SECRET);
const q = createQueries({ store, vault });
const PAGE = 1_000;

process.on('SIGTERM', () => process.exit(0));
process.stdout.write('port 0\n');
for (;;) {
  let letters = 0;
  for (let after = 0; ; ) {
    // One page after the other by key: a snapshot held for minutes would keep the log from being emptied.
    const rows = store.db.select().from(visit).where(gt(visit.id, after)).orderBy(visit.id).limit(PAGE).all();
    for (const row of rows) {
      letters += row.wordsSealed ? vault.open(row.wordsSealed).length : 0;
      letters += row.householdId ? (q.households.get(row.householdId)?.headName.length ?? 0) : 0;
      after = row.id;
    }
    if (rows.length < PAGE) break;
    await new Promise((resolve) => setImmediate(resolve));
  }
  if (letters === 0) throw new Error('the ledger is empty');
}
