import { errorCode } from '../lib/errors.ts';
import type { Delivery } from '../platforms/platform.ts';

/**
 * What a call came to, and how long it took. One that throws or has not come back after `ms` has an unknown outcome;
 * never rejects.
 */
export function timedCall(
  call: Promise<Delivery>,
  ms: number,
): Promise<{ delivery: Delivery; seconds: number }> {
  const began = performance.now();
  return new Promise((resolve) => {
    const end = (delivery: Delivery): void =>
      resolve({ delivery, seconds: (performance.now() - began) / 1000 });
    const timer = setTimeout(() => end({ status: 'unknown', code: 'timeout' }), ms);
    call
      .then(end, (error: unknown) => end({ status: 'unknown', code: errorCode(error) }))
      .finally(() => clearTimeout(timer));
  });
}
