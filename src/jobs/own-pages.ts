import { PAGE } from '../domain/own-page.ts';
import { DAY } from '../lib/day.ts';
import { ownPageView } from '../views/own-page.ts';
import { endPage, pageOf } from '../work/own-page.ts';
import { job } from './define.ts';

/** So long before its end whoever made a page is reminded. */
const SOON = 3 * DAY;

/** A personal page that ends: said before, and then nothing is sent there any more (issue 4, point 6). */
export const ownPages = job({
  name: 'own-pages',
  lookback: 60 * DAY,
  occurrences({ q }, from, to) {
    return q.members.on(PAGE).flatMap(({ memberId, externalId }) => {
      const page = pageOf(q, memberId, Number.NEGATIVE_INFINITY);
      const times = page ? [page.until - SOON, page.until] : [];
      return times
        .filter((at) => at > from && at <= to)
        .map((at) => ({
          period: `${externalId}:${at === page?.until ? 'end' : 'soon'}`,
          scope: `m:${memberId}`,
          at,
        }));
    });
  },
  run(fx, { period, scope }) {
    const memberId = Number(scope.slice(2));
    const page = pageOf(fx.q, memberId, Number.NEGATIVE_INFINITY);
    const name = fx.q.members.get(memberId)?.name;
    // It was made anew meanwhile.
    if (!page || !name || !period.startsWith(`${page.id}:`)) return;
    const ends = period.endsWith(':end');
    if (ends) endPage(fx, memberId);
    if (!fx.actorOf(page.by)) return;
    const text = ends
      ? `${name}的专页到期了，链接打不开了。还要用，请发：/专页 ${name}`
      : `${name}的专页还有3天到期。还要用，请点“换新链接”，把新的交给他。`;
    fx.privately(page.by, { text }, { lane: 'digest' });
    if (!ends) fx.privately(page.by, ownPageView.ref({ member: memberId }), { lane: 'digest' });
  },
});
