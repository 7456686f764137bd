import type { Queries } from '../../db/queries/index.ts';
import type { Member } from '../../db/queries/members.ts';
import type { Ctx, Effects } from '../commands/define.ts';
import type { Role } from '../domain/actor.ts';
import { memberOfPage, PAGE, pageId } from '../domain/own-page.ts';
import { DAY, HOUR } from '../lib/day.ts';
import { rolesToGive } from './roster.ts';

/** Issue 4, point 6: so long a link is good. */
const GOOD_FOR = 30 * DAY;
/** What a page shows of what was said to its person. */
const NEWS = 10;
/** Whoever made the page is told of news there this often at most. */
const TELL_EVERY = 12 * HOUR;

/** The page of a person whom no bot reaches. */
export interface OwnPage {
  /** `m5.2`: his id there. */
  id: string;
  /** Epoch ms. */
  until: number;
  /** Member who made it: who hands it over, and says that there is news. */
  by: number;
}

interface Kept {
  /** How many links there were. */
  link: number;
  until: number;
  by: number;
}

const keyOf = (memberId: number): string => `page:${memberId}`;
const newsKey = (memberId: number): string => `page-news:${memberId}`;

/** The page that opens now; null: he has none, or its time is over. */
export function pageOf(q: Queries, memberId: number, now: number): OwnPage | null {
  const kept = q.settings.get<Kept>(keyOf(memberId));
  if (!kept || kept.until <= now) return null;
  const id = pageId(memberId, kept.link);
  return q.members.byIdentity(PAGE, id)?.member.id === memberId
    ? { id, until: kept.until, by: kept.by }
    : null;
}

/** A page and a link of his own from now on; older links end. */
export function beginPage(ctx: Ctx, memberId: number): OwnPage {
  const { q, now } = ctx;
  const link = (q.settings.get<Kept>(keyOf(memberId))?.link ?? 0) + 1;
  unlink(q, memberId);
  const kept: Kept = { link, until: now + GOOD_FOR, by: ctx.actor.memberId };
  const id = pageId(memberId, link);
  q.settings.set(keyOf(memberId), kept);
  q.members.link(PAGE, id, memberId);
  ctx.audit('page.begin', `member:${memberId}`, { link, until: kept.until });
  ctx.changed(`member:${memberId}`);
  return { id, until: kept.until, by: kept.by };
}

/** 作废, or its time is over: nothing opens any more, and nothing is sent there. False: there was none. */
export function endPage(fx: Effects, memberId: number): boolean {
  if (!unlink(fx.q, memberId)) return false;
  fx.audit('page.end', `member:${memberId}`);
  fx.changed(`member:${memberId}`);
  return true;
}

function unlink(q: Queries, memberId: number): boolean {
  const old = q.members.identities(memberId).filter((each) => each.connection === PAGE);
  for (const each of old) q.roster.unlink(PAGE, each.externalId);
  return old.length > 0;
}

/**
 * Why this actor may not give this person of his roster a page; null: he may. A link is a key, and nobody makes the
 * key to powers that he could not grant.
 */
export function whyNoPage(ctx: Ctx, member: Member): string | null {
  const { q } = ctx;
  if (member.status !== '在册') return `${member.name}现在是“${member.status}”，不用专页。`;
  if (q.members.hasChat(member.id)) return `${member.name}有账号，我够得着，直接私聊我就行，不用专页。`;
  const own = q.roster
    .held(member.id)
    .every((held) => rolesToGive(q, ctx.actor, held.orgId, member.id).includes(held.role as Role));
  return own ? null : `${member.name}担任的职务不归您任免，他的专页请管理员来发。`;
}

/** Inside a transaction: a message has come to its page. Its row is kept with the others that were sent. */
export function keepNews(q: Queries, pageOfWhom: string, row: number): void {
  const memberId = memberOfPage(pageOfWhom);
  if (memberId !== null) q.settings.set(newsKey(memberId), [row, ...newsOf(q, memberId)].slice(0, NEWS));
}

/** Outbox rows of what came to his page, the newest first. */
export function newsOf(q: Queries, memberId: number): number[] {
  return q.settings.get<number[]>(newsKey(memberId)) ?? [];
}

/** A page tells nobody that there is something on it: who made it is asked to say so, twice a day at most. */
export function sayNews(fx: Effects, memberId: number): void {
  const { q, now } = fx;
  const page = pageOf(q, memberId, now);
  const name = q.members.get(memberId)?.name;
  if (!page || !name || !fx.actorOf(page.by)) return;
  if (!q.told.first(keyOf(memberId), 'news', now, now - TELL_EVERY)) return;
  fx.privately(
    page.by,
    { text: `${name}的专页上有新消息。他收不到提醒，请跟他说一声，打开看看。` },
    { lane: 'digest' },
  );
}
