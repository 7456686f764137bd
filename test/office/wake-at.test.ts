import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openStore } from '../../db/node.ts';
import type { Store } from '../../db/store.ts';
import { silentLog } from '../../src/lib/log.ts';
import { assembleOffice } from '../../src/office/assemble.ts';
import type { Office } from '../../src/office/office.ts';

const NOW = Date.parse('2026-11-18T15:00:00+08:00');
const LATER = NOW + 3_600_000;

let store: Store;
let office: Office;
let woken: number[];

/** An office that nobody talks to: what it does by itself is its pump's doing. */
function open(sleeps: boolean): void {
  woken = [];
  store = openStore(':memory:');
  office = assembleOffice({
    store,
    secret: 'a secret for tests, long enough …',
    clock: { now: () => NOW },
    platforms: [],
    jobs: [],
    log: silentLog,
    ...(sleeps ? { wakeAt: (at: number) => void woken.push(at) } : {}),
  });
}

/** Rounds of the pump run on immediates alone. */
async function quiet(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

const hold = (notBefore: number) =>
  office.write(() =>
    office.q.outbox.add({
      cause: 'test',
      ordinal: 1,
      connection: 'feishu:x',
      kind: 'send',
      targetType: 'chat',
      targetId: 'oc_1',
      lane: 'digest',
      payload: '{}',
      exempt: false,
      notBefore,
      now: NOW,
    }),
  );

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});
afterEach(async () => {
  await office.stop();
  store.close();
  vi.useRealTimers();
});

describe('a host that sleeps between two calls', () => {
  it('is left without any timer, and is not woken for nothing', async () => {
    open(true);
    await office.start();
    await quiet();
    expect([vi.getTimerCount(), woken]).toEqual([0, []]);
  });

  it('is told when a message that is held back falls due', async () => {
    open(true);
    await hold(LATER);
    await office.start();
    await quiet();
    expect([vi.getTimerCount(), woken]).toEqual([0, [LATER]]);
  });
});

describe('a host that runs on', () => {
  it('looks again by a timer', async () => {
    open(false);
    await office.start();
    await quiet();
    expect(vi.getTimerCount()).toBe(1);
  });
});
