/** The five sheets of the contract ("Roster columns"). */
export type SheetKind = 'people' | 'orgs' | 'households' | 'pairings' | 'points';

interface Columns {
  /** The sheet's own name, then its aliases. */
  names: readonly string[];
  /** Column → its headers. */
  headers: Readonly<Record<string, readonly string[]>>;
  /** Without these the sheet says nothing. */
  required: readonly string[];
}

/** Headers are compared without spaces, stars and what stands in brackets, in lower case. Data: contract.md and decision 47. */
export const SHEETS: Readonly<Record<SheetKind, Columns>> = {
  orgs: {
    names: ['组织', '组织架构', '党组织'],
    headers: {
      name: ['名称', '组织名称', '组织'],
      kind: ['类型', '组织类型', '类别'],
      parent: ['上级', '上级组织', '上级党组织'],
      feishu: ['飞书群chat_id', '飞书群', 'chat_id', '飞书群id'],
      dingtalk: ['钉钉群conversationid', '钉钉群', 'conversationid'],
      phone: ['电话', '公开电话', '值班电话'],
    },
    required: ['name'],
  },
  people: {
    names: ['人员', '成员', '人员名册', '成员名册', '花名册', '党员'],
    headers: {
      name: ['姓名', '名字'],
      roles: ['角色', '职务', '身份'],
      org: ['组织', '所属组织', '所在组织', '党支部', '支部', '所在支部', '所在党支部'],
      community: ['报到社区', '社区'],
      feishu: ['飞书open_id', 'open_id', '飞书openid', 'openid', '飞书id'],
      dingtalk: ['钉钉userid', 'userid', '钉钉id'],
      phone: ['手机号', '手机', '手机号码', '电话', '联系电话'],
      cohorts: ['人员类别', '群体', '类别'],
    },
    required: ['name', 'roles'],
  },
  households: {
    names: ['户', '住户', '家庭', '户档', '户册', '家庭户'],
    headers: {
      address: ['地址', '住址', '家庭住址', '详细地址'],
      head: ['户主', '户主姓名', '姓名'],
      grid: ['网格', '所属网格'],
      needs: ['类别', '户类别', '人员类别', '群体'],
      size: ['成员数', '人数', '人口', '家庭人口', '家庭人数'],
      scope: ['社区', '所属社区', '组织'],
    },
    required: ['address'],
  },
  pairings: {
    names: ['结对', '结对关系', '联系户', '结对户'],
    headers: {
      person: ['人员', '成员', '联系人', '党员', '姓名', '结对人'],
      address: ['地址', '住址', '家庭住址'],
      head: ['户主', '户主姓名'],
    },
    required: ['person', 'address'],
  },
  points: {
    names: ['联系点', '联系点名册'],
    headers: {
      person: ['人员', '成员', '联系人', '姓名'],
      name: ['名称', '联系点', '联系点名称'],
      kind: ['类型', '联系点类型'],
    },
    required: ['person', 'name'],
  },
};

/** Orgs first, then people: what a later sheet refers to is known by then. */
export const SHEET_ORDER: readonly SheetKind[] = ['orgs', 'people', 'households', 'pairings', 'points'];

/** Never kept, whatever the file holds (decision 47; care 10 and 12). */
export const NEVER_KEPT =
  /身份证|证件号|证件号码|入党|转正|党龄|民族|出生|生日|年龄|学历|婚姻|宗教|信仰|健康|病史|病情|残疾证|银行卡|存折|籍贯|户籍|收入|工资|照片|微信/;

export function plainHeader(header: string): string {
  return header
    .normalize('NFKC')
    .replace(/\([^)]*\)/g, '')
    .replace(/[\s*：:]/g, '')
    .toLowerCase();
}

export function sheetKind(name: string): SheetKind | null {
  const plain = plainHeader(name);
  return SHEET_ORDER.find((kind) => SHEETS[kind].names.includes(plain)) ?? null;
}
