import type { LiveCard } from '../../db/queries/cards.ts';
import type { Issue } from '../../db/queries/issue-rows.ts';
import type { Effects } from '../commands/define.ts';
import { DECIDING, WORKING } from '../domain/issue-types.ts';
import { DAY } from '../lib/day.ts';
import { issueCardView } from '../views/issue-card.ts';
import { issueGroupView } from '../views/issue-group.ts';
import { contactsOf, decidersOf } from './issue-people.ts';

/** A platform stops updating a card after 14 days; day 12 leaves a weekend between (decision 39). */
export const RENEW_AFTER = 12 * DAY;

/** Whom the matter waits for now: a card of his is posted anew, all others have had their day. */
function waitsFor(fx: Effects, issue: Issue): number[] {
  if (DECIDING.includes(issue.state)) return decidersOf(fx, issue);
  if (issue.state === 'awaitingSignOff') return issue.askerId === null ? [] : [issue.askerId];
  if (issue.state === 'settledOnSpot') return [issue.ownerId];
  if (issue.state === 'closed') return [];
  if (issue.handlerId !== null) return [issue.handlerId];
  if (issue.handlerOrgId !== null && WORKING.includes(issue.state))
    return contactsOf(fx, issue.handlerOrgId, issue);
  return decidersOf(fx, issue);
}

function stillWaits(fx: Effects, card: LiveCard): boolean {
  const id = card.params.issue;
  const issue = typeof id === 'number' ? fx.q.issues.get(id) : undefined;
  if (!issue || issue.state === 'closed') return false;
  if (card.view === issueGroupView.name) return DECIDING.includes(issue.state);
  return (
    card.view === issueCardView.name && card.viewerId !== null && waitsFor(fx, issue).includes(card.viewerId)
  );
}

/** Day 12 of a card: once more where somebody is still waited for, else its life is over. How many were renewed. */
export function renewCards(fx: Effects, limit: number): number {
  let renewed = 0;
  const again = new Set<string>();
  for (const card of fx.q.cards.ageing(fx.now - RENEW_AFTER, limit)) {
    const key = `${card.targetType} ${card.targetId} ${card.view} ${JSON.stringify(card.params)}`;
    if (!again.has(key) && stillWaits(fx, card)) {
      again.add(key);
      post(fx, card);
      renewed++;
    }
    fx.q.cards.retire(card.id, fx.now);
  }
  return renewed;
}

function post(fx: Effects, card: LiveCard): void {
  const ref = { view: card.view, params: card.params };
  if (card.viewerId !== null) {
    fx.privately(card.viewerId, ref, { lane: 'digest' });
    return;
  }
  const chat = fx.q.chats.find(card.connection, card.targetId);
  if (chat) fx.toGroup(chat.id, ref, { lane: 'digest' });
}
