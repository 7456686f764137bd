import type { Card, Content } from '../../cards/card.ts';
import type { GroupFacts } from '../../cards/group-text.ts';
import type { LiveCard } from '../../db/queries/cards.ts';
import type { ChatContext, Ctx, EdgeEffects } from '../commands/define.ts';
import type { Actor } from '../domain/actor.ts';
import { PAGE } from '../domain/own-page.ts';
import { may } from '../domain/rights.ts';
import { dayOf } from '../lib/day.ts';
import { eventOf } from '../lib/event-cause.ts';
import type { ActionIn, Answer, MenuIn, MessageIn } from '../platforms/platform.ts';
import type { ViewRef } from '../views/define.ts';
import { makeEffects } from './effects.ts';
import { ownPageLink } from './own-page.ts';
import { hide } from './page-model.ts';
import type { Parts } from './parts.ts';
import { cardOf, isViewRef, type LineOptions, renderView } from './payload.ts';

/** A context and what its command said through it. */
export interface Running {
  ctx: Ctx;
  fx: EdgeEffects;
  /** To be called once after the command: the answer of a press, the last word in a group. */
  finish(): Answer;
}

export interface ContextInput {
  parts: Parts;
  inbound: MessageIn | ActionIn | MenuIn;
  actor: Actor;
  chat: ChatContext;
  now: number;
  cause: string;
}

/** Short words in a group that only say what the author's private card says better. */
const RECEIPTS: ReadonlySet<GroupFacts['kind']> = new Set([
  'visits-noted',
  'noted',
  'visits-changed',
  'look-private',
]);

/** The typed message that a line in the group answers; a press has none. */
function answered(inbound: ContextInput['inbound']): LineOptions['answers'] {
  if (inbound.kind !== 'message') return undefined;
  return { messageId: inbound.messageId, personId: inbound.sender.id };
}

/** Builds what a command sees; everything it says becomes rows of this transaction. */
export function makeContext(input: ContextInput): Running {
  const { parts, inbound, actor, chat, now } = input;
  const { q, publicUrl } = parts;
  const via = inbound.kind === 'action' ? inbound.via : undefined;
  const standing =
    inbound.kind === 'action' && !via ? q.cards.at(inbound.connection, inbound.messageId) : undefined;
  // A card sent to one person is nobody else's, however it came into his hands: it is neither shown nor taken over.
  const foreign = standing?.viewerId != null && standing.viewerId !== actor.memberId;
  const pressed: LiveCard | undefined = foreign ? undefined : standing;
  const fx = makeEffects({
    q,
    vault: parts.vault,
    calendar: parts.calendar(),
    now,
    cause: input.cause,
    actorId: actor.memberId,
    exempt: true,
    connection: inbound.connection,
    exceptCard: pressed?.id,
  });
  const answer: Answer = {};
  let shown: ViewRef | null = null;
  /** On a page the last card that answers is shown there instead of sent. */
  let lastReply: ViewRef | null = null;
  let replied = false;
  let spokeInGroup = false;

  const send = (what: ViewRef | Content): void =>
    fx.sendTo(
      { connection: inbound.connection, type: 'user', id: inbound.sender.id },
      isViewRef(what) ? { ref: what, viewer: actor.memberId } : { content: what },
    );

  // Written out: a spread of functions makes every context a slow object of its own shape.
  const ctx: Ctx = {
    now: fx.now,
    q: fx.q,
    calendar: fx.calendar,
    privately: fx.privately,
    changed: fx.changed,
    clearGroup: fx.clearGroup,
    audit: fx.audit,
    actorOf: fx.actorOf,
    forward: fx.forward,
    actor,
    chat,
    identity: inbound.sender.id,
    saidAt: inbound.at,
    today: dayOf(inbound.at),
    messageId: inbound.kind === 'menu' ? null : inbound.messageId,
    event:
      inbound.kind === 'message' && inbound.dedupeKey === `msg:${inbound.messageId}`
        ? eventOf(input.cause)
        : null,
    mentioned:
      inbound.kind === 'message'
        ? inbound.mentions.flatMap((each) => {
            const member = q.members.byIdentity(inbound.connection, each.id)?.member;
            const name = each.name || member?.name;
            return name ? [{ name, memberId: member?.id ?? null }] : [];
          })
        : [],
    may: (act, subject) => may(actor, act, subject),
    pageLink: publicUrl ? (memberId, page) => ownPageLink(parts, publicUrl, memberId, page, now) : null,
    reply(what: ViewRef | Content) {
      replied = true;
      if (lastReply) send(lastReply);
      lastReply = via === 'page' && isViewRef(what) ? what : null;
      if (!lastReply) send(what);
    },
    toStranger({ connection, externalId }, what) {
      fx.sendTo({ connection, type: 'user', id: externalId }, { content: what });
    },
    toGroup(chatId, what, options) {
      if (chatId === chat.id) spokeInGroup = true;
      fx.toGroup(chatId, what, options);
    },
    groupLine(facts) {
      if (chat.type !== 'group' || chat.purpose === 'residents') return;
      spokeInGroup = true;
      fx.sendTo(
        { connection: chat.connection, type: 'chat', id: chat.externalId },
        { group: facts, answers: answered(inbound), dispensable: RECEIPTS.has(facts.kind) },
      );
    },
    toast(text, tone = 'info') {
      answer.toast = { text, tone };
    },
    show(view) {
      if (inbound.kind === 'action' && chat.type === 'p2p' && !foreign) {
        shown = view;
        return;
      }
      ctx.reply(view);
      if (inbound.kind === 'action') answer.toast ??= { text: '已发到您的私聊。', tone: 'info' };
    },
  };

  return {
    ctx,
    fx,
    finish() {
      if (inbound.kind === 'action' && via) {
        if (shown && lastReply) send(lastReply);
        // There is no chat beside a personal page to which a number could be sent.
        if (answer.toast && inbound.connection === PAGE) answer.toast.text = hide(answer.toast.text);
        return elsewhere(answer, { via, shown: shown ?? lastReply, replied, of: inbound.of ?? null }, send);
      }
      if (inbound.kind === 'action') {
        const card = freshCard(input, pressed, shown);
        // A refused form stays as it is: what was typed into it is not lost.
        const refused =
          answer.toast?.tone === 'bad' &&
          shown === null &&
          card?.blocks.some((block) => block.kind === 'form');
        if (card && !refused) answer.card = card;
      } else if (chat.type === 'group' && replied && !spokeInGroup) {
        ctx.groupLine({ kind: 'look-private' });
      }
      return answer;
    },
  };
}

/** A number in what is shown on a page: it may be somebody's telephone, and a link can be stolen. */
const NUMBER = /\d{7,}/u;

/** Who pressed nowhere (issue 4, point 4) is told what to look at next; whoever took the line or the page shows it. */
function elsewhere(
  answer: Answer,
  said: { via: 'page' | 'line'; shown: ViewRef | null; replied: boolean; of: ViewRef | null },
  send: (what: Content) => void,
): Answer {
  const { toast } = answer;
  const stays = said.replied || toast?.tone === 'bad' ? null : said.of;
  answer.of = said.shown ?? stays ?? undefined;
  // 打开了，在下面: the card itself says so.
  if (said.replied && toast?.tone === 'info' && said.via === 'line') delete answer.toast;
  if (said.via === 'page' && toast && NUMBER.test(toast.text)) {
    send({ text: toast.text });
    answer.toast = { text: '已发到您的私聊。', tone: 'info' };
  }
  return answer;
}

/** A card shows the state at the time of the click: the pressed one is rendered anew, or becomes what the command chose. */
function freshCard(
  input: ContextInput,
  pressed: LiveCard | undefined,
  shown: ViewRef | null,
): Card | undefined {
  const { parts, inbound, now } = input;
  if (inbound.kind !== 'action') return undefined;
  const inGroup = input.chat.type === 'group';
  const ref = shown ?? (pressed && { view: pressed.view, params: pressed.params });
  if (!ref) return undefined;
  const context = {
    q: parts.q,
    now,
    calendar: parts.calendar(),
    viewer: inGroup ? null : input.actor,
    standing: true,
  };
  const card = cardOf(renderView(parts.views, context, ref));
  if (card && shown) {
    parts.q.cards.place({
      connection: inbound.connection,
      targetType: pressed?.targetType ?? 'user',
      targetId: pressed?.targetId ?? inbound.sender.id,
      messageId: inbound.messageId,
      viewerId: input.actor.memberId,
      view: shown.view,
      params: shown.params,
      subjects: parts.views.get(shown.view)?.follows?.(shown.params) ?? [],
      now,
    });
  }
  return card;
}
