import { existsSync } from 'node:fs';
import { openStore } from '../../db/node.ts';
import { createQueries, type Queries } from '../../db/queries/index.ts';
import { isStorageError } from '../../db/storage-error.ts';
import { makeCalendar } from '../domain/calendar.ts';
import type { OfficialList } from '../domain/calendar-years.ts';
import { AppError } from '../lib/errors.ts';
import { createVault } from '../lib/vault.ts';
import { CALENDAR_LISTS } from '../office/assemble.ts';
import { officeFindings, platformFindings } from '../office/findings.ts';
import { backupFinding, diskFinding, fileFinding, keyFinding } from '../offices/host-findings.ts';
import type { Finding, Platform } from '../platforms/platform.ts';

export interface DoctorDeps {
  databasePath: string;
  /** The office's key material. */
  secret: string;
  publicUrl?: string;
  /** Every platform that is on, and the connections whose credentials do not open; without the file only those of the variables. */
  platforms(q: Queries | null): { platforms: readonly Platform[]; broken: readonly string[] };
  /** Sets what can be set by API, e.g. Feishu's panel of slash commands. */
  fix: boolean;
  /** Epoch ms. */
  now: number;
  print(line: string): void;
}

/**
 * `lianxin doctor [--fix]` (issue 4, point 7): looks at the host, the database and every platform, and changes nothing of
 * ours. One line each, `正常|异常|不明 · what · detail`, and under it what to do. 0 = nothing is wrong, 1 = something is.
 */
export async function runDoctor(deps: DoctorDeps): Promise<number> {
  const findings: Finding[] = [];
  const store = openReadonly(deps.databasePath, findings);
  try {
    const vault = createVault(deps.secret);
    const q = store ? createQueries({ store, vault }) : null;
    const { platforms, broken } = deps.platforms(q);
    if (store && q) {
      findings.push(fileFinding(store), keyFinding(q, vault));
      findings.push(diskFinding(deps.databasePath), backupFinding(q, deps.now));
      findings.push(...ofOffice(deps, q, platforms));
    } else findings.push(diskFinding(deps.databasePath));
    for (const key of broken) findings.push(unopened(key));
    if (platforms.length === 0) findings.push(noPlatform);
    for (const each of findings) say(each, deps.print);
    const told = await platformFindings(platforms, { fix: deps.fix });
    for (const each of told) say(each, deps.print);
    return conclude([...findings, ...told], deps.print);
  } finally {
    store?.close();
  }
}

/** A configuration that stops the start, said as a finding. */
export function sayMisconfigured(error: AppError, print: (line: string) => void): number {
  const findings = error.userText
    .split('\n')
    .map((detail): Finding => ({ what: '配置', ok: false, detail, remedy: '改好 .env 再检查一次。' }));
  for (const each of findings) say(each, print);
  return conclude(findings, print);
}

function ofOffice(deps: DoctorDeps, q: Queries, platforms: readonly Platform[]): Finding[] {
  const lists = q.settings.get<OfficialList[]>(CALENDAR_LISTS) ?? [];
  const { publicUrl, now } = deps;
  return officeFindings({ q, platforms, calendar: makeCalendar(lists), publicUrl, now });
}

function openReadonly(path: string, findings: Finding[]) {
  const what = '数据库';
  if (!existsSync(path)) {
    findings.push({
      what,
      ok: null,
      detail: `还没有 ${path}`,
      remedy: '第一次启动会自己建；已经用过的，请核对 DATABASE_PATH。',
    });
    return undefined;
  }
  try {
    return openStore(path, { readonly: true });
  } catch (error) {
    if (!(error instanceof AppError) && !isStorageError(error)) throw error;
    const known = error instanceof AppError ? error : undefined;
    findings.push({
      what,
      ok: false,
      detail: known?.userText.replace(/。$/, '') ?? '读不了：不是连心的数据库，或者已经损坏',
      remedy:
        known?.code === 'database-older'
          ? '启动一次，或运行 lianxin migrate。'
          : '数据没有动；用备份恢复：lianxin restore <备份文件>',
    });
    return undefined;
  }
}

const unopened = (key: string): Finding => ({
  what: `连接 ${key}`,
  ok: false,
  detail: '凭证打不开，这个连接没有开',
  remedy: '请用 lianxin connection rotate <凭证.env> 重新写入。',
});

const noPlatform: Finding = {
  what: '平台',
  ok: null,
  detail: '没有配置飞书，也没有配置钉钉，启动会打开演示场',
  remedy: '请照 .env.example 填写 FEISHU_* 或 DINGTALK_*。',
};

function say({ what, ok, detail, remedy }: Finding, print: (line: string) => void): void {
  const word = ok === null ? '不明' : ok ? '正常' : '异常';
  print(`${word} · ${what} · ${detail}`);
  if (remedy && ok !== true) print(`  怎么办：${remedy}`);
}

function conclude(findings: readonly Finding[], print: (line: string) => void): number {
  const wrong = findings.filter(({ ok }) => ok === false).length;
  print(wrong === 0 ? '没有异常。' : `有${wrong}项异常。`);
  return wrong === 0 ? 0 : 1;
}
