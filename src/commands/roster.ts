import { normaliseName } from '../domain/names.ts';
import { waitingView } from '../views/admission.ts';
import { addMemberView, memberView, rosterView } from '../views/roster.ts';
import { admissionActions } from '../work/admission-actions.ts';
import { memberActions } from '../work/member-actions.ts';
import { orgActions } from '../work/org-actions.ts';
import { mayChangeRoster, rolesToGive } from '../work/roster.ts';
import { type Ctx, command } from './define.ts';

/** Where he cares for the roster: the group's org if it is his, else the first of his roles. */
function homeOf(ctx: Ctx): number | null {
  const candidates = [ctx.chat.orgId, ...ctx.actor.roles.map((held) => held.orgId)];
  return candidates.find((id): id is number => id !== null && mayChangeRoster(ctx.q, ctx.actor, id)) ?? null;
}

const LEAVING = '转出';
/** What is done with somebody stands on his card; 名册 李梅 转出 opens it. */
const DEEDS =
  /^(?:给|把)?\s*(?:转出|停用|任职|恢复|改)\s*|[\s，,]*(?:的|要)?(?:转出|停用|任职|恢复|修改|离开)了?$/gu;

/** 名册: people, roles, contact points, leaving, and who waits to be admitted (issue 2, point 10; decisions 15, 22). */
export const roster = command({
  name: 'roster',
  needs: 'roster.change',
  help: { group: 'secretary', example: '/名册', says: '看名册，加人、任职、转出' },
  run(ctx, line) {
    const home = homeOf(ctx);
    const said = line.rest.trim();
    if (home === null) {
      ctx.reply({ text: '名册由书记和管理员来管。' });
    } else if (said === '' && line.word === LEAVING) {
      ctx.reply({ text: '请写上是谁，例如：转出 李梅。打开他的名册卡片，再点“转出”。' });
    } else if (said === '') {
      ctx.reply(rosterView.ref({ org: home, page: 1 }));
    } else if (/^(加人|新增|添加)/.test(said)) {
      if (rolesToGive(ctx.q, ctx.actor, home, 0).length > 0) ctx.reply(addMemberView.ref({ org: home }));
    } else if (/^(待确认|等着确认)/.test(said)) {
      ctx.reply(waitingView.ref({ none: true }));
    } else {
      find(ctx, said);
    }
  },
  actions: { ...memberActions, ...admissionActions, ...orgActions },
});

/** `/名册 李梅`, `/名册 李梅 转出`, `/名册 第一支部`. */
function find(ctx: Ctx, said: string): void {
  const { q } = ctx;
  const named = (name: string) =>
    q.members.named(normaliseName(name)).filter((member) => mayChangeRoster(q, ctx.actor, member.orgId));
  const whole = named(said);
  const people = whole.length > 0 ? whole : named(said.replace(DEEDS, ''));
  const orgs = q.orgs.named(said).filter((org) => mayChangeRoster(q, ctx.actor, org.id));
  const [person] = people;
  const [org] = orgs;
  if (person) for (const each of people.slice(0, 3)) ctx.reply(memberView.ref({ member: each.id }));
  else if (org) ctx.reply(rosterView.ref({ org: org.id, page: 1 }));
  else ctx.reply({ text: `名册里没有“${said.slice(0, 20)}”。加人请发“/名册 加人”。` });
}
