import { sql } from 'drizzle-orm';
import { outbox } from '../../db/schema/index.ts';
import { DAY } from '../../src/lib/day.ts';
import { visitReceiptView } from '../../src/views/visit-receipt.ts';
import type { Generated, Person, Writing } from './generate.ts';

/** What retention leaves of a year's traffic: thirty days of keys and of what was sent, cards of the last fourteen. */
const KEPT = 30;
const CARDS = 14;

const receiptOf = (member: Person) => ({ batch: `bench-${member.id}-0`, unsure: false, word: '' });

/** Inbox keys, sent messages and standing cards as a year of use leaves them. */
export function writeDelivery(writing: Writing, { branches }: Generated): void {
  const { q, size, random, now, connection } = writing;
  const aYear = branches.length * size.membersPerBranch * size.visitsPerMember;
  const kept = Math.floor((aYear * KEPT) / 365);
  const sent = writing.db
    .insert(outbox)
    .values({
      cause: sql.placeholder('cause'),
      ordinal: 0,
      connection,
      kind: 'send',
      targetType: 'user',
      targetId: sql.placeholder('targetId'),
      lane: 'answer',
      payload: sql.placeholder('payload'),
      exempt: true,
      notBefore: sql.placeholder('at'),
      createdAt: sql.placeholder('at'),
      state: 'sent',
      attempts: 1,
      uuid: sql.placeholder('cause'),
      sentMessageId: sql.placeholder('messageId'),
      sentAt: sql.placeholder('at'),
    })
    .prepare();
  writing.each(
    Array.from({ length: kept }, (_, nth) => nth),
    (nth) => {
      const branch = branches[random.below(branches.length)];
      const member = branch?.members[random.below(branch.members.length)];
      if (!member) return;
      const at = now - random.below(KEPT) * DAY - random.below(9) * 3_600_000;
      const body = now - at < 7 * DAY ? { text: '/走访 家里都好', nth } : undefined;
      q.inbox.add({ key: `msg:om_kept_${nth}`, connection, now: at, status: 'done', body });
      const payload = JSON.stringify({
        view: visitReceiptView.name,
        params: receiptOf(member),
        viewer: member.id,
      });
      sent.run({
        cause: `msg:om_kept_${nth}`,
        targetId: member.externalId,
        payload,
        at,
        messageId: `om_card_${nth}`,
      });
      if (now - at < CARDS * DAY) {
        q.cards.place({
          connection,
          targetType: 'user',
          targetId: member.externalId,
          messageId: `om_card_${nth}`,
          viewerId: member.id,
          view: visitReceiptView.name,
          params: receiptOf(member),
          subjects: visitReceiptView.follows?.(receiptOf(member)) ?? [],
          now: at,
        });
      }
    },
  );
}
