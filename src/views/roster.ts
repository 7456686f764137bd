import type { Option } from '../../cards/card.ts';
import { memberCard, rosterCard } from '../../cards/roster.ts';
import {
  addMemberForm,
  editMemberForm,
  leaveForm,
  orgForm,
  pointsForm,
  rolesForm,
} from '../../cards/roster-forms.ts';
import type { Member } from '../../db/queries/members.ts';
import { may } from '../domain/rights.ts';
import { dayOf, sayDay } from '../lib/day.ts';
import { admitOrgs } from '../work/admitters.ts';
import { pageOf } from '../work/own-page.ts';
import { mayChangeRoster, openPairings, rolesToGive } from '../work/roster.ts';
import { rosterLabel, waitingFor } from './admission.ts';
import { privateView, type ViewContext } from './define.ts';

const PAGE = 20;
const LISTED = 40;
const KINDS = ['党支部', '社区', '网格', '承办单位', '党总支', '党委', '街道', '其他'] as const;

function orgOptions(v: ViewContext, first: number): Option[] {
  const orgs = v.viewer ? admitOrgs(v.q, v.viewer, LISTED) : [];
  const own = v.q.orgs.get(first);
  const sorted = [
    ...(own ? [{ id: own.id, label: v.q.orgs.label(own.id) }] : []),
    ...orgs.filter((org) => org.id !== first),
  ];
  return sorted.map((org) => ({ label: org.label, value: String(org.id) }));
}

function toChange(v: ViewContext, id: number): Member | null {
  const member = v.q.members.get(id);
  return member && v.viewer && mayChangeRoster(v.q, v.viewer, member.orgId) ? member : null;
}

/** `用专页，12月22日前有效`, for whom no bot reaches. */
function pageUntil(v: ViewContext, memberId: number): string | null {
  const page = pageOf(v.q, memberId, v.now);
  return page && `用专页，${sayDay(dayOf(page.until), dayOf(v.now))}前有效`;
}

/** A page of the roster of an org and all below it. */
export const rosterView = privateView<{ org: number; page: number }>({
  name: 'roster.list',
  render(v, { org: orgId, page }) {
    const { q, viewer } = v;
    const org = q.orgs.get(orgId);
    if (!org || !viewer || !mayChangeRoster(q, viewer, orgId)) return null;
    const total = q.roster.count(org.path);
    return rosterCard({
      org: orgId,
      name: q.orgs.label(orgId),
      total,
      page,
      pages: Math.max(1, Math.ceil(total / PAGE)),
      rows: q.roster.page(org.path, { limit: PAGE, offset: (page - 1) * PAGE }).map((member) => ({
        id: member.id,
        label: rosterLabel(q, member),
        note:
          member.status !== '在册'
            ? member.status
            : q.members.accounts(member.id).length === 0
              ? (pageUntil(v, member.id) ?? '账号还没对上')
              : '',
      })),
      waiting: waitingFor(v).length,
      mayAddOrg:
        viewer.roles.some((held) => held.role === '管理员') &&
        may(viewer, 'roster.change', { path: org.path }),
    });
  },
});

/** One row of the roster. */
export const memberView = privateView<{ member: number }>({
  name: 'roster.member',
  follows: ({ member }) => [`member:${member}`],
  render(v, { member: id }) {
    const { q } = v;
    const member = toChange(v, id);
    if (!member) return null;
    const today = dayOf(v.now);
    const roles = q.roster
      .held(id)
      .map(
        (held) =>
          `${held.role}（${q.orgs.label(held.orgId)}${held.fromDay > today ? `，${sayDay(held.fromDay, today)}起` : ''}）`,
      );
    const phone = q.members.phone(id);
    const points = q.households
      .contactPointsOf(id)
      .filter((point) => point.toDay === null || point.toDay >= today);
    const rows: [string, string][] = [
      ['组织', q.orgs.label(member.orgId)],
      ['报到社区', member.communityId === null ? '' : q.orgs.label(member.communityId)],
      ['角色', roles.join('、') || '还没有'],
      ['人员类别', q.members.cohorts(id, today).join('、')],
      ['联系点', points.map((point) => point.name).join('、')],
      ['结对', `${openPairings(q, id, today).length}户`],
      ['手机号', phone ? `尾号${phone.slice(-4)}` : ''],
      [
        '账号',
        q.members.accounts(id).length > 0 ? '已对上' : (pageUntil(v, id) ?? '还没对上，等他说话或进群'),
      ],
    ];
    return memberCard({
      member: id,
      name: member.name,
      status: member.status === '在册' ? '在册' : `${member.status} · ${sayDay(member.statusFrom, today)}`,
      rows: rows.filter(([, value]) => value !== '').map(([label, value]) => ({ label, value })),
      mayChange: true,
      away: member.status !== '在册',
    });
  },
});

export const addMemberView = privateView<{ org: number }>({
  name: 'roster.add',
  render(v, { org }) {
    if (!v.viewer) return null;
    const roles = rolesToGive(v.q, v.viewer, org, 0);
    return addMemberForm({
      org,
      roles: roles.map((role) => ({ label: role, value: role })),
      orgs: orgOptions(v, org),
    });
  },
});

export const rolesView = privateView<{ member: number }>({
  name: 'roster.roles',
  render(v, { member: id }) {
    const member = toChange(v, id);
    if (!member || !v.viewer) return null;
    const viewer = v.viewer;
    const give = rolesToGive(v.q, viewer, member.orgId, id).map((role) => ({
      label: `任：${role}`,
      value: `give:${role}`,
    }));
    const end = v.q.roster
      .held(id)
      .filter((held) => rolesToGive(v.q, viewer, held.orgId, id).some((role) => role === held.role))
      .map((held) => ({
        label: `免：${held.role}（${v.q.orgs.label(held.orgId)}）`,
        value: `end:${held.role}:${held.orgId}`,
      }));
    return rolesForm({
      member: id,
      name: member.name,
      options: [...end, ...give],
      orgs: orgOptions(v, member.orgId),
      today: dayOf(v.now),
    });
  },
});

export const editMemberView = privateView<{ member: number }>({
  name: 'roster.edit',
  render(v, { member: id }) {
    const member = toChange(v, id);
    if (!member) return null;
    return editMemberForm({
      member: id,
      name: member.name,
      phone: v.q.members.phone(id)?.slice(-4) ?? null,
      orgs: orgOptions(v, member.orgId),
      org: String(member.orgId),
    });
  },
});

export const leaveView = privateView<{ member: number; status: string }>({
  name: 'roster.leave',
  render(v, { member: id, status }) {
    const member = toChange(v, id);
    if (!member) return null;
    const heirs = v.q.members.ofOrg(member.orgId).filter((each) => each.id !== id);
    return leaveForm({
      member: id,
      name: member.name,
      status,
      pairings: openPairings(v.q, id, dayOf(v.now)).length,
      heirs: heirs.slice(0, LISTED).map((each) => ({ label: `交给${each.name}`, value: String(each.id) })),
    });
  },
});

export const pointsView = privateView<{ member: number }>({
  name: 'roster.points',
  follows: ({ member }) => [`member:${member}`],
  render(v, { member: id }) {
    const member = toChange(v, id);
    if (!member) return null;
    const today = dayOf(v.now);
    const points = v.q.households
      .contactPointsOf(id)
      .filter((point) => point.toDay === null || point.toDay >= today);
    return pointsForm({
      member: id,
      name: member.name,
      points: points.map((point) => ({ id: point.id, label: point.name })),
    });
  },
});

export const orgView = privateView<{ org: number }>({
  name: 'roster.org',
  render(v, { org: id }) {
    const org = v.q.orgs.get(id);
    if (!org || !v.viewer?.roles.some((held) => held.role === '管理员')) return null;
    return orgForm({
      org: id,
      name: v.q.orgs.label(id),
      kinds: KINDS.map((kind) => ({ label: kind, value: kind })),
    });
  },
});
