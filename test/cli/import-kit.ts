import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ExcelJS from 'exceljs';
import { openStore } from '../../db/node.ts';
import type { Store } from '../../db/store.ts';
import { type ImportArguments, runImport } from '../../src/cli/import.ts';
import { movableClock } from '../../src/lib/clock.ts';
import { silentLog } from '../../src/lib/log.ts';
import { assembleOffice } from '../../src/office/assemble.ts';
import type { Office } from '../../src/office/office.ts';

export const NOW = Date.parse('2026-11-18T15:00:00+08:00');
export const FEISHU = 'feishu:cli_0123456789abcdef';
type Writer = Pick<Office, 'q' | 'write'>;

/** An office on a file of its own, and files to import. */
export interface Kit {
  folder: string;
  office: Office;
  /** Another process on the same file, or on another. */
  open(path?: string): { office: Office; close(): Promise<void> };
  run(
    args: Partial<ImportArguments> & { path: string },
    on?: Writer,
  ): Promise<{ code: number; lines: string[]; text: string }>;
  csv(name: string, rows: string | Uint8Array): string;
  xlsx(sheets: Record<string, (string | number)[][]>): Promise<string>;
  close(): Promise<void>;
}

export function createKit(): Kit {
  const folder = mkdtempSync(join(tmpdir(), 'lianxin-import-'));
  const clock = movableClock(NOW, { frozen: true });
  const open: Kit['open'] = (path = join(folder, 'office.db')) => {
    const store: Store = openStore(path);
    const secret = 'a secret for tests, long enough …';
    const office = assembleOffice({ store, secret, clock, platforms: [], log: silentLog, jobs: [] });
    return {
      office,
      async close() {
        await office.stop();
        store.close();
      },
    };
  };
  const own = open();
  return {
    folder,
    office: own.office,
    open,
    async run(args, on = own.office) {
      const lines: string[] = [];
      const print = (line: string) => void lines.push(line);
      const code = await runImport(args, { office: on, now: NOW, print, connections: { feishu: FEISHU } });
      return { code, lines, text: lines.join('\n') };
    },
    csv(name, rows) {
      const path = join(folder, `${name}.csv`);
      writeFileSync(path, rows);
      return path;
    },
    async xlsx(sheets) {
      const workbook = new ExcelJS.Workbook();
      for (const [name, rows] of Object.entries(sheets)) workbook.addWorksheet(name).addRows(rows);
      const path = join(folder, '名册.xlsx');
      await workbook.xlsx.writeFile(path);
      return path;
    },
    async close() {
      await own.close();
      rmSync(folder, { recursive: true });
    },
  };
}

export const ROSTER: Record<string, (string | number)[][]> = {
  说明: [['这张表给人看']],
  结对: [
    ['地址', '成员', '户主'],
    ['3-2-501', '石小红', '张某'],
    ['6号楼1单元302室', '李梅', '陈奶奶'],
  ],
  成员: [
    ['第一支部名册'],
    ['角色', '姓名', '组织', '手机号', '飞书open_id', '群体', '身份证号'],
    ['党员、书记', '贺立', '第一支部', 13800000001, 'ou_he', '重点选派党员', '不该留的'],
    ['党员', '石小红', '第一支部', 13800000002, '', '', ''],
    ['网格员', '石小红', '第一网格', 13800000002, '', '', ''],
    ['党员', '李梅', '第一支部', '', '', '', ''],
    ['承办联络员', '罗建', '物业办', '', '', '', ''],
  ],
  户: [
    ['地址', '户主', '网格', '类别', '成员数'],
    ['3号楼2单元501', '张某', '第一网格', '低保、独居', 2],
    ['6号楼1单元302', '陈奶奶', '第一网格', '', 1],
  ],
  联系点: [
    ['人员', '名称', '类型'],
    ['贺立', '第一网格', '网格'],
  ],
  组织: [
    ['名称', '类型', '上级', '飞书群chat_id', '电话'],
    ['第一支部', '党支部', '梧桐社区', 'oc_work', ''],
    ['第一网格', '网格', '梧桐社区', '', ''],
    ['物业办', '承办单位', '梧桐社区', '', ''],
    ['梧桐社区', '社区', '梧桐街道', '', '0000-8001'],
    ['梧桐街道', '街道', '', '', ''],
  ],
};
