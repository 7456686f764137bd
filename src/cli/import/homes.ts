import { canonicalAddress } from '../../domain/address.ts';
import { normaliseName, pinyinOf } from '../../domain/names.ts';
import type { HouseholdOp, ImportOp, OrgPath, PairingOp, PersonRef, PointOp } from '../../work/import-ops.ts';
import type { OrgTree } from './org-tree.ts';
import type { People } from './people.ts';
import type { Report } from './report.ts';
import { listOf, type Row } from './table.ts';

const POINT_KINDS = ['网格', '小区', '企业', '商户'] as const;

/** Orgs within which an address is unique: the communities; an office without any: its branches. */
function scopesOf(tree: OrgTree): OrgPath[] {
  const all = tree.all();
  const communities = all.filter((node) => node.kind === '社区');
  const branches = all.filter((node) => node.kind === '党支部');
  return (communities.length > 0 ? communities : branches.length > 0 ? branches : all.slice(0, 1)).map(
    (node) => node.path,
  );
}

/** Sheet 户: address and head, its grid and labels (decisions 24, 26, 47). */
export function readHouseholds(tree: OrgTree, rows: readonly Row[], report: Report): HouseholdOp[] {
  const scopes = scopesOf(tree);
  const hadGrids = tree.all().some((node) => node.kind === '网格');
  const made = new Map<OrgPath, HouseholdOp>();
  for (const row of rows) {
    const address = row.cell('address');
    const size = row.cell('size').replace(/[人口]$/, '');
    if (address === '' || canonicalAddress(address).canonical === '') {
      report.bad(row, '地址没有写，例如：3号楼2单元501');
      continue;
    }
    if (size !== '' && !/^\d{1,2}$/.test(size)) {
      report.bad(row, `成员数“${row.cell('size')}”不对，写数字，例如：3`);
      continue;
    }
    const where = placeOf(tree, row, scopes, hadGrids, report);
    if (where === null) continue;
    const head = normaliseName(row.cell('head'));
    const op: HouseholdOp = {
      kind: 'household',
      ...where,
      address,
      head,
      size: size === '' ? null : Number(size),
      needs: listOf(row.cell('needs')),
    };
    const key = `${op.scope}|${canonicalAddress(address).canonical}|${pinyinOf(head)}`;
    const before = made.get(key);
    made.set(
      key,
      before
        ? {
            ...before,
            grid: before.grid ?? op.grid,
            size: op.size ?? before.size,
            needs: [...new Set([...before.needs, ...op.needs])],
          }
        : op,
    );
  }
  return [...made.values()];
}

function placeOf(
  tree: OrgTree,
  row: Row,
  scopes: readonly OrgPath[],
  hadGrids: boolean,
  report: Report,
): { scope: OrgPath; grid: OrgPath | null } | null {
  const said = row.cell('scope');
  const named = said === '' ? null : tree.resolve(said, '社区');
  if (typeof named === 'string') return fail(report, row, named.replace('没有组织', '没有社区'));
  const around = named
    ? (tree.communityOf(named.path) ?? named.path)
    : scopes.length === 1
      ? (scopes[0] ?? null)
      : null;
  const gridName = row.cell('grid');
  if (gridName === '') {
    return around === null
      ? fail(report, row, `不知道是哪个社区的，请加一列“社区”（现有${scopes.length}个）`)
      : { scope: around, grid: null };
  }
  const grids = tree.named(gridName).filter((node) => around === null || node.path.startsWith(`${around}/`));
  const [grid] = grids;
  if (grids.length > 1)
    return fail(report, row, `有${grids.length}个“${gridName}”，请加一列“社区”写明是哪个`);
  if (grid) return { scope: tree.communityOf(grid.path) ?? around ?? grid.path, grid: grid.path };
  // An office that has no grids yet gets those its households name; else it is a slip of the pen.
  if (hadGrids || around === null)
    return fail(report, row, `没有网格“${gridName}”：先在“组织”表里加上它，或把这一格空着`);
  report.note(`新建网格：${gridName}`);
  return { scope: around, grid: tree.add(around, gridName, '网格').path };
}

function fail(report: Report, row: Row, how: string): null {
  report.bad(row, how);
  return null;
}

/** Sheet 结对: whose household; an address that the sheet 户 does not hold becomes a household of its own (decision 24). */
export function readPairings(
  tree: OrgTree,
  people: People,
  rows: readonly Row[],
  households: readonly HouseholdOp[],
  report: Report,
): PairingOp[] {
  const byPlace = new Map<string, OrgPath[]>();
  for (const { address, scope } of households) {
    const canonical = canonicalAddress(address).canonical;
    byPlace.set(canonical, [...(byPlace.get(canonical) ?? []), scope]);
  }
  return rows.flatMap((row) => {
    const person = whoIs(people, row, report);
    const address = row.cell('address');
    if (person !== null && address === '') report.bad(row, '地址没有写，例如：3号楼2单元501');
    if (person === null || address === '') return [];
    const own = people.registeredAt(person) ?? tree.communityOf(person.org) ?? person.org;
    const listed = byPlace.get(canonicalAddress(address).canonical) ?? [];
    const scope = listed.includes(own) || listed.length !== 1 ? own : (listed[0] ?? own);
    return [{ kind: 'pairing' as const, person, scope, address, head: normaliseName(row.cell('head')) }];
  });
}

/** Sheet 联系点 (S4-2, S4-34). */
export function readPoints(tree: OrgTree, people: People, rows: readonly Row[], report: Report): PointOp[] {
  return rows.flatMap((row) => {
    const person = whoIs(people, row, report);
    const name = row.cell('name');
    const said = row.cell('kind');
    const pointKind =
      POINT_KINDS.find((kind) => kind === said) ?? (said === '' ? guessKind(name) : undefined);
    if (person === null) return [];
    if (name === '') report.bad(row, '名称没有写，例如：第一网格');
    else if (!pointKind) report.bad(row, `没有“${said}”这个类型，可用：${POINT_KINDS.join('、')}`);
    if (name === '' || !pointKind) return [];
    return [
      {
        kind: 'point' as const,
        person,
        name,
        pointKind,
        scope: people.registeredAt(person) ?? tree.communityOf(person.org) ?? person.org,
      },
    ];
  });
}

function guessKind(name: string): (typeof POINT_KINDS)[number] {
  if (/小区|花园|家园|苑$/.test(name)) return '小区';
  if (/公司|厂|集团|企业/.test(name)) return '企业';
  return /店|超市|餐|商/.test(name) ? '商户' : '网格';
}

function whoIs(people: People, row: Row, report: Report): PersonRef | null {
  const said = row.cell('person');
  const found = said === '' ? '人员没有写，请补上姓名' : people.find(said);
  if (typeof found !== 'string') return found;
  report.bad(row, found);
  return null;
}

/** Orgs that the sheets name but the sheet 组织 does not hold, as rows of their own, parents first. */
export function missingOrgs(
  tree: OrgTree,
  before: ReadonlySet<OrgPath>,
  listed: readonly ImportOp[],
): ImportOp[] {
  const there = new Set(listed.flatMap((op) => (op.kind === 'org' ? [op.path] : [])));
  return tree
    .all()
    .filter((node) => !before.has(node.path) && !there.has(node.path))
    .sort((a, b) => a.path.split('/').length - b.path.split('/').length)
    .map((node) => ({ kind: 'org' as const, path: node.path, orgKind: node.kind, phone: null, groups: [] }));
}
