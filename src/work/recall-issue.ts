import type { Issue } from '../../db/queries/issue-rows.ts';
import type { EdgeEffects } from '../commands/define.ts';
import { withinWindow } from '../domain/deadline.ts';
import { numberLine } from '../domain/issue-line.ts';
import { recogniseCommand } from '../domain/text/recognise-command.ts';
import type { RecallIn } from '../platforms/platform.ts';
import { act } from './issue-act.ts';
import { canStep, seatAt } from './issue-load.ts';

/** Stands as the reason on the matter, where whoever decides reads it. */
const REASON = '报的人撤回了原消息';

/**
 * An author's recall of his `/诉求`. For ten minutes, and as long as nobody else had it in hand, it ends the matter as
 * 撤诉 does, with its trace; later a matter is no longer one's own line (decision 36). False: it was no such line.
 */
export function recallIssue(
  fx: EdgeEffects,
  recall: RecallIn,
  { text, by }: { text: string; by: string },
  tell: (text: string) => void,
): boolean {
  const found = recogniseCommand(text, { addressed: true, private: recall.chat.type === 'p2p' });
  if (!found || !('name' in found) || found.name !== 'issue' || found.rest.trim() === '') return false;
  // `/诉求 128` only looked at it.
  if (numberLine(found.rest)?.rest === '') return false;
  const author = fx.q.members.byIdentity(recall.connection, by)?.member.id;
  const actor = author === undefined ? null : fx.actorOf(author);
  const issue = bornOf(fx, recall);
  const seat = actor && issue && isFresh(fx, issue, actor.memberId, recall) && seatAt(fx, issue.id, actor);
  if (
    seat &&
    canStep(seat, 'withdraw') &&
    act(fx, seat, seat.actor.memberId, 'withdraw', { reason: REASON }, { result: REASON }).ok
  ) {
    tell(`第${seat.issue.number}号随消息撤回了，不再办。还要办的话，请再发一次。`);
    return true;
  }
  if (issue && issue.closedAt !== null) return false;
  tell(`诉求已经立了，撤回消息不会撤掉它。群众说不用办了，请发：撤诉 ${issue?.number ?? '号'} 群众说不用了`);
  return true;
}

/** The matter that this message became: what was answered to it names it. */
function bornOf({ q }: EdgeEffects, { messageId }: RecallIn): Issue | undefined {
  const answered = q.cards
    .answeredWith(`msg:${messageId}`)
    .find((ref) => ref.view === 'issue.receipt' || ref.view === 'issue.card');
  const id = answered?.params.issue;
  return typeof id === 'number' ? q.issues.get(id) : undefined;
}

/** It still waits for its first decision, and every step was the author's own. */
function isFresh({ q, calendar }: EdgeEffects, issue: Issue, author: number, recall: RecallIn): boolean {
  return (
    issue.state === 'reported' &&
    issue.loggerId === author &&
    withinWindow('takeBack', issue.createdAt, recall.at, calendar) &&
    q.issues.steps(issue.id).every((step) => step.actorId === author)
  );
}
