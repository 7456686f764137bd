import { basename } from 'node:path';
import { openStore, quickCheck } from '../../db/node.ts';
import { auditQueries } from '../../db/queries/audit.ts';
import { upkeepQueries } from '../../db/queries/upkeep.ts';
import { AppError } from '../lib/errors.ts';
import { createVault } from '../lib/vault.ts';
import { isOfficeId, officeSecret } from '../offices/entry.ts';

export interface Checked {
  /** Entries of the audit log, all chained. */
  entries: number;
}

/**
 * Keys a database may be sealed with: SECRET_KEY itself, or what is derived from it for the office that the file is
 * named after (`data/wutong.db`). None when there is no SECRET_KEY: then that is not looked at.
 */
export function keysOf(databasePath: string, secretKey: string | undefined): string[] {
  if (secretKey === undefined) return [];
  const id = basename(databasePath).replace(/\.db$/, '');
  return isOfficeId(id) ? [secretKey, officeSecret(secretKey, id)] : [secretKey];
}

/**
 * Opens a copy, as it is and without writing, and looks whether it is worth keeping: whole file, unbroken audit chain
 * (care 20), and, when keys are given, whether one of them opens it. Throws `AppError` `copy-bad` with the reason.
 */
export function checkCopy(path: string, keys: readonly string[]): Checked {
  const store = openStore(path, { readonly: true, asIs: true });
  try {
    if (quickCheck(store).length > 0) throw bad('文件有损坏');
    // The chain covers sealed text, so it verifies without the office's key.
    const [vault = createVault(''), ...others] = keys.map(createVault);
    const upkeep = upkeepQueries(store);
    const broken = auditQueries({ ...store, vault }).verify();
    if (broken !== null) throw bad(`留痕从第${broken}条起对不上，有人改过`);
    const sample = upkeep.sealedSample();
    if (
      keys.length > 0 &&
      sample !== null &&
      ![vault, ...others].some((each) => opens(() => each.open(sample)))
    )
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
