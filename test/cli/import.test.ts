import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createKit, FEISHU, type Kit, NOW, ROSTER } from './import-kit.ts';

let kit: Kit;
let office: Kit['office'];
let run: Kit['run'];
beforeEach(() => {
  kit = createKit();
  ({ office, run } = kit);
});
afterEach(() => kit.close());

describe('a whole roster', () => {
  it('is taken in any order of sheets and columns, and a second run changes nothing', async () => {
    const path = await kit.xlsx(ROSTER);
    const first = await run({ path });
    expect(first.text).toContain('成员：“身份证号”不该留存，已略去，没有读入。');
    expect(first.text).toContain('“说明”不是名册里的表，已略过。');
    expect(first.lines.at(-1)).toBe(
      '已导入：组织 新增5，更新0，不变0；人员 新增4，更新0，不变0；户 新增2，更新0，不变0；结对 新增2，更新0，不变0；联系点 新增1，更新0，不变0。',
    );
    expect(first.code).toBe(0);

    const { q } = office;
    const [secretary] = q.members.named('贺立');
    const [member] = q.members.named('石小红');
    const branch = q.orgs.named('梧桐社区/第一支部')[0];
    const community = q.orgs.named('梧桐社区')[0];
    if (!secretary || !member || !branch || !community) throw new Error('missing');
    expect(q.members.byIdentity(FEISHU, 'ou_he')?.member.id).toBe(secretary.id);
    expect(member).toMatchObject({ orgId: branch.id, communityId: community.id });
    expect(q.roster.held(member.id).map((held) => held.role)).toEqual(['党员', '网格员']);
    expect(q.members.cohorts(secretary.id, '2026-11-18')).toEqual(['重点选派党员']);
    expect(q.chats.find(FEISHU, 'oc_work')).toMatchObject({ purpose: 'work', orgId: branch.id });
    const [household] = q.households.atAddress(community.id, '3-2-501');
    if (!household) throw new Error('missing');
    expect(q.households.isPaired(member.id, household.id, '2026-11-18')).toBe(true);
    expect(q.households.needs(household.id, '2026-11-18')).toMatchObject([
      { label: '低保', untilDay: '2027-11-18' },
      { label: '独居' },
    ]);

    const before = readTables();
    const second = await run({ path });
    expect(second.lines.at(-1)).toBe(
      '已导入：组织 新增0，更新0，不变5；人员 新增0，更新0，不变4；户 新增0，更新0，不变2；结对 新增0，更新0，不变2；联系点 新增0，更新0，不变1。',
    );
    expect(readTables()).toBe(before);
  });

  it('is only tried by --dry-run', async () => {
    const before = readTables();
    const tried = await run({ path: await kit.xlsx(ROSTER), dryRun: true });
    expect(tried.code).toBe(0);
    expect(tried.lines.at(-1)).toContain('试导入（没有写入）：组织 新增5，更新0，不变0；人员 新增4');
    expect(readTables()).toBe(before);
  });

  it('leaves no telephone number and no label in the file in clear', async () => {
    await run({ path: await kit.xlsx(ROSTER) });
    const bytes = ['office.db', 'office.db-wal']
      .map((name) => readFileSync(join(kit.folder, name), 'latin1'))
      .join('');
    const secret = (text: string) => Buffer.from(text).toString('latin1');
    for (const text of ['13800000001', '低保', '2单元501', '不该留的'])
      expect(bytes.includes(secret(text)), text).toBe(false);
  });
});

/** All that an import could have changed. */
function readTables(): string {
  const { q } = office;
  const orgs = q.orgs.all();
  const people = q.roster.page('/', { limit: 1000, offset: 0 });
  return JSON.stringify([
    orgs,
    people.map((member) => [
      member,
      q.roster.held(member.id),
      q.members.identities(member.id),
      q.households.pairingsOf(member.id),
      q.households.contactPointsOf(member.id),
    ]),
    orgs.flatMap((org) => q.households.ofOrg(org.id)),
    q.chats.bound(),
  ]);
}

describe('many rows', () => {
  const COUNT = 300;
  const many = () =>
    kit.csv(
      '户',
      `地址,户主,成员数\n${Array.from({ length: COUNT }, (_, n) => `${Math.floor(n / 10) + 1}号楼1单元${(n % 10) + 1}01,张某,2`).join('\n')}\n`,
    );
  const counted = (on: Kit['office']) => on.q.households.ofOrg(on.q.orgs.all()[0]?.id ?? 0).length;

  beforeEach(async () => {
    await run({ path: kit.csv('组织', '名称,类型\n梧桐社区,社区\n') });
  });

  it('go in beside a running server, which writes in between', async () => {
    const beside = kit.open();
    const server = beside.office;
    let served = 0;
    const importing = run({ path: many() });
    const busy = setInterval(() => void server.write(() => server.q.settings.set('served', ++served)), 3);
    expect((await importing).code).toBe(0);
    clearInterval(busy);
    expect(counted(server)).toBe(COUNT);
    expect(served).toBeGreaterThan(0);
    await beside.close();
  });

  it('that were broken off after the switch are finished by the next run, and before it leave nothing', async () => {
    const path = many();
    let allowed = 0;
    const failing: Pick<Kit['office'], 'q' | 'write'> = {
      q: office.q,
      write: (work) => (allowed-- > 0 ? office.write(work) : Promise.reject(new Error('power cut'))),
    };
    // 300 rows are nineteen slices: one write begins, nineteen lay down, one switches, then they count.
    allowed = 6;
    await expect(run({ path }, failing)).rejects.toThrow('power cut');
    expect(counted(office)).toBe(0);
    expect((await run({ path })).text).toContain('另一个导入');
    office.q.settings.set('import-journal', {
      ...office.q.settings.get<object>('import-journal'),
      at: NOW - 3_600_000,
    });

    // Six put away what the first run left, twenty-one lay down and switch, six count.
    allowed = 33;
    await expect(run({ path }, failing)).rejects.toThrow('power cut');
    const half = counted(office);
    expect(half).toBeGreaterThan(0);
    expect(half).toBeLessThan(COUNT);
    const again = await run({ path: kit.csv('组织', '名称,类型\n梧桐社区,社区\n') });
    expect(again.lines[0]).toBe('上次导入“户.csv”没有写完，先接着写完。');
    expect(counted(office)).toBe(COUNT);
    expect(office.q.roster.staged()).toBeNull();
  });
});
