import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runPolicy } from '../../src/cli/policy.ts';
import { createWorld, type World } from '../helpers/world.ts';

let world: World;
let printed: string[];
beforeEach(async () => {
  world = await createWorld({ jobs: [] });
  printed = [];
});
afterEach(() => world.close());

const run = (words: string[], options: Record<string, string> = {}) =>
  runPolicy(words, new Map(Object.entries(options)), {
    office: world.office,
    now: world.clock.now(),
    print: (line) => void printed.push(line),
  });
const adoptions = () => world.office.q.work.adoptions();

describe('policy adopt', () => {
  it('copies the policy for the whole office, once', async () => {
    expect(await run(['adopt', 'xian'], { from: '2026-10-01' })).toBe(0);
    expect(await run(['adopt', 'xian'], { from: '2026-10-01' })).toBe(0);
    expect(adoptions()).toMatchObject([
      { system: 'xian', orgId: world.orgs.梧桐街道, fromDay: '2026-10-01' },
    ]);
    expect(printed[0]).toMatch(/^已采用：梧桐街道《.*》2026年10月1日起。$/);
    expect(printed[1]).toMatch(/^早已采用/);
  });

  it('adopts for one org by its path', async () => {
    expect(await run(['adopt', 'rugang'], { from: '2026-10-01', org: '梧桐社区/第一支部' })).toBe(0);
    expect(adoptions()).toMatchObject([{ orgId: world.orgs.第一支部 }]);
  });

  it.each([
    [
      'no such policy',
      ['adopt', 'nosuch'],
      { from: '2026-10-01' },
      '没有这个制度：nosuch。有：rugang、xian。',
    ],
    ['no date', ['adopt', 'xian'], {}, '--from 要写成 2026-10-01 这样的日期。'],
    [
      'a date that does not exist',
      ['adopt', 'xian'],
      { from: '2026-02-30' },
      '--from 要写成 2026-10-01 这样的日期。',
    ],
    ['no such org', ['adopt', 'xian'], { from: '2026-10-01', org: '第九支部' }, '没有这个组织：第九支部。'],
    [
      'no verb',
      [],
      {},
      '用法：lianxin policy adopt <xian|rugang> --from 2026-10-01 [--org 梧桐街道/第一支部]',
    ],
  ])('refuses %s and does nothing', async (_name, words, options, line) => {
    expect(await run(words, options as unknown as Record<string, string>)).toBe(2);
    expect(printed).toEqual([line]);
    expect(adoptions()).toEqual([]);
  });

  it('says that a roster comes first', async () => {
    const bare = await createWorld({ jobs: [], bare: true });
    const code = await runPolicy(['adopt', 'xian'], new Map([['from', '2026-10-01']]), {
      office: bare.office,
      now: bare.clock.now(),
      print: (line) => void printed.push(line),
    });
    await bare.close();
    expect(code).toBe(2);
    expect(printed).toEqual(['还没有组织，请先导入名册：lianxin import 名册.xlsx']);
  });
});
