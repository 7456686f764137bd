import { randomBytes } from 'node:crypto';
import { ApiError } from './errors.ts';

const LIFE_MS = 7_200_000;
const RENEW_MS = 1_800_000;

/**
 * Tenant access tokens (feishu.md 4.1): the same one while at least 30 minutes are left, then a new one beside
 * the old; two hours at most, on the simulator's clock.
 */
export function createTokens(now: () => number) {
  let tokens: { value: string; expiresAt: number }[] = [];
  let issued = 0;

  return {
    get issued(): number {
      return issued;
    },
    /** The token to hand out and its remaining seconds. */
    issue(): { token: string; expire: number } {
      const newest = tokens.at(-1);
      if (newest && newest.expiresAt - now() >= RENEW_MS) {
        return { token: newest.value, expire: Math.floor((newest.expiresAt - now()) / 1000) };
      }
      const token = `t-${randomBytes(16).toString('hex')}`;
      tokens.push({ value: token, expiresAt: now() + LIFE_MS });
      issued += 1;
      return { token, expire: LIFE_MS / 1000 };
    },
    /** Throws the gateway's error unless the header carries a living token. */
    check(authorization: string | undefined): void {
      if (authorization === undefined || authorization.trim() === '') throw new ApiError(99991661);
      const found = /^Bearer (.+)$/.exec(authorization);
      if (!found) throw new ApiError(99991661);
      const token = found[1] ?? '';
      if (!/^[tu]-/.test(token)) throw new ApiError(99991671);
      if (!tokens.some((each) => each.value === token && each.expiresAt > now()))
        throw new ApiError(99991663);
    },
    expireAll(): void {
      tokens = [];
    },
  };
}

export type Tokens = ReturnType<typeof createTokens>;
