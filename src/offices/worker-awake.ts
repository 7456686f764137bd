import { AsyncLocalStorage } from 'node:async_hooks';

/** What the runtime gives with a request or an object: work begun in it may outlast the answer. */
interface Awake {
  waitUntil(work: Promise<unknown>): void;
}

const current = new AsyncLocalStorage<Awake>();

/** Runs `work` so that what it begins in the background is not cut off with its answer. */
export function awake<T>(context: Awake, work: () => T): T {
  return current.run(context, work);
}

/** Keeps the runtime up for work that nobody waits for; outside `awake` it is left to its luck. */
export function keepAwake(work: Promise<unknown>): void {
  current.getStore()?.waitUntil(work.catch(() => undefined));
}
