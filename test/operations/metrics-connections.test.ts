import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openStore } from '../../db/node.ts';
import { createQueries } from '../../db/queries/index.ts';
import type { Store } from '../../db/store.ts';
import { silentLog } from '../../src/lib/log.ts';
import { createVault } from '../../src/lib/vault.ts';
import { readGauges } from '../../src/office/metrics.ts';
import { createDingTalk } from '../../src/platforms/dingtalk/index.ts';
import type { Platform } from '../../src/platforms/platform.ts';
import { createDingTalkSim, type DingTalkSim } from '../simulators/dingtalk/index.ts';

const NOW = Date.parse('2026-11-18T15:00:00+08:00');
const TODAY = '2026-11-18';

let store: Store;
let q: ReturnType<typeof createQueries>;
let sims: DingTalkSim[];

beforeEach(async () => {
  store = openStore(':memory:');
  q = createQueries({ store, vault: createVault('a secret for tests, long enough …') });
  sims = [await createDingTalkSim(), await createDingTalkSim()];
});
afterEach(async () => {
  for (const sim of sims) await sim.close();
  store.close();
});

/** A connection of one organisation, with the month it has. */
function connect(index: number, monthly: { calls: number; pushes: number }): Platform {
  const sim = sims[index];
  if (!sim) throw new Error(`no organisation ${index}`);
  const { clientId, clientSecret, baseUrl } = sim;
  return createDingTalk({
    clientId,
    clientSecret,
    baseUrl,
    oapiUrl: baseUrl,
    mode: 'webhook',
    monthly,
    log: silentLog,
    now: () => NOW,
  });
}
const FREE = { calls: 5000, pushes: 3000 };
const UNLIMITED = { calls: 0, pushes: 0 };
const shown = (platforms: Platform[], kind: string) =>
  readGauges(q, platforms, NOW).quotas.filter((each) => each.kind === kind);

describe('two connections of one platform', () => {
  it('show the month of the one that is nearest its limit, in whatever order', () => {
    const [first, second] = [connect(0, FREE), connect(1, { calls: 1000, pushes: 3000 })];
    q.quota.add(first.connection, TODAY, { calls: 900, pushes: 10 });
    q.quota.add(second.connection, TODAY, { calls: 400, pushes: 5 });
    for (const platforms of [
      [first, second],
      [second, first],
    ]) {
      expect(shown(platforms, 'calls')).toMatchObject([{ used: 400, allowance: 1000 }]);
      expect(shown(platforms, 'pushes')).toMatchObject([{ used: 10, allowance: 3000 }]);
    }
  });

  it('show a limit although another has none and has taken more', () => {
    const [free, bought] = [connect(0, FREE), connect(1, UNLIMITED)];
    q.quota.add(free.connection, TODAY, { calls: 4000, pushes: 0 });
    q.quota.add(bought.connection, TODAY, { calls: 90_000, pushes: 7 });
    for (const platforms of [
      [free, bought],
      [bought, free],
    ]) {
      expect(shown(platforms, 'calls')).toMatchObject([{ used: 4000, allowance: 5000 }]);
      expect(shown(platforms, 'pushes')).toMatchObject([{ used: 0, allowance: 3000 }]);
    }
    expect(shown([bought], 'calls')).toMatchObject([{ used: 90_000, allowance: 0 }]);
  });

  it('are up where both are', async () => {
    const platforms = [connect(0, FREE), connect(1, FREE)];
    const up = (all: Platform[]) => readGauges(q, all, NOW).platforms;
    expect(up(platforms)).toEqual([{ name: 'dingtalk', up: true }]);
    await sims[0]?.close();
    await platforms[0]?.deliver({
      kind: 'send',
      target: { type: 'user', id: 'somebody' },
      content: { text: '在吗' },
      uuid: 'lx-1',
    });
    expect(up(platforms)).toEqual([{ name: 'dingtalk', up: false }]);
    expect(up([...platforms].reverse())).toEqual([{ name: 'dingtalk', up: false }]);
  });
});
