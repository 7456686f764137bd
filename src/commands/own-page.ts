import { z } from 'zod';
import { ownPageWords } from '../../cards/own-page.ts';
import type { Member } from '../../db/queries/members.ts';
import { normaliseName } from '../domain/names.ts';
import { dayOf, sayDay } from '../lib/day.ts';
import { ownPageView } from '../views/own-page.ts';
import { beginPage, endPage, type OwnPage, pageOf, whyNoPage } from '../work/own-page.ts';
import { mayChangeRoster, memberToChange } from '../work/roster.ts';
import { action, type Ctx, command } from './define.ts';

const member = z.object({ member: z.number().int() });

/** /专页: a page for somebody whom no bot reaches (issue 4, point 6, third way); his secretary hands him the link. */
export const ownPage = command({
  name: 'page',
  needs: 'roster.change',
  help: { group: 'secretary', example: '/专页 王军', says: '给没有账号的人一个网页，他在上面记走访、办事' },
  run(ctx, line) {
    const said = normaliseName(line.rest);
    const people = ctx.q.members
      .named(said)
      .filter((each) => each.status === '在册' && mayChangeRoster(ctx.q, ctx.actor, each.orgId));
    const [person] = people;
    if (said === '') ctx.reply({ text: '请写上给谁，比如：/专页 王军' });
    else if (!person) ctx.reply({ text: `您的名册里没有“${said.slice(0, 20)}”。加人请发“/名册 加人”。` });
    else if (people.length > 1)
      for (const each of people.slice(0, 3)) ctx.reply(ownPageView.ref({ member: each.id }));
    else offer(ctx, person);
  },
  actions: {
    begin: action(member, (ctx, { member: id }) => {
      const person = memberToChange(ctx, id);
      if (!person) return;
      const why = whyNoPage(ctx, person);
      if (why) return ctx.toast(why, 'bad');
      if (!hand(ctx, person, () => beginPage(ctx, id))) return;
      ctx.show(ownPageView.ref({ member: id }));
      ctx.toast('新链接发到您的私聊了，以前的都作废了。', 'good');
    }),
    end: action(member, (ctx, { member: id }) => {
      if (!memberToChange(ctx, id)) return;
      const ended = endPage(ctx, id);
      ctx.show(ownPageView.ref({ member: id }));
      ctx.toast(ended ? '作废了，链接打不开了。' : '他没有专页。', ended ? 'good' : 'info');
    }),
  },
});

/** The card, and the link behind it: asked again it is the same one, so that nobody loses his by a look. */
function offer(ctx: Ctx, person: Member): void {
  const why = whyNoPage(ctx, person);
  const make = (): OwnPage => pageOf(ctx.q, person.id, ctx.now) ?? beginPage(ctx, person.id);
  if (why) ctx.reply({ text: why });
  else if (hand(ctx, person, make)) ctx.reply(ownPageView.ref({ member: person.id }));
}

/** In a message of its own, to be passed on as it is. False: the office has no address, and nothing was made. */
function hand(ctx: Ctx, person: Member, make: () => OwnPage): boolean {
  const { pageLink } = ctx;
  if (!pageLink) {
    const text = '还没有公网地址，发不了链接。请管理员在设置里写上 PUBLIC_URL，再重启。';
    ctx.reply({ text });
    return false;
  }
  const page = make();
  const until = sayDay(dayOf(page.until), ctx.today);
  const link = pageLink(person.id, page);
  ctx.reply({ text: ownPageWords({ name: person.name, until, link }) });
  return true;
}
