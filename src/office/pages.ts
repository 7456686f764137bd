import { PAGE } from '../domain/own-page.ts';
import { dayOf } from '../lib/day.ts';
import type { ActionIn, Answer, Inbound } from '../platforms/platform.ts';
import { issueFormView } from '../views/issue-form.ts';
import { pageOf } from '../work/own-page.ts';
import { formOf, isForm, waysOf } from '../work/ways-card.ts';
import { type FormValues, fieldWord } from '../work/ways-fill.ts';
import { type CardAt, cardAt } from './card-at.ts';
import { isLine, isOwnPage, lineIn, lineLacks, lineOf, ownPage, wayBack } from './own-page.ts';
import { cardBlocks, cardHead } from './page-card.ts';
import {
  closedPage,
  hide,
  type PageBlock,
  type PageModel,
  pageFields,
  pageWords,
  SEAL,
} from './page-model.ts';
import { type FormSeal, openForm, openToken, type PageToken, sealForm } from './page-token.ts';
import type { Parts } from './parts.ts';

/** Signed pages (issue 4, point 4): `/f/<token>` opens one, and what is sent from it is a press. */
export interface Pages {
  /** Shows; never acts, for previews of links open them too. */
  open(token: string): PageModel;
  /** `sent`: the fields by name; `~` is the form's seal. Rejects with CommitFailed if it is not on disk. */
  send(token: string, sent: FormValues): Promise<PageModel>;
}

const FORGED = closedPage(404, '打不开这个链接', '链接不完整或者改动过。请回到聊天里，重新点一次。');
const OLD = closedPage(410, '链接过期了', '链接24小时内有效。请回到聊天里发“我的”，再点新的。');
const STRANGER = closedPage(403, '现在不能用这个链接', '您已不在名册里，或者身份有变动。请联系支部书记。');
const PAGE_OLD = closedPage(
  410,
  '链接过期了',
  '请打开您的专页，再点一次；专页也打不开，请向支部书记要新的链接。',
);
const PAGE_ENDED = closedPage(410, '这个链接作废了', '专页换了新链接，或者停了。请向支部书记要新的。');
const PAST: PageBlock[] = [{ kind: 'text', text: '这件事已经过去了，没有要办的了。' }];

export function makePages(parts: Parts, deliver: (inbound: Inbound) => Promise<Answer>): Pages {
  /** The page's own, or the page that says why not. */
  const read = (sealed: string, now: number): { token: PageToken } | { refused: PageModel } => {
    const token = openToken(parts.pageVault, sealed);
    if (!token) return { refused: FORGED };
    const onPage = token.connection === PAGE;
    if (token.until <= now) return { refused: onPage ? PAGE_OLD : OLD };
    if (onPage && pageOf(parts.q, token.member, now)?.id !== token.externalId) return { refused: PAGE_ENDED };
    const bound = parts.q.members.byIdentity(token.connection, token.externalId)?.member.id === token.member;
    const actor = bound ? parts.q.members.actor(token.member, dayOf(now)) : null;
    return actor ? { token } : { refused: STRANGER };
  };

  const done = async (
    token: PageToken,
    sealed: string,
    sent: FormValues,
    now: number,
  ): Promise<PageModel> => {
    const act = actOf(parts, token, sent);
    if (!act)
      return { ...show(parts, token, sealed, now), word: { text: '请在这里再点一次。', tone: 'info' } };
    const dedupeKey = `form:${token.nonce}:${act.seal.attempt}`;
    const before = parts.q.inbox.seen(dedupeKey);
    if (isLine(token)) {
      const lacks = lineLacks(act.form);
      if (lacks !== null)
        return {
          ...ownPage(parts, token, now, lineOf(act.form)),
          status: 422,
          word: { text: lacks, tone: 'bad' },
        };
      await deliver(lineIn(token, act.form, dedupeKey, now));
      const text = before ? '这句已经发过了。' : '发出了，回话在下面。';
      return { ...ownPage(parts, token, now), word: { text, tone: 'info' } };
    }
    const lacks = missing(parts, token, act.form, now);
    if (lacks !== null) return again(parts, token, sealed, act, lacks, now);
    const answer = await deliver(inboundOf(token, act, dedupeKey, now));
    const { toast } = answer;
    if (toast?.tone === 'bad') return again(parts, token, sealed, next(act), toast.text, now);
    const twice = before ? ['这一步已经办过。', toast?.text ?? ''].join('') : undefined;
    const page = whole(parts, token, answer.of ?? token.at, now);
    const text = twice ?? toast?.text;
    return text ? { ...page, word: { text, tone: toast?.tone ?? 'info' } } : page;
  };

  /** A personal page, and whatever a button on it has opened, leads back to it. */
  const led = (page: PageModel, token: PageToken, now: number): PageModel => ({
    ...page,
    blocks: [...page.blocks, ...wayBack(parts, token, now)],
  });

  return {
    open(sealed) {
      const now = parts.clock.now();
      const found = read(sealed, now);
      if ('refused' in found) return found.refused;
      return led(show(parts, found.token, sealed, now), found.token, now);
    },

    async send(sealed, sent) {
      const now = parts.clock.now();
      const found = read(sealed, now);
      if ('refused' in found) return found.refused;
      return led(await done(found.token, sealed, sent, now), found.token, now);
    },
  };
}

interface Act {
  seal: FormSeal;
  form: FormValues;
}

/** What was sent, as of the opening of its page; null: it came without the form's seal. */
function actOf(parts: Parts, { nonce, target }: PageToken, sent: FormValues): Act | null {
  if (!target) return null;
  const { [SEAL]: sealed, ...form } = sent;
  if ('action' in target)
    return { seal: { nonce, action: target.action, value: target.value, attempt: 0 }, form: {} };
  const seal = typeof sealed === 'string' ? openForm(parts.pageVault, sealed, nonce) : null;
  return seal && { seal, form };
}

/** After a refusal the form may be sent anew; the one that was refused stays refused. */
const next = (act: Act): Act => ({ ...act, seal: { ...act.seal, attempt: act.seal.attempt + 1 } });

function inboundOf(token: PageToken, { seal, form }: Act, dedupeKey: string, now: number): ActionIn {
  return {
    kind: 'action',
    via: 'page',
    connection: token.connection,
    dedupeKey,
    at: now,
    chat: { id: '', type: 'p2p' },
    messageId: `page:${token.nonce}`,
    sender: { id: token.externalId },
    action: seal.action,
    value: seal.value,
    form,
    ...('view' in token.at ? { of: token.at } : {}),
  };
}

/** The form as it stands now, if it still does. */
function formNow(parts: Parts, { at, member, target }: PageToken, now: number) {
  const card = target && 'form' in target ? cardAt(parts, at, member, now) : null;
  return card && target && 'form' in target ? { card, form: formOf(card, target.form) } : null;
}

/** A sentence where something that must be filled in is not; drops choices that were left open. */
function missing(parts: Parts, token: PageToken, sent: FormValues, now: number): string | null {
  const fields = formNow(parts, token, now)?.form?.fields ?? [];
  for (const field of fields) if (field.kind !== 'text' && sent[field.name] === '') delete sent[field.name];
  const open = fields.filter(
    (field) => 'required' in field && field.required === true && !String(sent[field.name] ?? '').trim(),
  );
  return open.length > 0 ? `还差${open.map((field) => `“${fieldWord(field)}”`).join('、')}。` : null;
}

function show(parts: Parts, token: PageToken, sealed: string, now: number): PageModel {
  const { target, nonce } = token;
  if (!target) return whole(parts, token, token.at, now);
  if ('form' in target) {
    const found = formNow(parts, token, now);
    if (!found?.form) return whole(parts, token, token.at, now);
    const { action, value = {} } = found.form;
    return formPage(parts, found, sealed, { nonce, action, value, attempt: 0 });
  }
  // A matter's form only asks: it is opened by looking at it.
  if (target.action === 'issue.form')
    return whole(parts, token, { view: issueFormView.name, params: target.value }, now);
  const card = cardAt(parts, token.at, token.member, now);
  if (!card) return { status: 200, title: target.label, blocks: PAST };
  const button = waysOf(card)
    .map((way) => way.target)
    .find((each) => !isForm(each) && each.action === target.action && each.label === target.label);
  const ask = button && !isForm(button) ? button.confirm : undefined;
  const style = (button && !isForm(button) && button.style) || 'plain';
  return {
    status: 200,
    title: hide(card.title),
    ...(card.status ? { state: card.status } : {}),
    blocks: [
      { kind: 'text', text: ask ? `${ask.title}${ask.text}` : `要“${target.label}”就点下面。` },
      { kind: 'act', path: sealed, label: target.label, style: style === 'plain' ? 'primary' : style },
    ],
  };
}

/** The form again with what was typed, and what to mend. */
function again(
  parts: Parts,
  token: PageToken,
  sealed: string,
  { seal, form: typed }: Act,
  text: string,
  now: number,
): PageModel {
  const found = formNow(parts, token, now);
  const page = found?.form ? formPage(parts, found, sealed, seal, typed) : whole(parts, token, token.at, now);
  return { ...page, status: 422, word: { text, tone: 'bad' } };
}

function formPage(
  parts: Parts,
  { card, form }: NonNullable<ReturnType<typeof formNow>>,
  path: string,
  seal: FormSeal,
  typed?: FormValues,
): PageModel {
  const fields = pageFields(form?.fields ?? [], typed);
  const block: PageBlock = {
    kind: 'form',
    path,
    sealed: sealForm(parts.pageVault, seal),
    fields,
    submit: form?.submit ?? '',
  };
  return { status: 200, title: hide(card.title), blocks: [...pageWords(card), block] };
}

/** Everything on a card, each with a link of its own: what stands after an act, and what 文字版 links to. */
function whole(parts: Parts, token: PageToken, at: CardAt, now: number): PageModel {
  if (isOwnPage(token, at)) return ownPage(parts, token, now);
  const card = cardAt(parts, at, token.member, now);
  if (!card) return { status: 200, title: '好了', blocks: PAST };
  return { status: 200, ...cardHead(card), blocks: cardBlocks(parts, token, at, card, now) };
}
