import type { Policy } from '../domain/policy.ts';
import { rugang } from './rugang.ts';
import { xian } from './xian.ts';

/** The presets an office may adopt; without adoption there is no quota and no nudge (decision 29). */
export const POLICIES: readonly Policy[] = [rugang, xian];

/** The preset of that name, or undefined. */
export function findPolicy(system: string): Policy | undefined {
  return POLICIES.find((policy) => policy.system === system);
}
