import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runImport } from '../../src/cli/import.ts';
import { CANARIES, createFuzzWorld, type FuzzWorld, press } from './fuzz-world.ts';
import { countSteps } from './steps.ts';

/** What the fuzz tests have found, each put right and kept so. */
let world: FuzzWorld;
let folder: string;
beforeEach(async () => {
  world = await createFuzzWorld();
  folder = mkdtempSync(join(tmpdir(), 'lianxin-found-'));
});
afterEach(async () => {
  await world.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Rows of sheet 户, all of one community; what stands in the table then. */
async function load(text: string): Promise<unknown> {
  const path = join(folder, '户.csv');
  writeFileSync(path, text.replaceAll('\n', ',梧桐社区\n').replace(',梧桐社区', ',社区').concat(',梧桐社区'));
  const { office, clock } = world;
  const said: string[] = [];
  const print = (line: string) => void said.push(line);
  if ((await runImport({ path }, { office, now: clock.now(), print })) !== 0)
    throw new Error(said.join('\n'));
  return world.store.db.all('select id, head_name, grid_id from household order by id');
}

describe('found and put right', () => {
  it('[取消] of the form of a visit shows nobody else’s receipt', async () => {
    const [visit] = world.store.db.all<{ batch: string }>('select batch from visit order by id');
    await press(world, world.outsider, { value: { a: 'correct.cancel', batch: visit?.batch ?? '' } });
    const read = world.drain(world.outsider.openId).join();
    expect(CANARIES.filter((canary) => read.includes(canary))).toEqual([]);
  });

  it('a household without a name, where others live, is found again by a second import', async () => {
    await load('地址,户主\n9号楼,张某\n9号楼,李某');
    const once = await load('地址\n9号楼');
    expect(await load('地址\n9号楼')).toEqual(once);
  });

  it('a row without a name beside one with a name does not change the household with every import', async () => {
    for (const name of ['一网格', '二网格']) {
      world.office.q.orgs.create({
        parentId: world.orgs.梧桐社区 ?? null,
        name,
        kind: '网格',
        now: world.clock.now(),
      });
    }
    const text = '地址,户主,网格\n9号楼,,一网格\n9号楼,张某,二网格';
    await load(text);
    const twice = await load(text);
    expect(await load(text)).toEqual(twice);
  });

  it('a line of labels without values is read in time that grows with it', async () => {
    const [small = 0, large = 0] = await countSteps(
      [2_000, 8_000].map((length) => `/走访 ${'姓名：'.repeat(length / 3)}`),
    );
    expect(large / small).toBeLessThan(6);
  });
});
