import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runImport } from '../../src/cli/import.ts';
import { createWorld, type World } from '../helpers/world.ts';
import { PATIENCE, share } from './runs.ts';

let world: World;
let folder: string;
beforeAll(async () => {
  world = await createWorld({ jobs: [] });
  await world.office.stop();
  folder = mkdtempSync(join(tmpdir(), 'lianxin-import-fuzz-'));
});
afterAll(async () => {
  await world.close();
  rmSync(folder, { recursive: true, force: true });
});

/** An identity number: must be kept nowhere, in whatever column it stands under this header (decision 47). */
const IDENTITY = '11010519491231002X';
const HEADERS: Readonly<Record<string, readonly string[]>> = {
  人员: ['姓名', '角色', '组织', '报到社区', '飞书open_id', '手机号', '人员类别', '身份证号', '没用的'],
  成员: ['姓名', '角色', '组织'],
  组织: ['名称', '类型', '上级', '飞书群chat_id', '电话'],
  户: ['地址', '户主', '网格', '类别', '成员数', '社区', '身份证号'],
  结对: ['人员', '地址', '户主'],
  联系点: ['人员', '名称', '类型'],
};
const cell = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom('石小红', '李梅', '王一', '赵二', '张某', '欧阳 锋', '') },
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      '第一支部',
      '梧桐社区',
      '梧桐街道/梧桐社区/第二支部',
      '物业办',
      '党支部',
      '网格',
    ),
  },
  { weight: 3, arbitrary: fc.constantFrom('3号楼2单元501室', '3-2-501', '三号楼', '5栋', '柳树村三组') },
  {
    weight: 3,
    arbitrary: fc.constantFrom('党员', '书记', '党员、网格员', '管理员', '村长', '低保', '12', '-3'),
  },
  { weight: 2, arbitrary: fc.constantFrom('13800000001', '139-0000-0002', 'ou_1', 'ou_2', 'oc_9', '不知道') },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 20 }) },
  { weight: 1, arbitrary: fc.constantFrom('"', '""', '"a\nb"', '=1+1', '@x', '\u202e', ',', '\t', '９９') },
);
const IDENTIFIES = new Set(['地址']);
const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** A sheet by its headers, some missing, in any order, with rows that mostly fit. */
const sheet = fc
  .constantFrom(...Object.keys(HEADERS))
  .chain((name) =>
    fc.tuple(fc.constant(name), fc.shuffledSubarray([...(HEADERS[name] ?? [])], { minLength: 1 })),
  )
  .chain(([name, headers]) => {
    const row = fc.tuple(...headers.map((header) => (header === '身份证号' ? fc.constant(IDENTITY) : cell)));
    return fc.tuple(fc.constant(name), fc.constant(headers), fc.array(row, { maxLength: 12 }), fc.boolean());
  })
  .map(([name, headers, rows, careful]) => {
    // Two rows of one address may contradict each other; which of them holds is no matter of this test.
    const keys = headers.flatMap((header, at) => (IDENTIFIES.has(header) ? [at] : []));
    const about = rows.map((row) => keys.map((at) => row[at]?.trim()).join('|'));
    const plain = new Set(about).size === rows.length;
    const say = (text: string) => (careful ? quoted(text) : text);
    return {
      name,
      plain,
      text: [headers.join(','), ...rows.map((row) => row.map(say).join(','))].join('\n'),
    };
  });

const TABLES = [
  'org',
  'member',
  'role',
  'identity',
  'cohort',
  'household',
  'pairing',
  'contact_point',
  'chat',
  'setting',
];
const tables = () => TABLES.map((table) => world.store.db.all(`select * from ${table}`));
const load = async (
  path: string,
  name: string,
  skipBad = false,
): Promise<{ code: number; said: string[] }> => {
  const said: string[] = [];
  const { office, clock, connection } = world;
  const code = await runImport(
    { path, sheet: name, skipBad },
    { office, now: clock.now(), print: (line) => said.push(line), connections: { feishu: connection } },
  );
  return { code, said };
};

describe('the importer', () => {
  it(
    'takes a file or refuses it with sentences; refused it changed nothing, taken it changes nothing twice',
    async () => {
      const path = join(folder, 'roster.csv');
      const codes = new Set<number>();
      await fc.assert(
        fc.asyncProperty(sheet, fc.boolean(), async ({ name, text, plain }, skipBad) => {
          writeFileSync(path, text);
          const before = tables();
          const first = await load(path, name, skipBad);
          codes.add(first.code);
          expect([0, 2]).toContain(first.code);
          expect(first.said.every((line) => /\p{Script=Han}/u.test(line))).toBe(true);
          expect(first.said.length).toBeGreaterThan(0);
          const after = tables();
          if (first.code === 2) expect(after).toEqual(before);
          else if (plain) {
            expect((await load(path, name, skipBad)).code).toBe(0);
            expect(tables()).toEqual(after);
          }
          expect(after.map((rows, at) => rows.length >= (before[at]?.length ?? 0))).not.toContain(false);
          expect(JSON.stringify(after)).not.toContain(IDENTITY);
        }),
        share(0.04),
      );
      expect(codes).toEqual(new Set([0, 2]));
    },
    PATIENCE,
  );

  it(
    'is not broken by bytes of any kind, whatever the file calls itself',
    async () => {
      const before = tables();
      await fc.assert(
        fc.asyncProperty(
          fc.uint8Array({ maxLength: 2000 }),
          fc.constantFrom('人员.csv', '人员.xlsx', '户.txt', '人员.xls', '人员'),
          fc.constantFrom('', 'PK\u0003\u0004', '\ufeff姓名,角色\n', '姓名\t角色\n'),
          async (bytes, file, head) => {
            const path = join(folder, file);
            writeFileSync(path, Buffer.concat([Buffer.from(head), bytes]));
            const { code, said } = await load(path, '人员');
            expect([0, 2]).toContain(code);
            expect(said.length).toBeGreaterThan(0);
            if (code === 2) expect(tables()).toEqual(before);
          },
        ),
        share(0.01),
      );
    },
    PATIENCE,
  );
});
