import { z } from 'zod';
import { numberLine } from '../domain/issue-line.ts';
import { sayPastDay } from '../lib/day.ts';
import { visitReceiptView } from '../views/visit-receipt.ts';
import { dutiesChanged } from '../work/duties-changed.ts';
import { namedVisit } from '../work/named-visit.ts';
import { withdrawVisits } from '../work/withdraw-visits.ts';
import { action, type Ctx, command } from './define.ts';

/** With a word to the group where it was typed; how many. */
function withdrawBatch(ctx: Ctx, batch: string, only?: number): number {
  const withdrawn = withdrawVisits(ctx, ctx.actor, batch, 'hand', only);
  const [first] = withdrawn;
  if (first && first.chatId !== null && ctx.q.chats.get(first.chatId)?.purpose === 'work')
    ctx.toGroup(first.chatId, { kind: 'visits-changed', what: '已撤销', building: first.building });
  return withdrawn.length;
}

/** What else people want to take back, and how that is typed: no visit is to go for it. */
const OTHERS: readonly { meant: RegExp; says: string }[] = [
  { meant: /^\s*[请休]假/u, says: '要取消请假，请发：取消请假' },
  { meant: /^\s*(?:群众)?诉求/u, says: '群众说不用办了，请发：撤诉 几号 为什么' },
  { meant: /^\s*(?:决定|研判|派单|改派)/u, says: '要收回刚做的决定，请发：收回' },
];

/** 撤销 (S2-19): takes back the last record, or the recent one that the line names; it can be restored, and stays in the audit. */
export const withdraw = command({
  name: 'withdraw',
  needs: 'visit.record',
  help: { group: 'everyday', example: '/撤销', says: '刚才那条不算；写上名字就撤那一户' },
  run(ctx, line) {
    const numbered = numberLine(line.rest);
    if (numbered !== null) {
      ctx.reply({
        text: `“撤销”只撤走访。群众说第${numbered.number}号不用办了，请发：撤诉 ${numbered.number} 群众说不用了`,
      });
      return;
    }
    const other = OTHERS.find(({ meant }) => meant.test(line.rest));
    if (other) {
      ctx.reply({ text: `“撤销”只撤走访。${other.says}` });
      return;
    }
    const latest = ctx.q.visits.latestBy(ctx.actor.memberId);
    if (!latest) {
      ctx.reply({ text: '没有可撤销的记录。' });
      return;
    }
    const named = namedVisit(ctx, line.rest);
    if (named !== 'newest') {
      if (named) withdrawBatch(ctx, named.batch, named.id);
      ctx.reply(
        named
          ? visitReceiptView.ref({ batch: named.batch, unsure: false, word: '' })
          : {
              text: `您最近记的里没有“${line.rest.trim().slice(0, 20)}”这一户，什么也没撤。请写一户的楼栋或姓名，例如：撤销 3号楼 张某`,
            },
      );
      return;
    }
    const count = withdrawBatch(ctx, latest.batch);
    if (count > 1)
      ctx.reply({
        text: `${sayPastDay(latest.happenedDay, ctx.today)}那批${count}户都撤销了，不对可以恢复。`,
      });
    ctx.reply(visitReceiptView.ref({ batch: latest.batch, unsure: false, word: '' }));
  },
  actions: {
    undo: action(z.object({ batch: z.string() }), (ctx, { batch }) => {
      const count = withdrawBatch(ctx, batch);
      ctx.toast(count > 0 ? '已撤销。' : '这条由记的人来撤。', count > 0 ? 'good' : 'bad');
    }),
    restore: action(z.object({ batch: z.string() }), (ctx, { batch }) => {
      const { q } = ctx;
      const mine = q.visits
        .ofBatch(batch)
        .filter((visit) => visit.withdrawnAt !== null && visit.withdrawnBy === ctx.actor.memberId);
      for (const visit of mine) q.visits.restore(visit.id);
      if (mine.length > 0)
        ctx.audit('visit.restore', `visits:${batch}`, { visits: mine.map((visit) => visit.id) });
      ctx.changed(`visits:${batch}`);
      dutiesChanged(
        ctx,
        mine.flatMap((visit) => q.visits.visitors(visit.id)),
      );
      ctx.toast(mine.length > 0 ? '已恢复。' : '这条由撤销的人来恢复。', mine.length > 0 ? 'good' : 'bad');
    }),
  },
});
