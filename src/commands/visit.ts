import { z } from 'zod';
import { visitPickView } from '../views/visit-edit.ts';
import { visitReceiptView } from '../views/visit-receipt.ts';
import { moveVisit, visitToChange } from '../work/change-visit.ts';
import { showPhotos } from '../work/photos.ts';
import { receiveVisit } from '../work/receive-visit.ts';
import { action, command } from './define.ts';

const example = '/走访 3号楼 张某 低保咨询';

/** 走访 (S1-37, S4-32): where or whom, and what; all else is optional. */
export const visit = command({
  name: 'visit',
  needs: 'visit.record',
  recordsWords: true,
  help: { group: 'everyday', example, says: '去了谁家、什么事，一句话记上' },
  run: (ctx, line) => receiveVisit(ctx, line, { kind: 'visit', example }),
  actions: {
    pick: action(z.object({ visit: z.number(), v: z.number() }), (ctx, { visit: id, v }) => {
      if (visitToChange(ctx, id, v)) ctx.show(visitPickView.ref({ visit: id }));
    }),
    photos: action(z.object({ batch: z.string() }), (ctx, { batch }) => showPhotos(ctx, batch)),
    moved: action(
      z.object({
        visit: z.number(),
        v: z.number(),
        household: z.string().regex(/^(new|\d+)$/, '请选一户。'),
      }),
      (ctx, { visit: id, v, household }) => {
        const found = visitToChange(ctx, id, v);
        if (!found) return;
        moveVisit(ctx, found, household === 'new' ? null : Number(household));
        ctx.show(visitReceiptView.ref({ batch: found.batch, unsure: false, word: '' }));
        ctx.toast('已改到这户。', 'good');
      },
    ),
  },
});
