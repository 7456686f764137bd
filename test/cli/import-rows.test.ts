import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ensureAdministrators } from '../../src/work/administrators.ts';
import { createKit, FEISHU, type Kit, NOW, ROSTER } from './import-kit.ts';

let kit: Kit;
let office: Kit['office'];
let run: Kit['run'];
beforeEach(() => {
  kit = createKit();
  ({ office, run } = kit);
});
afterEach(() => kit.close());

describe('bad rows', () => {
  const rows = [
    '姓名,角色,组织',
    '贺立,党员、书记,第一支部',
    ',党员,第一支部',
    '王强,组长,第一支部',
    '王刚,党员,第九支部',
    '李梅,党员,第一支部',
  ].join('\n');

  beforeEach(async () => {
    await run({ path: kit.csv('组织', '名称,类型,上级\n第一支部,党支部,梧桐社区\n梧桐社区,社区,\n') });
  });

  it('stop everything, each with its row and the remedy', async () => {
    const { code, lines } = await run({ path: kit.csv('成员', rows) });
    expect(code).toBe(2);
    expect(lines[0]).toBe('成员 第3行：姓名没有写，请补上。');
    expect(lines[1]).toContain('成员 第4行：没有“组长”这个角色，可用：党员、网格员');
    expect(lines[2]).toBe('成员 第5行：没有组织“第九支部”：先在“组织”表里加上它，或改成已有的名称。');
    expect(lines[3]).toContain('有3行要改，什么都没有写入');
    expect(office.q.members.named('贺立')).toEqual([]);
  });

  it('are left out with --skip-bad', async () => {
    const { code, lines } = await run({ path: kit.csv('成员', rows), skipBad: true });
    expect(code).toBe(0);
    expect(lines.at(-1)).toBe('已导入：人员 新增2，更新0，不变0；略过3行。');
    expect(office.q.members.named('李梅')).toHaveLength(1);
  });

  it('are those that two people could be meant by', async () => {
    await run({
      path: kit.csv(
        '成员',
        '姓名,角色,组织,手机号\n王伟,党员,第一支部,13800000001\n王伟,党员,第一支部,13800000002\n',
      ),
    });
    expect(office.q.members.named('王伟')).toHaveLength(2);
    const { code, lines } = await run({
      path: kit.csv(
        '结对',
        '人员,地址,户主\n王伟,3号楼2单元501,张某\n13800000002,3号楼2单元501,张某\n周强,1-1-101,李某\n',
      ),
    });
    expect(code).toBe(2);
    expect(lines[0]).toBe('结对 第2行：名册里有2位王伟：请写成“第一支部/王伟”，或写手机号。');
    expect(lines[1]).toBe('结对 第4行：名册里没有“周强”：先在“人员”表里加上。');
  });

  it('of a circle of orgs are named', async () => {
    const { code, text } = await run({ path: kit.csv('组织', '名称,上级\n甲,乙\n乙,甲\n') });
    expect(code).toBe(2);
    expect(text).toContain('组织 第2行：没有上级“乙”');
  });
});

describe('identity', () => {
  beforeEach(async () => {
    await run({ path: kit.csv('组织', '名称,上级\n梧桐社区,\n第一支部,梧桐社区\n第二支部,梧桐社区\n') });
    await run({ path: kit.csv('成员', '姓名,角色,组织,手机号\n李梅,党员,第一支部,13800000003\n') });
  });

  it('is the phone, whatever the org, and a new number is the same person’s', async () => {
    await run({ path: kit.csv('成员', '姓名,角色,组织,手机号\n李梅,党员,第二支部,138-0000-0003\n') });
    const [moved, ...others] = office.q.members.named('李梅');
    expect(others).toEqual([]);
    expect(moved?.orgId).toBe(office.q.orgs.named('第二支部')[0]?.id);
    await run({ path: kit.csv('成员', '姓名,角色,组织,手机号\n李梅,党员,第二支部,13900000003\n') });
    expect(office.q.members.named('李梅')).toHaveLength(1);
    expect(office.q.members.phone(moved?.id ?? 0)).toBe('13900000003');
  });

  it('never brings back who has left, and says so', async () => {
    const [left] = office.q.members.named('李梅');
    office.q.members.change(left?.id ?? 0, { status: '转出' });
    const { code, text } = await run({
      path: kit.csv('成员', '姓名,角色,组织,手机号\n李梅,党员,第一支部,13800000003\n'),
    });
    expect(code).toBe(0);
    expect(text).toContain('成员 第2行：李梅在名册里是转出，没有改动');
    expect(office.q.members.get(left?.id ?? 0)?.status).toBe('转出');
  });

  it('joins an administrator of the start to his row, and keeps one tree', async () => {
    const bare = kit.open(':memory:');
    const fresh = bare.office;
    await fresh.write(() => ensureAdministrators(fresh.q, NOW, [{ connection: FEISHU, id: 'ou_admin' }]));
    await run(
      {
        path: await kit.xlsx({
          ...ROSTER,
          成员: [
            ['姓名', '角色', '组织', '飞书open_id'],
            ['于洋', '管理员', '梧桐街道', 'ou_admin'],
            ['石小红', '党员', '第一支部', ''],
            ['李梅', '党员', '第一支部', ''],
            ['贺立', '书记', '第一支部', ''],
          ],
        }),
      },
      fresh,
    );
    expect(fresh.q.roster.roots()).toHaveLength(1);
    const administrator = fresh.q.members.byIdentity(FEISHU, 'ou_admin')?.member;
    expect(administrator?.name).toBe('于洋');
    const path = fresh.q.orgs.named('第一支部')[0]?.path ?? '';
    expect(
      fresh.q.members
        .actor(administrator?.id ?? 0, '2026-11-18')
        ?.roles.some((held) => path.startsWith(held.path)),
    ).toBe(true);
    await bare.close();
  });
});

describe('files', () => {
  it('are read as Excel writes them: GBK, quotes, line ends inside quotes', async () => {
    // 名称,类型 / "梧桐社区",社区 in GBK.
    const gbk = Uint8Array.from([
      0xc3, 0xfb, 0xb3, 0xc6, 0x2c, 0xc0, 0xe0, 0xd0, 0xcd, 0x0d, 0x0a, 0x22, 0xce, 0xe0, 0xcd, 0xa9, 0xc9,
      0xe7, 0xc7, 0xf8, 0x22, 0x2c, 0xc9, 0xe7, 0xc7, 0xf8, 0x0d, 0x0a,
    ]);
    expect((await run({ path: kit.csv('组织', gbk) })).code).toBe(0);
    expect(office.q.orgs.all()).toMatchObject([{ name: '梧桐社区', kind: '社区' }]);
    await run({
      path: kit.csv('户册', '\uFEFF地址,户主,"备注"\r\n3号楼2单元501,张某,"住了""很久""\r\n不搬"\r\n'),
      sheet: '户',
    });
    expect(office.q.households.ofOrg(office.q.orgs.all()[0]?.id ?? 0)).toMatchObject([
      { building: '3号楼', headName: '张某' },
    ]);
  });

  it('that are none are refused with the remedy', async () => {
    expect(await run({ path: join(kit.folder, '没有.xlsx') })).toMatchObject({
      code: 2,
      text: expect.stringContaining('找不到文件'),
    });
    expect(await run({ path: kit.csv('随便', '一,二\n') })).toMatchObject({
      code: 2,
      text: expect.stringContaining('没有找到能导入的表'),
    });
    expect(await run({ path: kit.csv('成员', '名字呢,角色\n') })).toMatchObject({
      code: 2,
      text: expect.stringContaining('表头里要有“姓名”、“角色”'),
    });
    writeFileSync(join(kit.folder, '坏.xlsx'), 'no workbook');
    expect(await run({ path: join(kit.folder, '坏.xlsx') })).toMatchObject({
      code: 2,
      text: expect.stringContaining('打不开'),
    });
  });
});
