import type { Visit } from '../../db/queries/visits.ts';
import type { Ctx, EdgeEffects } from '../commands/define.ts';
import type { Actor } from '../domain/actor.ts';
import { may } from '../domain/rights.ts';
import { dayOf } from '../lib/day.ts';
import type { MessageIn } from '../platforms/platform.ts';
import { visitRelations } from './change-visit.ts';

/** Of one line of visits; more would make an album of a record. */
const AT_MOST = 20;
/** Care 13: of children no photo. */
const OF_CHILDREN = /儿童|未成年|孤儿/u;

/** Said to a picture that answers nothing of ours: photos are never asked for (care 27). */
export const NO_PHOTO_NEEDED =
  '照片不用发，一句话就行。想把照片留在某次走访上，请长按那张“走访已记”，点“回复”再发。';

/**
 * Pictures sent as an answer to a visit's card, to our line in the group, or to the typed line itself are attached to
 * that visit, as a reference (issue 4, point 8). Silent: the card says `照片 1 张`. True when they belonged to a visit.
 */
export function receivePhotos(fx: EdgeEffects, actor: Actor, message: MessageIn): boolean {
  const { q } = fx;
  const count = message.images?.length ?? 0;
  const batch = message.replyTo && count > 0 ? batchAnswered(fx, message.connection, message.replyTo) : null;
  if (batch === null) return false;
  const visits = q.visits.ofBatch(batch);
  const own = visits.filter((visit) => allowed(fx, actor, visit, 'visit.change'));
  if (own.length === 0) return false;
  const refusal = whyNot(fx, batch, own);
  if (refusal) {
    fx.privately(actor.memberId, { text: refusal });
    return true;
  }
  const { connection, messageId } = message;
  const row = { batch, connection, messageId, count, memberId: actor.memberId, receivedAt: fx.now };
  if (!q.photos.add(row)) return true;
  fx.audit('visit.photo', `visits:${batch}`, { count });
  fx.changed(`visits:${batch}`);
  return true;
}

/** [看照片]: the messages come to the asker's private chat as they are; nobody else sees them. */
export function showPhotos(ctx: Ctx, batch: string): void {
  const { q } = ctx;
  const readable = q.visits
    .ofBatch(batch)
    .some((visit) => visit.withdrawnAt === null && allowed(ctx, ctx.actor, visit, 'visit.read'));
  if (!readable) {
    ctx.toast('这次走访的照片您看不到。', 'bad');
    return;
  }
  const identities = q.members.reachable(ctx.actor.memberId);
  let sent = 0;
  const photos = q.photos.ofBatch(batch);
  for (const photo of photos) {
    const there =
      photo.connection === ctx.chat.connection
        ? ctx.identity
        : identities.find((each) => each.connection === photo.connection)?.externalId;
    if (!there) continue;
    ctx.forward({ connection: photo.connection, type: 'user', id: there }, photo.messageId);
    sent += 1;
  }
  if (sent > 0) ctx.toast('照片发到您的私聊了。', 'good');
  else if (photos.length > 0) ctx.toast('照片在另一个平台上，这里打不开。', 'bad');
  else ctx.toast('照片已经不在了。', 'bad');
}

function whyNot(fx: EdgeEffects, batch: string, visits: readonly Visit[]): string | null {
  const standing = visits.filter((visit) => visit.withdrawnAt === null);
  if (standing.length === 0) return '这条走访已经撤销了，照片没有留。';
  if (fx.q.photos.count(batch) >= AT_MOST) return `一次走访最多留${AT_MOST}张照片，这张没有留。`;
  const withChildren = standing.some(
    (visit) =>
      visit.householdId !== null &&
      fx.q.households.needs(visit.householdId, dayOf(fx.now)).some((need) => OF_CHILDREN.test(need.label)),
  );
  return withChildren ? '这户有孩子，照片没有留，只记文字。' : null;
}

/** The batch that the answered message stands for: a receipt card or its form, our line in the group, the typed line. */
function batchAnswered({ q }: EdgeEffects, connection: string, messageId: string): string | null {
  const card = q.cards.at(connection, messageId);
  if (card) {
    const { batch, visit } = card.params;
    if (!card.view.startsWith('visit.')) return null;
    if (typeof batch === 'string') return batch;
    return typeof visit === 'number' ? (q.visits.get(visit)?.batch ?? null) : null;
  }
  const key = q.photos.keyInGroup(connection, messageId);
  const typed = key === undefined ? messageId : key?.startsWith('msg:') ? key.slice(4) : null;
  return typed === null ? null : (q.visits.ofMessage(typed)[0]?.batch ?? null);
}

function allowed(
  { q, now }: Pick<EdgeEffects, 'q' | 'now'>,
  actor: Actor,
  visit: Visit,
  act: 'visit.change' | 'visit.read',
): boolean {
  const relations = visitRelations({ q, actor, today: dayOf(now) }, visit);
  return may(actor, act, { path: q.orgs.get(visit.orgId)?.path ?? '/', relations });
}
