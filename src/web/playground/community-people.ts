import type { Role } from '../../domain/actor.ts';

/** Names of the made-up orgs; `parent` by name. Everything in these tables is invented. */
export const PLACE = '梧桐社区';

export interface OrgRow {
  name: string;
  kind: '街道' | '社区' | '党支部' | '网格' | '承办单位' | '其他';
  parent: string | null;
  /** A number that may be shown to anyone. */
  phone?: string;
}

export const ORGS: readonly OrgRow[] = [
  { name: '梧桐街道', kind: '街道', parent: null, phone: '0000-8000' },
  { name: PLACE, kind: '社区', parent: '梧桐街道', phone: '0000-8001' },
  { name: '第一支部', kind: '党支部', parent: PLACE, phone: '0000-8001' },
  { name: '第一网格', kind: '网格', parent: PLACE },
  { name: '第二网格', kind: '网格', parent: PLACE },
  { name: '物业办', kind: '承办单位', parent: PLACE, phone: '0000-8002' },
  { name: '诉求中心', kind: '其他', parent: '梧桐街道', phone: '0000-8003' },
];

export interface PersonRow {
  /** The id on the playground's platform. */
  id: string;
  name: string;
  /** Shown under the name. */
  title: string;
  section: string;
  /** null: not in the roster (a stranger to the office). */
  org: string | null;
  roles: readonly { role: Role; org: string }[];
  /** 重点选派党员 owe a visit to each paired household a quarter (S2-40). */
  selected?: boolean;
  /** 联系点 by name of a grid (S4-2). */
  point?: string;
  groups: readonly GroupId[];
}

export type GroupId = 'work-group' | 'residents-group';

export interface GroupRow {
  id: GroupId;
  name: string;
  purpose: 'work' | 'residents';
  org: string;
}

export const GROUPS: readonly GroupRow[] = [
  { id: 'work-group', name: '第一支部工作群', purpose: 'work', org: '第一支部' },
  { id: 'residents-group', name: '梧桐家园居民群', purpose: 'residents', org: PLACE },
];

const BRANCH = '第一支部';
const BOTH: readonly GroupId[] = ['work-group', 'residents-group'];
const WORK: readonly GroupId[] = ['work-group'];

export const PEOPLE: readonly PersonRow[] = [
  {
    id: 'shi-xiaohong',
    name: '石小红',
    title: '党员',
    section: BRANCH,
    org: BRANCH,
    roles: [{ role: '党员', org: BRANCH }],
    selected: true,
    point: '第一网格',
    groups: WORK,
  },
  {
    id: 'he-li',
    name: '贺立',
    title: '书记',
    section: BRANCH,
    org: BRANCH,
    roles: [
      { role: '党员', org: BRANCH },
      { role: '书记', org: BRANCH },
    ],
    selected: true,
    point: '第一网格',
    groups: BOTH,
  },
  {
    id: 'fang-min',
    name: '方敏',
    title: '副书记',
    section: BRANCH,
    org: BRANCH,
    roles: [
      { role: '党员', org: BRANCH },
      { role: '副书记', org: BRANCH },
    ],
    selected: true,
    point: '第二网格',
    groups: WORK,
  },
  {
    id: 'li-mei',
    name: '李梅',
    title: '党员',
    section: BRANCH,
    org: BRANCH,
    roles: [{ role: '党员', org: BRANCH }],
    selected: true,
    point: '第二网格',
    groups: WORK,
  },
  {
    id: 'zhou-qiang',
    name: '周强',
    title: '党员',
    section: BRANCH,
    org: BRANCH,
    roles: [{ role: '党员', org: BRANCH }],
    selected: true,
    point: '第二网格',
    groups: WORK,
  },
  {
    id: 'meng-fei',
    name: '孟飞',
    title: '第一网格网格员',
    section: PLACE,
    org: PLACE,
    roles: [{ role: '网格员', org: '第一网格' }],
    groups: BOTH,
  },
  {
    id: 'tang-hui',
    name: '唐慧',
    title: '社区党委书记',
    section: PLACE,
    org: PLACE,
    roles: [{ role: '书记', org: PLACE }],
    groups: ['residents-group'],
  },
  {
    id: 'luo-jian',
    name: '罗建',
    title: '物业办联系人',
    section: '承办和管理',
    org: '物业办',
    roles: [{ role: '承办联系人', org: '物业办' }],
    groups: [],
  },
  {
    id: 'qin-lan',
    name: '秦岚',
    title: '诉求中心',
    section: '承办和管理',
    org: '诉求中心',
    roles: [{ role: '诉求中心', org: '梧桐街道' }],
    groups: [],
  },
  {
    id: 'yu-yang',
    name: '于洋',
    title: '管理员',
    section: '承办和管理',
    org: '梧桐街道',
    roles: [{ role: '管理员', org: '梧桐街道' }],
    groups: [],
  },
  {
    id: 'lv-xiao',
    name: '吕晓',
    title: '刚进群，不在名册',
    section: '还不认识的人',
    org: null,
    roles: [],
    groups: WORK,
  },
  {
    id: 'tian-guilan',
    name: '田桂兰',
    title: '居民',
    section: '还不认识的人',
    org: null,
    roles: [],
    groups: ['residents-group'],
  },
];
