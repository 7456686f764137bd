const storage = /^SQLITE_(FULL|IOERR|BUSY|LOCKED|NOMEM|READONLY|CORRUPT|NOTADB|CANTOPEN|PROTOCOL)/;
const inMessage = /SQLITE_(FULL|IOERR|BUSY|LOCKED|NOMEM|READONLY|CORRUPT|NOTADB|CANTOPEN|PROTOCOL)/;

/**
 * Whether a thrown thing means that the disk or the lock failed, not the work: such an error never makes an
 * event "failed", it makes the whole commit fail so that the platform pushes again (decisions 1, 41).
 * Looks through `cause`, since drizzle wraps what raw queries throw; a Durable Object names the code in the message.
 */
export function isStorageError(error: unknown): boolean {
  let at: unknown = error;
  for (let depth = 0; at instanceof Error && depth < 5; depth += 1) {
    if ('code' in at && typeof at.code === 'string' && storage.test(at.code)) return true;
    if (!('code' in at) && inMessage.test(at.message)) return true;
    at = at.cause;
  }
  return false;
}

/** Whether another process holds the database: then no other work fares better. */
export function isLocked(error: unknown): boolean {
  let at: unknown = error;
  for (let depth = 0; at instanceof Error && depth < 5; depth += 1) {
    if ('code' in at && typeof at.code === 'string' && /^SQLITE_(BUSY|LOCKED)/.test(at.code)) return true;
    at = at.cause;
  }
  return false;
}

/** Refuses a promise at run time: an async work would commit before it has ended (architecture, two hosts). */
export function syncOnly<T>(value: T): T {
  if (value && typeof value === 'object' && 'then' in value && typeof value.then === 'function') {
    throw new TypeError('a transaction must be synchronous: its work returned a promise');
  }
  return value;
}
