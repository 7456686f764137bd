import { openStore, quickCheck } from '../../db/node.ts';
import { auditQueries } from '../../db/queries/audit.ts';
import { upkeepQueries } from '../../db/queries/upkeep.ts';
import { AppError } from '../lib/errors.ts';
import { createVault } from '../lib/vault.ts';

export interface Checked {
  /** Entries of the audit log, all chained. */
  entries: number;
}

/**
 * Opens a copy, as it is and without writing, and looks whether it is worth keeping: whole file, unbroken audit chain
 * (care 20), and, when a key is given, whether that key opens it. Throws `AppError` `copy-bad` with the reason.
 */
export function checkCopy(path: string, secretKey: string | undefined): Checked {
  const store = openStore(path, { readonly: true, asIs: true });
  try {
    if (quickCheck(store).length > 0) throw bad('文件有损坏');
    // The chain covers sealed text, so it verifies without the office's key.
    const vault = createVault(secretKey ?? '');
    const upkeep = upkeepQueries(store);
    const broken = auditQueries({ db: store.db, vault }).verify();
    if (broken !== null) throw bad(`留痕从第${broken}条起对不上，有人改过`);
    const sample = upkeep.sealedSample();
    if (secretKey !== undefined && sample !== null && !opens(() => vault.open(sample)))
      throw bad('它不是用现在的 SECRET_KEY 加密的，请换上当时的 SECRET_KEY');
    return { entries: upkeep.auditLength() };
  } catch (error) {
    throw error instanceof AppError ? error : bad('它不是连心的数据库，或者已经损坏');
  } finally {
    store.close();
  }
}

function bad(reason: string): AppError {
  return new AppError('copy-bad', { userText: reason });
}

function opens(open: () => string): boolean {
  try {
    open();
    return true;
  } catch {
    return false;
  }
}
