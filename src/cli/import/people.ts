import type { Queries } from '../../../db/queries/index.ts';
import type { Member } from '../../../db/queries/members.ts';
import { normaliseName, pinyinOf } from '../../domain/names.ts';
import type { RosterConnections } from '../../offices/connections.ts';
import type { OrgPath, PersonOp, PersonRef } from '../../work/import-ops.ts';
import { kindByName, type OrgTree } from './org-tree.ts';
import { isPhone, phoneOf, readIds, readRoles } from './people-cells.ts';
import { allConnections } from './platform-ids.ts';
import type { Report } from './report.ts';
import { listOf, type Row } from './table.ts';

export interface PeopleInput {
  q: Queries;
  tree: OrgTree;
  connections: RosterConnections;
  report: Report;
  /** The file says nothing of orgs and the office has none: they are made of the names (said in the report). */
  makeOrgs: boolean;
}

/** People of the file by whatever tells them apart, so that two rows of one person are one. */
export class People {
  private readonly byKey = new Map<string, PersonRef>();
  private readonly byName = new Map<string, PersonRef[]>();
  private readonly filePhones = new Set<string>();
  private readonly communities = new Map<PersonRef, OrgPath | null>();
  private readonly input: PeopleInput;
  readonly ops: PersonOp[] = [];

  constructor(input: PeopleInput, rows: readonly Row[]) {
    this.input = input;
    for (const row of rows) this.filePhones.add(phoneOf(row.cell('phone')));
    for (const row of rows) this.read(row);
  }

  /** Who is meant in another sheet: a name, `第一支部/李梅`, a telephone number or a platform id. */
  find(said: string): PersonRef | string {
    const cut = Math.max(said.lastIndexOf('/'), said.lastIndexOf('／'));
    const name = normaliseName(said.slice(cut + 1));
    const within = cut < 0 ? null : this.input.tree.named(said.slice(0, cut)).map((node) => node.path);
    const direct = this.byKey.get(phoneOf(said)) ?? this.byId(said) ?? this.byNumber(said);
    if (direct) return direct;
    const inFile = (this.byName.get(name) ?? []).filter((ref) => within === null || within.includes(ref.org));
    const known = this.known(name)
      .filter((member) => !inFile.some((ref) => ref.id === member.id))
      .map((member) => this.refOf(member))
      .filter((ref) => within === null || within.includes(ref.org));
    const all = [...inFile, ...known];
    const [only] = all;
    if (!only) return `名册里没有“${said}”：先在“人员”表里加上`;
    if (all.length > 1)
      return `名册里有${all.length}位${name}：请写成“${only.org.split('/').at(-1)}/${name}”，或写手机号`;
    return only;
  }

  /** Where he registered, as the file or the roster says. */
  registeredAt(ref: PersonRef): OrgPath | null {
    const said = this.communities.get(ref);
    if (said !== undefined) return said;
    const id = ref.id === null ? null : (this.input.q.members.get(ref.id)?.communityId ?? null);
    return id === null ? null : pathOf(this.input.q, id);
  }

  /** Somebody of the file by a platform id, on the first connection where somebody has it. */
  private byId(said: string): PersonRef | undefined {
    const keys = allConnections(this.input.connections).map((connection) => idKey(connection, said));
    return keys.map((key) => this.byKey.get(key)).find((ref) => ref !== undefined);
  }

  /** A row of the database by telephone number or platform id. */
  private byNumber(said: string): PersonRef | undefined {
    const { q, connections } = this.input;
    const ids = allConnections(connections).flatMap((each) => q.members.byIdentity(each, said)?.member ?? []);
    const found =
      (/^\d{7,}$/.test(phoneOf(said)) ? q.members.byPhone(phoneOf(said))[0] : undefined) ?? ids[0];
    return found && this.refOf(found);
  }

  private known(name: string): Member[] {
    return this.input.q.members
      .byPinyin(pinyinOf(name))
      .filter((member) => member.name === name && member.status === '在册');
  }

  private refOf(member: Member): PersonRef {
    return {
      id: member.id,
      ids: [],
      phone: null,
      name: member.name,
      org: pathOf(this.input.q, member.orgId),
    };
  }

  private read(row: Row): void {
    const { report } = this.input;
    const name = normaliseName(row.cell('name'));
    if (name === '') return void report.bad(row, '姓名没有写，请补上');
    if (name.length > 20 || /\d/.test(name))
      return void report.bad(row, '姓名不对，只写姓名，不写编号和电话');
    const roles = readRoles(row, report);
    const org = this.orgOf(row);
    const community = this.communityOf(row, org);
    const phone = phoneOf(row.cell('phone')) || null;
    if (phone !== null && !isPhone(phone))
      return void report.bad(row, `手机号“${row.cell('phone')}”位数不对，应是11位`);
    const ids = readIds(row, this.input.connections, report);
    if (roles === null || org === null || community === undefined || ids === null) return;
    const found = this.identify({ id: null, ids, phone, name, org });
    if (typeof found === 'string') return void report.bad(row, found);
    const gone = found.id === null ? undefined : this.input.q.members.get(found.id);
    if (gone && gone.status !== '在册')
      report.note(
        `${row.at}：${gone.name}在名册里是${gone.status}，没有改动；要恢复请在“/名册 ${gone.name}”里办。`,
      );
    const home = !(this.byName.get(found.name) ?? []).includes(found);
    this.remember(found);
    if (!this.communities.has(found)) this.communities.set(found, community);
    this.ops.push({
      kind: 'person',
      ref: found,
      roles,
      roleOrg: org,
      home,
      community,
      cohorts: listOf(row.cell('cohorts')),
    });
  }

  private orgOf(row: Row): OrgPath | null {
    const { tree, report, makeOrgs } = this.input;
    const said = row.cell('org');
    if (said === '') {
      const all = tree.all();
      if (all.length === 1 && all[0]) return all[0].path;
      report.bad(row, '组织没有写，请补上，例如：第一支部');
      return null;
    }
    const found = tree.resolve(said, '组织');
    if (typeof found !== 'string') return found.path;
    const kind = makeOrgs && tree.named(said).length === 0 && !/[/／]/.test(said) ? kindByName(said) : null;
    if (kind !== null) return tree.add(null, said, kind).path;
    report.bad(row, found);
    return null;
  }

  /** undefined: a bad cell. Not said: the community that the org lies in. */
  private communityOf(row: Row, org: OrgPath | null): OrgPath | null | undefined {
    const { tree, report, makeOrgs } = this.input;
    const said = row.cell('community');
    if (said === '') {
      const around = org === null ? null : tree.communityOf(org);
      return around === org ? null : around;
    }
    const found = tree.resolve(said, '报到社区');
    if (typeof found !== 'string') return found.path;
    if (makeOrgs && tree.named(said).length === 0 && !/[/／]/.test(said))
      return tree.add(null, said, '社区').path;
    report.bad(row, found.replace('没有组织', '没有社区'));
    return undefined;
  }

  /** Platform id, then phone, else name and org; the same in the file and in the database (decision 47). */
  private identify(said: PersonRef): PersonRef | string {
    const { q } = this.input;
    const keys = keysOf(said);
    const inFile = [...new Set(keys.flatMap((key) => this.byKey.get(key) ?? []))];
    const known = [
      ...said.ids.map((id) => q.members.byIdentity(id.connection, id.externalId)?.member),
      ...(said.phone === null ? [] : q.members.byPhone(said.phone)),
    ].filter((member) => member !== undefined);
    const people = new Set([...inFile.map((ref) => ref.id ?? ref), ...known.map((member) => member.id)]);
    if (people.size > 1) return '账号和手机号对到了两个人，请核对其中一个';
    const one = inFile[0] ?? (known[0] ? { ...said, id: known[0].id } : undefined);
    if (one) return merge(one, said);
    const same = (this.byName.get(said.name) ?? []).find(
      (ref) => ref.org === said.org && (ref.phone === null || said.phone === null),
    );
    if (same) return merge(same, said);
    const rows = this.known(said.name).filter(
      (member) => this.refOf(member).org === said.org && this.mayBe(member, said),
    );
    if (rows.length > 1) return `这个组织里有${rows.length}位${said.name}，请补上手机号，好分清是哪一位`;
    return rows[0] ? { ...said, id: rows[0].id } : said;
  }

  /** Another number in the roster is an old one, unless the file has somebody with it. */
  private mayBe(member: Member, said: PersonRef): boolean {
    const phone = this.input.q.members.phone(member.id);
    return phone === null || said.phone === null || phone === said.phone || !this.filePhones.has(phone);
  }

  private remember(ref: PersonRef): void {
    for (const key of keysOf(ref)) this.byKey.set(key, ref);
    const named = this.byName.get(ref.name) ?? [];
    if (!named.includes(ref)) this.byName.set(ref.name, [...named, ref]);
  }
}

function merge(ref: PersonRef, said: PersonRef): PersonRef {
  ref.phone ??= said.phone;
  for (const id of said.ids)
    if (!ref.ids.some((each) => each.externalId === id.externalId && each.connection === id.connection))
      ref.ids.push(id);
  return ref;
}

function keysOf(ref: PersonRef): string[] {
  return [
    ...ref.ids.map((id) => idKey(id.connection, id.externalId)),
    ...(ref.phone === null ? [] : [ref.phone]),
  ];
}

/** Two tenants may give the same id to two people. */
function idKey(connection: string, externalId: string): string {
  return `${connection} ${externalId}`;
}

/** 梧桐街道/梧桐社区/第一支部 */
function pathOf(q: Queries, orgId: number): OrgPath {
  return q.orgs
    .lineage(orgId)
    .map((org) => org.name)
    .reverse()
    .join('/');
}
