import { basename } from 'node:path';
import { AppError } from '../lib/errors.ts';
import type { Office } from '../office/office.ts';
import type { RosterConnections } from '../offices/connections.ts';
import { applyOp } from '../work/import-apply.ts';
import type { Effect, ImportOp } from '../work/import-ops.ts';
import { SHEET_ORDER, SHEETS, type SheetKind, sheetKind } from './import/columns.ts';
import { missingOrgs, readHouseholds, readPairings, readPoints } from './import/homes.ts';
import { OrgTree, readOrgs } from './import/org-tree.ts';
import { People } from './import/people.ts';
import { readSheets } from './import/read-file.ts';
import { Report } from './import/report.ts';
import { type Row, readTable } from './import/table.ts';
import { finishEarlier, writeImport } from './import/write.ts';

export interface ImportArguments {
  /** `-`: the standard input. */
  path: string;
  /** What the file is called, where that is not its path. */
  name?: string;
  /** Somebody sent it to the bot: the advice is what he can do there. */
  chat?: boolean;
  /** The sheet that a CSV is; its file's name where absent. */
  sheet?: string;
  dryRun?: boolean;
  skipBad?: boolean;
}

export interface ImportDeps {
  office: Pick<Office, 'q' | 'write'>;
  now: number;
  print(line: string): void;
  /** Connections that platform ids of the file belong to; a platform that is not configured is absent. */
  connections?: RosterConnections;
}

/**
 * `lianxin import` (contract; decisions 41, 47): everything is checked first; any bad row and nothing is written.
 * Returns the exit code: 0 done, 1 the database could not be written, 2 bad rows or a bad file.
 */
export async function runImport(args: ImportArguments, deps: ImportDeps): Promise<number> {
  const { office, print } = deps;
  try {
    if (!args.dryRun) await finishEarlier(office, deps.now, print);
    const report = new Report();
    const tables = await readTables(args, report);
    const ops = check(tables, deps, report);
    for (const note of report.notes) print(note);
    for (const problem of report.problems) print(problem);
    if (report.badCount > 0 && !args.skipBad) {
      const again = args.chat ? '改好再发一次。' : '改好再导入一次；要先导入其余的，加 --skip-bad。';
      print(`有${report.badCount}行要改，什么都没有写入。${again}`);
      return 2;
    }
    const effects = ops.map((op) => ({ op, effect: effectOf(deps, op) }));
    const todo = effects.filter((each) => each.effect !== 'same').map((each) => each.op);
    if (!args.dryRun)
      await writeImport(office, deps.now, todo, { file: args.name ?? basename(args.path), rows: ops.length });
    sayResult(args, effects, report, print);
    return 0;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    print(error.userText);
    return error.code === 'import-file' ? 2 : 1;
  }
}

type Tables = ReadonlyMap<SheetKind, Row[]>;

async function readTables(args: ImportArguments, report: Report): Promise<Tables> {
  const tables = new Map<SheetKind, Row[]>();
  for (const sheet of await readSheets(args.path, args.sheet, args.name)) {
    const kind = sheetKind(sheet.name);
    if (kind === null) {
      report.note(`“${sheet.name}”不是名册里的表，已略过。`);
      continue;
    }
    const table = readTable(sheet, kind);
    for (const note of table.notes) report.note(note);
    if (table.problem) throw new AppError('import-file', { userText: table.problem });
    tables.set(kind, [...(tables.get(kind) ?? []), ...table.rows]);
  }
  if (tables.size > 0) return tables;
  const names = SHEET_ORDER.map((kind) => SHEETS[kind].names[0]).join('、');
  throw new AppError('import-file', {
    userText: `没有找到能导入的表。表名（CSV 是文件名${args.chat ? '' : '，或用 --sheet 写明'}）要是其中之一：${names}（人员也可写成员）。`,
  });
}

/** Rows to operations, orgs first; what is wrong goes into the report. */
function check(tables: Tables, deps: ImportDeps, report: Report): ImportOp[] {
  const { q } = deps.office;
  const connections = deps.connections ?? {};
  const rows = (kind: SheetKind): Row[] => tables.get(kind) ?? [];
  const tree = new OrgTree(q);
  const before = new Set(tree.all().map((node) => node.path));
  const makeOrgs = tree.isFresh && !tables.has('orgs');
  const orgs = readOrgs(tree, rows('orgs'), connections, report);
  const people = new People({ q, tree, connections, report, makeOrgs }, rows('people'));
  const households = readHouseholds(tree, rows('households'), report);
  const pairings = readPairings(tree, people, rows('pairings'), households, report);
  const points = readPoints(tree, people, rows('points'), report);
  const added = missingOrgs(tree, before, orgs);
  if (makeOrgs)
    for (const op of added)
      if (op.kind === 'org') report.note(`新建组织：${op.path.split('/').at(-1)}（${op.orgKind}）`);
  return [...orgs, ...added, ...people.ops, ...households, ...pairings, ...points];
}

const paths = new WeakMap<ImportDeps, Map<string, number | undefined>>();

/** What a row would do to the database as it is: nothing is written. */
function effectOf(deps: ImportDeps, op: ImportOp): Effect {
  const known = paths.get(deps) ?? new Map<string, number | undefined>();
  paths.set(deps, known);
  return applyOp(deps.office.q, deps.now, op, { write: false, paths: known });
}

const NAMES: Readonly<Record<ImportOp['kind'], string>> = {
  org: '组织',
  person: '人员',
  household: '户',
  pairing: '结对',
  point: '联系点',
};

function sayResult(
  args: ImportArguments,
  effects: readonly { op: ImportOp; effect: Effect }[],
  report: Report,
  print: (line: string) => void,
): void {
  const parts = (Object.keys(NAMES) as ImportOp['kind'][]).flatMap((kind) => {
    const here = new Map<unknown, Effect>();
    for (const { op, effect } of effects) {
      // Several rows of one person are one person.
      const what = op.kind === 'person' ? op.ref : op;
      if (op.kind === kind && (effect !== 'same' || !here.has(what))) here.set(what, effect);
    }
    const count = (effect: Effect): number => [...here.values()].filter((each) => each === effect).length;
    if (here.size === 0) return [];
    return [`${NAMES[kind]} 新增${count('new')}，更新${count('changed')}，不变${count('same')}`];
  });
  const skipped = report.badCount > 0 ? `；略过${report.badCount}行` : '';
  print(`${args.dryRun ? '试导入（没有写入）' : '已导入'}：${parts.join('；') || '没有内容'}${skipped}。`);
}
