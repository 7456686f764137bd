import type { Usage } from './options.ts';

const CHINA_MS = 8 * 3_600_000;

/** The organisation's month (dingtalk.md 5.9), from the first to the last day by China's clock. */
export function createQuota(allowance: Usage | false, now: () => number) {
  let month = '';
  let used: Usage = { calls: 0, pushes: 0 };

  function current(): Usage {
    const today = new Date(now() + CHINA_MS).toISOString().slice(0, 7);
    if (today !== month) {
      month = today;
      used = { calls: 0, pushes: 0 };
    }
    return used;
  }

  return {
    get used(): Usage {
      return { ...current() };
    },
    set(to: Partial<Usage>): void {
      Object.assign(current(), to);
    },
    left(kind: keyof Usage): boolean {
      return allowance === false || current()[kind] < allowance[kind];
    },
    /** Counts one; false if the month is used up (then nothing is counted). */
    take(kind: keyof Usage): boolean {
      const usage = current();
      if (allowance !== false && usage[kind] >= allowance[kind]) return false;
      usage[kind] += 1;
      return true;
    },
  };
}

export type Quota = ReturnType<typeof createQuota>;
