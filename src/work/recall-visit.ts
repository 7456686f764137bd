import type { Queries } from '../../db/queries/index.ts';
import type { Visit } from '../../db/queries/visits.ts';
import type { EdgeEffects } from '../commands/define.ts';
import { DAY } from '../lib/day.ts';
import type { MessageIn, RecallIn } from '../platforms/platform.ts';
import { recallIssue } from './recall-issue.ts';
import { withdrawVisits } from './withdraw-visits.ts';

/** Issue 4, point 8: within this time of recording, taking back the message takes back the visit. */
const WITHIN = DAY;

/**
 * A message was taken back on the platform. Its author's own recall of a line of visits withdraws them as /撤销 does;
 * the group's receipt goes too. A fresh matter goes the same way (recall-issue.ts). Somebody else's (the group's owner) changes no record: the author is told. False: it
 * meant nothing to us.
 */
export function receiveRecall(fx: EdgeEffects, recall: RecallIn): boolean {
  const { q } = fx;
  const key = `msg:${recall.messageId}`;
  const photos = q.photos.dropMessage(recall.connection, recall.messageId);
  if (photos !== null) {
    fx.changed(`visits:${photos}`);
    return true;
  }
  if (!q.inbox.seen(key)) {
    // Out of order: whatever the message says when it comes, it was taken back (decision 4).
    q.inbox.add({ key, connection: recall.connection, now: fx.now, status: 'ignored' });
    return false;
  }
  const typed = typedBefore(q, recall);
  if (!typed?.by) return false;
  // Pushed again under another event id, it must not withdraw what was restored meanwhile.
  if (!q.told.first(`${recall.connection}:${recall.messageId}`, 'recalled', fx.now)) return false;
  if (dropKept(fx, recall, typed.by)) return true;
  const author = q.members.byIdentity(recall.connection, typed.by)?.member.id;
  const visits = q.visits.ofMessage(recall.messageId).filter((visit) => visit.typistId === author);
  const tell = (text: string) =>
    fx.sendTo({ connection: recall.connection, type: 'user', id: typed.by }, { content: { text } });
  const [first] = visits;
  if (!first) return recall.by === 'author' && recallIssue(fx, recall, typed, tell);
  if (visits.every((visit) => visit.withdrawnAt !== null)) return false;
  if (recall.by === 'other') {
    tell(
      '您那条走访消息被别人撤回了，记录还在，不用重发。不要这条记录的话，请在“走访已记”的卡片上点“撤销这条记录”。',
    );
    return true;
  }
  if (recall.at - first.recordedAt > WITHIN) {
    tell(
      '这条走访记下超过24小时了，撤回消息不影响记录。不要这条记录的话，请在“走访已记”的卡片上点“撤销这条记录”。',
    );
    return true;
  }
  const actor = fx.actorOf(first.typistId);
  const withdrawn = actor ? withdrawVisits(fx, actor, first.batch, 'recall') : [];
  if (withdrawn.length === 0) return false;
  takeBackReceipt(fx, recall, first);
  const issue = withdrawn
    .map((visit) => q.issues.ofVisit(visit.id))
    .find((born) => born !== undefined && q.issues.get(born.id)?.closedAt === null);
  if (issue)
    tell(
      `走访撤回了；由它转的第${issue.number}号还在办。群众说不用办了，请发：撤诉 ${issue.number} 群众说不用了`,
    );
  return true;
}

/** What was typed and by whose id: kept with the event, or, of a visit, with its record. */
export function typedBefore(
  q: Queries,
  { connection, messageId }: Pick<RecallIn, 'connection' | 'messageId'>,
): { text: string; by: string } | null {
  const key = `msg:${messageId}`;
  const typed = q.inbox.textOf(key, connection);
  if (typed) return typed;
  const [visit] = q.inbox.cameOver(key, connection) ? q.visits.ofMessage(messageId) : [];
  const typist = visit && q.members.identities(visit.typistId).find((each) => each.connection === connection);
  return typist ? { text: '', by: typist.externalId } : null;
}

/** Our line in the group is recalled; one that is under way is followed by a word. */
function takeBackReceipt(fx: EdgeEffects, recall: RecallIn, visit: Visit): void {
  const { q } = fx;
  const chat = visit.chatId === null ? undefined : q.chats.get(visit.chatId);
  if (!chat || chat.goneAt !== null || chat.purpose !== 'work') return;
  const lines = q.photos
    .groupLinesOf(`msg:${recall.messageId}`)
    .filter((line) => line.kind === 'send' && line.targetId === chat.externalId);
  let left = false;
  for (const line of lines) {
    if (line.state === 'sent' && line.sentMessageId)
      fx.recall({ connection: line.connection, type: 'chat', id: line.targetId }, line.sentMessageId);
    else if (line.state === 'pending' && line.attempts === 0)
      q.outbox.end(line.id, 'dropped', 'recalled', fx.now);
    else left ||= line.state !== 'dropped' && line.state !== 'dead';
  }
  if (left) fx.toGroup(chat.id, { kind: 'visits-changed', what: '已撤回', building: visit.building });
}

/** A stranger's kept line (decision 22): it is not brought before anybody any more. */
function dropKept(fx: EdgeEffects, recall: RecallIn, by: string): boolean {
  const kept = fx.q.strangers
    .waiting(recall.connection, by)
    .filter((line) => (line.inbound as MessageIn).messageId === recall.messageId);
  for (const line of kept) fx.q.strangers.drop(line.id);
  return kept.length > 0;
}
