import { type Policy, type PolicyInput, parsePolicy } from '../domain/policy.ts';

/** Checks a policy written as data; a mistake in a preset stops the start, not a later Monday. */
export function definePolicy(input: PolicyInput): Policy {
  return parsePolicy(input);
}
