import type { Queries } from '../../db/queries/index.ts';
import { type Calendar, makeCalendar } from '../domain/calendar.ts';
import { type QuotaKind, type QuotaOutlook, type QuotaUse, quotaOutlook } from '../domain/quota.ts';
import { quotaRemedy, sayQuota } from '../domain/quota-words.ts';
import { dayOf } from '../lib/day.ts';
import type { Delivery, Finding, Inbound, Platform } from '../platforms/platform.ts';
import { makeEffects } from './effects.ts';
import type { Parts } from './parts.ts';
import { administrators } from './trouble.ts';

/** A delivery's code when the month's allowance is used up. */
export const QUOTA = 'quota';
const KINDS: readonly QuotaKind[] = ['calls', 'pushes'];
const NAMES: Readonly<Record<Platform['name'], string>> = {
  feishu: '飞书',
  dingtalk: '钉钉',
  playground: '演示场',
  page: '专页',
};
/** Events that the office tells itself: no platform has pushed them. */
const OWN = /^(members|replay|form|line):/;

export interface QuotaView {
  use: QuotaUse;
  outlook: QuotaOutlook;
}

/** How this month stands, by what is counted; none for a platform without a monthly allowance. */
export function quotasOf(q: Queries, platform: Platform, now: number, calendar: Calendar): QuotaView[] {
  const { monthly } = platform.limits;
  if (!monthly) return [];
  const today = dayOf(now);
  const sums = q.quota.sums(platform.connection, `${today.slice(0, 8)}01`, today);
  return KINDS.map((kind) => {
    const use: QuotaUse = {
      kind,
      used: sums[kind],
      allowance: monthly[kind],
      from: sums.from ?? today,
      now,
      refused: kind === 'calls' ? sums.callsRefused : sums.pushesRefused,
    };
    return { use, outlook: quotaOutlook(use, calendar) };
  });
}

/**
 * Inside a transaction: notes what one call or push took of the allowance, and tells the administrators when that
 * changes what goes out (once a month and state). `works`: it is proof that something is left.
 */
function spend(
  parts: Parts,
  connection: string,
  spent: { calls: number; pushes: number },
  now: number,
  works = false,
): void {
  const platform = parts.platforms.find((each) => each.connection === connection);
  if (!platform?.limits.monthly) return;
  const { q } = parts;
  const today = dayOf(now);
  if (spent.calls > 0 || spent.pushes > 0) q.quota.add(connection, today, spent);
  const views = quotasOf(q, platform, now, parts.calendar());
  for (const { use } of views)
    if (works && use.refused && spent[use.kind] > 0) q.quota.allow(connection, today, use.kind);
  for (const view of views) if (view.outlook.state !== 'ample') tell(parts, platform, view);
}

/** An event that a platform has pushed; a push without content says that the organisation has none left (dingtalk.md 5.9). */
export function countPush(parts: Parts, inbound: Inbound, now: number): void {
  if (inbound.kind === 'unsupported' && inbound.type === 'quota-exhausted')
    ranOut(parts, inbound.connection, 'pushes', now);
  else if (!OWN.test(inbound.dedupeKey)) spend(parts, inbound.connection, { calls: 0, pushes: 1 }, now, true);
}

/** The platform refused for want of allowance; so it stays until the day is over, or a call gets through. */
function ranOut(parts: Parts, connection: string, kind: QuotaKind, now: number): void {
  parts.q.quota.refuse(connection, dayOf(now), kind);
  spend(parts, connection, { calls: 0, pushes: 0 }, now);
}

/** What a call has shown: taken from the allowance, whatever came of it. */
export function countCall(parts: Parts, connection: string, delivery: Delivery, now: number): void {
  if (delivery.status === 'retry' && delivery.code === QUOTA) ranOut(parts, connection, 'calls', now);
  else spend(parts, connection, delivery.spent ?? { calls: 1, pushes: 0 }, now, delivery.status === 'sent');
}

/** For `lianxin doctor` and /体检. */
export function quotaFindings(
  q: Queries,
  platforms: readonly Platform[],
  now: number,
  calendar = makeCalendar(),
): Finding[] {
  return platforms.flatMap((platform) =>
    quotasOf(q, platform, now, calendar).map(({ use, outlook }) => ({
      what: `${NAMES[platform.name]}每月额度（${use.kind === 'calls' ? '调用' : '推送'}）`,
      ok: outlook.state === 'ample',
      detail: sayQuota(use, outlook),
      ...(outlook.state === 'ample' ? {} : { remedy: quotaRemedy(use.kind) }),
    })),
  );
}

/** What changes for the people, by state. */
function consequence({ use, outlook }: QuotaView): string {
  if (use.kind === 'pushes')
    return outlook.state === 'out'
      ? '现在大家发的话助手听不到，请先打电话或改用飞书；已有的期限和清单照常。'
      : '用完以后，大家发的话助手就听不到了。';
  if (outlook.state === 'frugal') return '群里的“已记”从现在起不发了，记录和私聊照常。';
  if (outlook.state === 'near') return '清单和提醒先不发，回话和急事照常。';
  return '除了急事都先不发，恢复以后接着发，一条不丢。';
}

function tell(parts: Parts, platform: Platform, view: QuotaView): void {
  const { q } = parts;
  const { use, outlook } = view;
  const { now } = use;
  const { connection } = platform;
  const mark = `${dayOf(now).slice(0, 7)}:${use.kind}:${outlook.state}`;
  const people = [...administrators(q, dayOf(now))];
  if (people.length === 0 || !q.told.first(`quota:${connection}`, mark, now)) return;
  const fx = makeEffects({
    q,
    vault: parts.vault,
    calendar: parts.calendar(),
    now,
    cause: `quota:${connection}:${mark}`,
    actorId: null,
    exempt: false,
    connection,
  });
  const content = {
    text: `${NAMES[platform.name]}额度提醒：${sayQuota(use, outlook)}。${consequence(view)}\n怎么办：${quotaRemedy(use.kind)}`,
  };
  for (const member of people) {
    // Where nothing goes out any more, the word goes by another connection if the person has one.
    const other =
      outlook.state === 'out'
        ? q.members
            .identities(member)
            .find(
              (each) =>
                each.connection !== connection &&
                parts.platforms.some((known) => known.connection === each.connection),
            )
        : undefined;
    if (other)
      fx.sendTo(
        { connection: other.connection, type: 'user', id: other.externalId },
        { content },
        { lane: 'urgent' },
      );
    else fx.privately(member, content, { lane: 'urgent' });
  }
}
