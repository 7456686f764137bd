type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
interface Call {
  method: string;
  path: string;
  body: Json | undefined;
}

/** What every simulator's trouble says of where and how often; what it does is the simulator's own. */
interface Trouble {
  path?: string | RegExp;
  method?: string;
  match?: (call: Call) => boolean;
  times?: number;
}
interface Handle {
  hits: number;
  cancel(): void;
}
interface Armed<F> extends Handle {
  fault: F;
  left: number;
}

/** Troubles to come, taken in the order they were set. */
export function createFaults<F extends Trouble>() {
  const armed: Armed<F>[] = [];
  return {
    add(fault: F): Handle {
      const entry: Armed<F> = {
        fault,
        left: fault.times ?? 1,
        hits: 0,
        cancel: () => {
          entry.left = 0;
        },
      };
      armed.push(entry);
      return entry;
    },
    /** The trouble this call meets, used up by one. */
    take(call: Call): F | undefined {
      for (const entry of armed) {
        const { fault } = entry;
        if (entry.left <= 0) continue;
        if (fault.method !== undefined && fault.method !== call.method) continue;
        if (typeof fault.path === 'string' && !call.path.startsWith(fault.path)) continue;
        if (fault.path instanceof RegExp && !fault.path.test(call.path)) continue;
        if (fault.match && !fault.match(call)) continue;
        entry.left -= 1;
        entry.hits += 1;
        return fault;
      }
      return undefined;
    },
  };
}

export type Faults<F extends Trouble> = ReturnType<typeof createFaults<F>>;
