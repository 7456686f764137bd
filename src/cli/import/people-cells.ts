import { ROLES, type Role } from '../../domain/actor.ts';
import type { RosterConnections } from '../../offices/connections.ts';
import type { PlatformPerson } from '../../work/link-person.ts';
import { readPlatformIds } from './platform-ids.ts';
import type { Report } from './report.ts';
import { listOf, type Row } from './table.ts';

const ROLE_ALIASES: Readonly<Record<string, Role>> = {
  承办联络员: '承办联系人',
  承办人: '承办联系人',
  支部书记: '书记',
  党支部书记: '书记',
  支部副书记: '副书记',
  委员: '支部委员',
  支委: '支部委员',
  群众诉求服务中心: '诉求中心',
  志愿者: '居民志愿者',
  系统管理员: '管理员',
};
/** `ou_…`, or `cli_…:ou_…` of a further connection. */
const FEISHU_ID = /^(?:[\w-]+:)?ou_[\w-]+$/;
const PHONE = /^1\d{10}$|^0\d{9,11}$|^\d{7,8}$/;

/** 13800000013 of `+86 138-0000-0013`. */
export function phoneOf(cell: string): string {
  const digits = cell.replace(/[\s()（）-]/g, '');
  return /^(\+?86)1\d{10}$/.test(digits) ? digits.slice(-11) : digits;
}

export function isPhone(phone: string): boolean {
  return PHONE.test(phone);
}

/** 党员、网格员 by the names of decision 15; null when the cell is bad, which the report then says. */
export function readRoles(row: Row, report: Report): Role[] | null {
  const said = listOf(row.cell('roles'));
  const roles = said.map((word) => ROLE_ALIASES[word] ?? ROLES.find((role) => role === word));
  const wrong = said.filter((_, index) => roles[index] === undefined);
  const usable = `可用：${ROLES.join('、')}；几个角色用“、”隔开`;
  if (said.length === 0) report.bad(row, `角色没有写，${usable}`);
  else if (wrong.length > 0) report.bad(row, `没有“${wrong.join('、')}”这个角色，${usable}`);
  else return roles.filter((role) => role !== undefined);
  return null;
}

/** The platform ids of a row, on the connections that are configured; null when one is bad. */
export function readIds(row: Row, connections: RosterConnections, report: Report): PlatformPerson[] | null {
  const feishu = readPlatformIds(row.cell('feishu'), 'feishu', connections);
  const dingtalk = readPlatformIds(row.cell('dingtalk'), 'dingtalk', connections);
  // Looked at where it is written, whether it can be kept or not.
  if (
    row
      .cell('feishu')
      .split(/[、,;\s]+/)
      .some((id) => id !== '' && !FEISHU_ID.test(id))
  ) {
    report.bad(row, '飞书open_id 应以 ou_ 开头，请到飞书后台复制，不知道就空着');
    return null;
  }
  for (const note of [...feishu.notes, ...dingtalk.notes]) report.note(note);
  return [...feishu.ids, ...dingtalk.ids];
}
