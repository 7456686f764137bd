import { wishCheckup } from '../work/checkup.ts';
import { command } from './define.ts';

/** 体检: what `lianxin doctor` looks at, for an administrator; asking the platforms takes a while, so the answer follows. */
export const checkup = command({
  name: 'checkup',
  needs: 'office.care',
  help: { group: 'admin', example: '/体检', says: '看看连接、额度、备份好不好' },
  run(ctx) {
    const fresh = wishCheckup(ctx.q, ctx.actor.memberId, ctx.now);
    ctx.reply({ text: fresh ? '在查了，一会儿告诉您。' : '还在查，好了就告诉您。' });
  },
});
