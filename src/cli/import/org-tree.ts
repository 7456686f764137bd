import type { Queries } from '../../../db/queries/index.ts';
import type { OrgKind } from '../../../db/queries/orgs.ts';
import type { RosterConnections } from '../../offices/connections.ts';
import { FIRST_ORG } from '../../work/administrators.ts';
import type { OrgOp, OrgPath } from '../../work/import-ops.ts';
import type { PlatformPerson } from '../../work/link-person.ts';
import { readPlatformIds } from './platform-ids.ts';
import type { Report } from './report.ts';
import type { Row } from './table.ts';

export interface OrgNode {
  path: OrgPath;
  kind: OrgKind;
}

const KINDS: readonly OrgKind[] = ['党委', '党总支', '党支部', '社区', '网格', '承办单位', '街道', '其他'];
/** What a name ends in tells its kind where the file does not. */
const ENDINGS: readonly (readonly [RegExp, OrgKind])[] = [
  [/支部(委员会)?$/, '党支部'],
  [/党总支$/, '党总支'],
  [/(党委|党工委|委员会)$/, '党委'],
  [/(社区|村|居委会|村委会)$/, '社区'],
  [/网格$/, '网格'],
  [/(街道|镇|乡|办事处)$/, '街道'],
  [/(物业|物业办|公司|局|所|站|办)$/, '承办单位'],
];
const ALIASES: Readonly<Record<string, OrgKind>> = {
  支部: '党支部',
  总支: '党总支',
  村: '社区',
  单位: '承办单位',
  镇: '街道',
  乡: '街道',
};

export function kindByName(name: string): OrgKind | null {
  return ENDINGS.find(([ending]) => ending.test(name))?.[1] ?? null;
}

/** Orgs of the database and of the file in one tree, by whole path (decisions 16, 47). */
export class OrgTree {
  private readonly nodes = new Map<OrgPath, OrgNode>();
  private readonly byLastName = new Map<string, OrgNode[]>();
  /** Where an org without 上级 goes: under the one created for want of any, else on top. */
  private readonly top: OrgPath | null;
  readonly isFresh: boolean;

  constructor(q: Queries) {
    const orgs = q.orgs.all();
    const names = new Map(orgs.map((org) => [org.id, org.name]));
    for (const org of orgs) {
      const path = org.path
        .split('/')
        .filter(Boolean)
        .map((id) => names.get(Number(id)) ?? '')
        .join('/');
      this.put({ path, kind: org.kind });
    }
    const first = q.settings.get<number>(FIRST_ORG);
    this.top = first === null ? null : (names.get(first) ?? null);
    this.isFresh = orgs.every((org) => org.id === first);
  }

  /** All whose path ends in these names. */
  named(name: string): OrgNode[] {
    const end = name
      .split(/[/／]/)
      .map((part) => part.trim())
      .filter(Boolean)
      .join('/');
    if (end === '') return [];
    const last = end.slice(end.lastIndexOf('/') + 1);
    return (this.byLastName.get(last) ?? []).filter(
      (node) => node.path === end || node.path.endsWith(`/${end}`),
    );
  }

  all(): OrgNode[] {
    return [...this.nodes.values()];
  }

  add(parent: OrgPath | null, name: string, kind: OrgKind): OrgNode {
    const above = parent ?? this.top;
    const path = above === null ? name : `${above}/${name}`;
    return this.nodes.get(path) ?? this.put({ path, kind });
  }

  at(path: OrgPath): OrgNode | undefined {
    return this.nodes.get(path);
  }

  private put(node: OrgNode): OrgNode {
    const last = node.path.slice(node.path.lastIndexOf('/') + 1);
    this.nodes.set(node.path, node);
    this.byLastName.set(last, [...(this.byLastName.get(last) ?? []), node]);
    return node;
  }

  /** The existing one on top, or under the first org. */
  onTop(name: string): OrgNode | undefined {
    return this.nodes.get(name) ?? (this.top === null ? undefined : this.nodes.get(`${this.top}/${name}`));
  }

  /** The nearest 社区 upward, the org itself included; null without one. */
  communityOf(path: OrgPath): OrgPath | null {
    for (let at = path; at !== ''; at = at.slice(0, Math.max(0, at.lastIndexOf('/')))) {
      if (this.nodes.get(at)?.kind === '社区') return at;
    }
    return null;
  }

  /** Exactly one, or the sentence that says what is wrong with the name. */
  resolve(name: string, where: string): OrgNode | string {
    const found = this.named(name);
    const [only] = found;
    if (!only) return `没有组织“${name}”：先在“组织”表里加上它，或改成已有的名称`;
    if (found.length > 1) return `有${found.length}个“${name}”：${where}请写全，例如“${tail(only.path)}”`;
    return only;
  }
}

/** 梧桐街道/第一支部: the last two names. */
function tail(path: OrgPath): string {
  return path.split('/').slice(-2).join('/');
}

/** Sheet 组织 in any order: a parent may stand below its child. */
export function readOrgs(
  tree: OrgTree,
  rows: readonly Row[],
  connections: RosterConnections,
  report: Report,
): OrgOp[] {
  const ops = new Map<OrgPath, OrgOp>();
  let left = rows.filter((row) => {
    const name = row.cell('name');
    if (name === '') return report.bad(row, '名称没有写，请补上');
    if (/[/／]/.test(name)) return report.bad(row, '名称里不要写“/”，上级写在“上级”那一列');
    const kind = row.cell('kind');
    if (kind !== '' && !(ALIASES[kind] ?? KINDS.find((each) => each === kind)))
      return report.bad(row, `没有“${kind}”这个类型，可用：${KINDS.join('、')}`);
    return true;
  });
  for (let before = -1; before !== left.length; ) {
    before = left.length;
    left = left.filter((row) => !place(tree, row, connections, ops, report));
  }
  for (const row of left) {
    const problem = tree.resolve(row.cell('parent'), '上级');
    report.bad(
      row,
      typeof problem === 'string' ? problem.replace('没有组织', '没有上级') : '上级转成了圈，请检查“上级”',
    );
  }
  return [...ops.values()];
}

/** True when the row is done with: placed, or bad for another reason than a parent not known yet. */
function place(
  tree: OrgTree,
  row: Row,
  connections: RosterConnections,
  ops: Map<OrgPath, OrgOp>,
  report: Report,
): boolean {
  const name = row.cell('name');
  const said = row.cell('parent');
  const parent = said === '' ? null : tree.resolve(said, '上级');
  if (typeof parent === 'string') return false;
  const typed = row.cell('kind');
  const orgKind = typed === '' ? null : (ALIASES[typed] ?? KINDS.find((each) => each === typed) ?? null);
  const existing = parent === null ? tree.onTop(name) : tree.at(`${parent.path}/${name}`);
  const node = existing ?? tree.add(parent?.path ?? null, name, orgKind ?? kindByName(name) ?? '其他');
  if (orgKind !== null) node.kind = orgKind;
  const groups: PlatformPerson[] = [];
  for (const platform of ['feishu', 'dingtalk'] as const) {
    const { ids, notes } = readPlatformIds(row.cell(platform), platform, connections);
    groups.push(...ids);
    for (const note of notes) report.note(note);
  }
  const before = ops.get(node.path);
  ops.set(node.path, {
    kind: 'org',
    path: node.path,
    orgKind: orgKind ?? before?.orgKind ?? (existing ? null : node.kind),
    phone: row.cell('phone') || (before?.phone ?? null),
    groups: [...(before?.groups ?? []), ...groups],
  });
  return true;
}
