import { ownPageCard } from '../../cards/own-page.ts';
import { dayOf, sayDay } from '../lib/day.ts';
import { pageOf } from '../work/own-page.ts';
import { mayChangeRoster } from '../work/roster.ts';
import { privateView } from './define.ts';

/** The page of one of my people: until when, and the buttons to end it. The link itself stands on no card. */
export const ownPageView = privateView<{ member: number }>({
  name: 'page.card',
  follows: ({ member }) => [`member:${member}`],
  render(v, { member: id }) {
    const member = v.q.members.get(id);
    if (!member || !v.viewer || !mayChangeRoster(v.q, v.viewer, member.orgId)) return null;
    const page = pageOf(v.q, id, v.now);
    return ownPageCard({
      member: id,
      name: member.name,
      until: page && sayDay(dayOf(page.until), dayOf(v.now)),
    });
  },
});
