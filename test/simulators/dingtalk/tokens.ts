import { randomBytes } from 'node:crypto';
import { ApiError } from './errors.ts';

const LIFE_MS = 7_200_000;

/** Access tokens (dingtalk.md 5.1): repeated calls return the same one and renew it; two hours of life. */
export function createTokens(now: () => number) {
  let token: { value: string; expiresAt: number } | undefined;
  let issued = 0;
  let asked = 0;

  return {
    get issued(): number {
      return issued;
    },
    /** How often a token was fetched, the same one counted again. */
    get asked(): number {
      return asked;
    },
    issue(): { token: string; expireIn: number } {
      asked += 1;
      if (!token || token.expiresAt <= now()) {
        token = { value: randomBytes(16).toString('hex'), expiresAt: 0 };
        issued += 1;
      }
      token.expiresAt = now() + LIFE_MS;
      return { token: token.value, expireIn: LIFE_MS / 1000 };
    },
    /** Throws unless this is the living token; both families of APIs take the same one. */
    check(given: string | undefined, old: boolean): void {
      if (!given || given !== token?.value || token.expiresAt <= now())
        throw new ApiError(old ? 40014 : 'InvalidAuthentication');
    },
    expireAll(): void {
      token = undefined;
    },
  };
}

export type Tokens = ReturnType<typeof createTokens>;
