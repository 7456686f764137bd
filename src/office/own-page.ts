import type { Field } from '../../cards/card.ts';
import type { OutboxRow } from '../../db/queries/outbox.ts';
import { PAGE } from '../domain/own-page.ts';
import { dayOf, sayDay, sayInstant } from '../lib/day.ts';
import type { MessageIn } from '../platforms/platform.ts';
import { mineView } from '../views/mine.ts';
import { newsOf, type OwnPage, pageOf } from '../work/own-page.ts';
import type { FormValues } from '../work/ways-fill.ts';
import { type CardAt, cardAt } from './card-at.ts';
import { cardBlocks, cardHead } from './page-card.ts';
import { hide, type PageBlock, type PageModel } from './page-model.ts';
import { openToken, type PageToken, sealForm, sealToken } from './page-token.ts';
import type { Parts } from './parts.ts';
import { isStatic, openContent, type Payload } from './payload.ts';

/** The form in which a line is typed as in a private chat; no form of a card is called so. */
const LINE = 'own.line';
/** Characters of a line; the longest that a card's text holds. */
const LONGEST = 1000;
/** Messages on the page. */
const SHOWN = 10;

/** The page itself, and not one that a button on it has opened: it is what one may do, 我的. */
export const isOwnPage = (token: PageToken, at: CardAt): boolean =>
  token.connection === PAGE && 'view' in at && at.view === mineView.name;

/** The link that is handed over: as long as the page lives, and no longer than it stands under this id. */
export function ownPageLink(
  parts: Parts,
  publicUrl: string,
  memberId: number,
  page: OwnPage,
  now: number,
): string {
  return `${publicUrl}/f/${sealToken(parts.pageVault, whose(memberId, page.id), now, page.until)}`;
}

const whose = (member: number, externalId: string) => ({
  member,
  connection: PAGE,
  externalId,
  at: mineView.ref({}),
});

/** Where a page that a button has opened leads back to; nothing on pages of people who have a chat. */
export function wayBack(parts: Parts, token: PageToken, now: number): PageBlock[] {
  const page = token.connection === PAGE ? pageOf(parts.q, token.member, now) : null;
  if (!page) return [];
  const path = sealToken(parts.pageVault, whose(token.member, page.id), now, page.until);
  return [{ kind: 'link', path, label: '回到我的专页，看有没有新消息' }];
}

/** A line to type, what was said to him, and what he owes and what waits for him: all that a chat would be. */
export function ownPage(parts: Parts, token: PageToken, now: number, typed = ''): PageModel {
  const { q } = parts;
  const { member, externalId } = token;
  const until = pageOf(q, member, now)?.until ?? now;
  const mine = cardAt(parts, token.at, member, now);
  const news = newsBlocks(parts, token, now);
  return {
    status: 200,
    title: `${q.members.get(member)?.name ?? ''}同志的专页`,
    state: `${sayDay(dayOf(until), dayOf(now))}前有效`,
    blocks: [
      lineForm(parts, { member, externalId }, now, typed),
      ...(news.length > 0 ? [heading('给您的消息'), ...news] : []),
      ...(mine
        ? [heading(cardHead(mine).title), ...cardBlocks(parts, token, mineView.ref({}), mine, now)]
        : []),
    ],
  };
}

const heading = (text: string): PageBlock => ({ kind: 'heading', text });

function lineForm(
  parts: Parts,
  { member, externalId }: { member: number; externalId: string },
  now: number,
  value: string,
): PageBlock {
  const target = { form: LINE };
  const path = sealToken(parts.pageVault, { ...whose(member, externalId), target }, now);
  const nonce = openToken(parts.pageVault, path)?.nonce ?? '';
  const field: Field = {
    kind: 'text',
    name: 'line',
    label: '记一笔（和私聊一样打一行字）',
    placeholder: '走访 3号楼 张某 低保咨询',
    multiline: true,
    required: true,
    max: LONGEST,
    value,
  };
  return {
    kind: 'form',
    path,
    sealed: sealForm(parts.pageVault, { nonce, action: LINE, value: {}, attempt: 0 }),
    fields: [field],
    submit: '发出',
  };
}

export const isLine = ({ target }: PageToken): boolean =>
  target !== undefined && 'form' in target && target.form === LINE;

export const lineOf = (sent: FormValues): string => String(sent.line ?? '').trim();

/** Why it cannot be taken as it is; null: it can. */
export function lineLacks(sent: FormValues): string | null {
  const line = lineOf(sent);
  if (line === '') return '还没写。请写一句再点“发出”。';
  return line.length > LONGEST ? `写得太长了，${LONGEST}字以内。` : null;
}

/** What was typed there, as if it had come from a private chat. */
export function lineIn(token: PageToken, sent: FormValues, dedupeKey: string, now: number): MessageIn {
  return {
    kind: 'message',
    connection: token.connection,
    dedupeKey,
    at: now,
    messageId: `page:${token.nonce}`,
    chat: { id: token.externalId, type: 'p2p' },
    sender: { id: token.externalId },
    text: lineOf(sent),
    mentionsBot: false,
    mentions: [],
  };
}

/** What was sent to him, the newest first, each thing once and as it stands now. */
function newsBlocks(parts: Parts, token: PageToken, now: number): PageBlock[] {
  const { q } = parts;
  // What was just answered is younger than `now`, which is when the page was asked for.
  const answered = q.outbox.underWayToPage(token.externalId, parts.clock.now());
  const rows = [...answered, ...newsOf(q, token.member)];
  const seen = new Set<string>();
  const blocks: PageBlock[] = [];
  let shown = 0;
  for (const id of new Set(rows)) {
    const row = q.outbox.get(id);
    const one = row && shown < SHOWN && !isStale(row) ? newsOfRow(parts, token, row, now) : null;
    if (!row || !one || seen.has(one.key)) continue;
    seen.add(one.key);
    shown += 1;
    const when = sayInstant(row.createdAt, now);
    blocks.push({ kind: 'divider' }, { kind: 'text', text: when, tone: 'muted' }, ...one.blocks);
  }
  return blocks;
}

const isStale = ({ kind, state }: OutboxRow): boolean =>
  (kind !== 'send' && kind !== 'reply') || state === 'dropped' || state === 'dead';

function newsOfRow(
  parts: Parts,
  token: PageToken,
  row: OutboxRow,
  now: number,
): { key: string; blocks: PageBlock[] } | null {
  const payload = JSON.parse(row.payload) as Payload;
  let at: CardAt = { row: row.id };
  let said: PageBlock[] = [];
  if (isStatic(payload)) {
    const content = openContent(parts.vault, payload);
    if ('text' in content) return { key: `${row.id}`, blocks: [{ kind: 'text', text: hide(content.text) }] };
  } else if ('view' in payload) {
    if (payload.viewer !== token.member) return null;
    at = { view: payload.view, params: payload.params };
    if (payload.say) said = [{ kind: 'text', text: hide(parts.vault.open(payload.say)) }];
  } else return null;
  const card = isOwnPage(token, at) ? null : cardAt(parts, at, token.member, now);
  if (!card) return said.length > 0 ? { key: `${row.id}`, blocks: said } : null;
  const { title, state } = cardHead(card);
  const head: PageBlock = { kind: 'text', text: [title, state].filter(Boolean).join(' · '), size: 'large' };
  return {
    key: JSON.stringify(at),
    blocks: [...said, head, ...cardBlocks(parts, token, at, card, now)],
  };
}
