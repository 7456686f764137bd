import type { Fault, FaultHandle, Json } from './types.ts';

interface Armed extends FaultHandle {
  fault: Fault;
  left: number;
}

/** Troubles to come, taken in the order they were set. */
export function createFaults() {
  const armed: Armed[] = [];
  return {
    add(fault: Fault): FaultHandle {
      const entry: Armed = {
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
    take(call: { method: string; path: string; body: Json | undefined }): Fault | undefined {
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

export type Faults = ReturnType<typeof createFaults>;
