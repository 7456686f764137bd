import { z } from 'zod';
import type { Member } from '../../db/queries/members.ts';
import { normaliseName } from '../domain/names.ts';
import { dayOf } from '../lib/day.ts';
import { pairingChooseView, pairingDoneView, pairingListView } from '../views/pairing.ts';
import { createHousehold, findHouseholds, readHousehold } from '../work/find-household.ts';
import { placeScope } from '../work/place.ts';
import { beginPairing, endPairing } from '../work/roster.ts';
import { action, type Ctx, command } from './define.ts';

function mayPair(ctx: Ctx, member: Member): boolean {
  return ctx.may('pairing.change', { path: ctx.q.orgs.get(member.orgId)?.path ?? '\0' });
}

/** The first word that is somebody's name whom the actor may pair; the rest is the household. */
function readWho(ctx: Ctx, rest: string): { members: Member[]; words: string } {
  const words = rest
    .trim()
    .split(/[\s,，、]+/)
    .filter(Boolean);
  const heads =
    words.length > 1 ? words : [words[0] ?? '', ...[4, 3, 2].map((length) => rest.trim().slice(0, length))];
  for (const head of heads) {
    const members = ctx.q.members
      .named(normaliseName(head))
      .filter((member) => member.status === '在册' && mayPair(ctx, member));
    if (members.length > 0) return { members, words: rest.replace(head, ' ').trim() };
  }
  return { members: [], words: rest };
}

function pair(ctx: Ctx, member: Member, householdId: number): void {
  const begun = beginPairing(ctx, member.id, householdId, '书记结对');
  if (begun && member.id !== ctx.actor.memberId)
    ctx.privately(member.id, pairingListView.ref({ member: member.id }));
}

function pairWith(ctx: Ctx, member: Member, words: string): void {
  const { q } = ctx;
  const scope = placeScope(q, member.communityId ?? member.orgId);
  const said = readHousehold(words, ctx.saidAt);
  const found = findHouseholds(q, scope, said);
  if (found.length > 1) {
    ctx.reply(
      pairingChooseView.ref({
        member: member.id,
        ids: found
          .slice(0, 30)
          .map((each) => each.id)
          .join(','),
      }),
    );
    return;
  }
  if (found.length === 0 && (said.place === null || said.person === null)) {
    ctx.reply({ text: `没有找到这一户。请写上在哪儿、谁家，例如：/结对 ${member.name} 3号楼 张某` });
    return;
  }
  const household = found[0] ?? createHousehold(q, scope, said, dayOf(ctx.now), ctx.now);
  pair(ctx, member, household.id);
  ctx.reply(pairingDoneView.ref({ member: member.id, household: household.id }));
}

/** 结对 (S2-39): member and household, with history; a pairing ends, it is never overwritten. */
export const pairing = command({
  name: 'pairing',
  needs: null,
  help: { group: 'everyday', example: '/结对', says: '看我的联系户；书记结对发“/结对 李梅 3号楼 张某”' },
  run(ctx, line) {
    const rest = line.rest.trim();
    if (rest === '') {
      ctx.reply(pairingListView.ref({ member: ctx.actor.memberId }));
      return;
    }
    const { members, words } = readWho(ctx, rest);
    const [member] = members;
    if (!member) {
      const may = ctx.actor.roles.some((held) => ctx.may('pairing.change', { path: held.path }));
      ctx.reply({
        text: may
          ? '先写谁去联系，再写哪一户，例如：/结对 李梅 3号楼 张某'
          : '结对由书记来定。看自己的联系户，发“/结对”就行。',
      });
    } else if (members.length > 1) {
      ctx.reply({
        text: `名册里有${members.length}位${member.name}，请在“/名册 ${member.name}”里看清是哪一位。`,
      });
    } else if (words === '') {
      ctx.reply(pairingListView.ref({ member: member.id }));
    } else {
      pairWith(ctx, member, words);
    }
  },
  actions: {
    begin: action(
      z.object({ member: z.number(), household: z.string().regex(/^\d+$/, '请选一户。') }),
      (ctx, form) => {
        const member = ctx.q.members.get(form.member);
        const household = ctx.q.households.get(Number(form.household));
        if (
          !member ||
          !household ||
          !mayPair(ctx, member) ||
          placeScope(ctx.q, member.communityId ?? member.orgId) !== household.orgId
        )
          return ctx.toast('这户不在这里，没有改动。', 'bad');
        pair(ctx, member, household.id);
        ctx.show(pairingDoneView.ref({ member: member.id, household: household.id }));
      },
    ),
    change: action(
      z.object({
        member: z.number(),
        pairing: z.string().regex(/^\d+$/, '请选一户。'),
        to: z.string().regex(/^(end|\d+)$/, '请选怎么改。'),
      }),
      (ctx, form) => {
        const member = ctx.q.members.get(form.member);
        const open = ctx.q.households
          .pairingsOf(form.member)
          .find((each) => each.id === Number(form.pairing) && each.toDay === null);
        if (!member || !mayPair(ctx, member)) return ctx.toast('结对由书记来改。', 'bad');
        if (!open) return ctx.toast('这户的结对已经结束了。');
        const heir = form.to === 'end' ? undefined : ctx.q.members.get(Number(form.to));
        if (form.to !== 'end' && (heir?.status !== '在册' || !mayPair(ctx, heir)))
          return ctx.toast('不能交给这一位，请另选。', 'bad');
        endPairing(ctx, open, heir ? `交给${heir.name}` : '结束');
        if (heir) pair(ctx, heir, open.householdId);
        ctx.show(pairingListView.ref({ member: member.id }));
        ctx.toast(heir ? `已交给${heir.name}。` : '已结束，以前的走访都还算数。', 'good');
      },
    ),
    undo: action(z.object({ pairing: z.number() }), (ctx, { pairing: id }) => {
      const row = ctx.q.roster.pairing(id);
      const member = row && ctx.q.members.get(row.memberId);
      if (!row || !member || !mayPair(ctx, member)) return ctx.toast('结对由书记来改。', 'bad');
      if (row.toDay === null) endPairing(ctx, row, '结错了');
      ctx.show(pairingDoneView.ref({ member: row.memberId, household: row.householdId }));
      ctx.toast('已取消。', 'good');
    }),
  },
});
