import { z } from 'zod';
import { diaryView } from '../views/diary.ts';
import { action, command } from './define.ts';

/** 日记 (S4-32, S2-51): one's own visits in time order, in private wherever it was typed (decision 12). */
export const diary = command({
  name: 'diary',
  needs: 'visit.record',
  help: { group: 'everyday', example: '/日记', says: '翻自己记过的走访' },
  run: (ctx) => ctx.reply(diaryView.ref({ page: 0 })),
  actions: {
    page: action(z.object({ page: z.number().int().min(0).max(10_000) }), (ctx, { page }) =>
      ctx.show(diaryView.ref({ page })),
    ),
  },
});
