import type { Card, Content } from '../../cards/card.ts';
import type { EdgeEffects } from '../commands/define.ts';
import type { Actor } from '../domain/actor.ts';
import { idOfCode } from '../domain/text/card-code.ts';
import type { CommandMatch, CommandMiss } from '../domain/text/types.ts';
import { type WayLine, wayLine } from '../domain/text/way-line.ts';
import type { Answer, MessageIn } from '../platforms/platform.ts';
import type { ViewRef } from '../views/define.ts';
import { type CardWay, formOf, isForm, wayMeant } from '../work/ways-card.ts';
import { fieldWord, fillForm, formHint } from '../work/ways-fill.ts';
import { type CardAt, cardAt, cardOfRow } from './card-at.ts';
import { makeEffects } from './effects.ts';
import type { Parts } from './parts.ts';
import { press } from './press.ts';
import { type Dispatch, runAgain } from './run-again.ts';
import { cardNumbered } from './ways-number.ts';

/** Whose line it is, and what it may do. */
export interface LineInput {
  parts: Parts;
  message: MessageIn;
  actor: Actor;
  /** What the commands make of the line. */
  found: CommandMatch | CommandMiss | null;
  /** For [再试一次], which handles an event of before. */
  dispatch: Dispatch;
  now: number;
  cause: string;
}

/** The card that a line speaks of. */
export interface Spoken {
  card: Card;
  at: CardAt;
  way: CardWay;
  /** `128` or `K3F7`, as it is written behind the word. */
  key: string;
}

/** Cards looked through for the label of a line whose code was mistyped. */
const RECENT = 12;

/**
 * A line that stands for a press (issue 4, point 5): `退回 128 这段路归市政`, `修改 K3F7`. It runs the same action through
 * the same press, and what a press would answer comes as one private message. False: the line is none.
 */
export function takeLine(input: LineInput): boolean {
  const line = wayLine(input.message.text);
  if (!line) return false;
  const say = speaker(input);
  if (line.code === null) {
    const spoken = cardNumbered(input, line);
    if (spoken === null) return false;
    if ('card' in spoken) run(input, line, spoken);
    else say(spoken.ref, spoken.say);
    return true;
  }
  const at = ofCode(input, line.code);
  if (at === null) return mistyped(input, line);
  const card = cardAt(input.parts, at, input.actor.memberId, input.now);
  const code = line.code.toUpperCase();
  if (!card) say(null, '这张卡片上的事已经过去了，没有要办的了。');
  else if (line.label === '') say('view' in at ? at : { card }, '');
  else {
    const way = wayMeant(card, line.label, { exact: false });
    if (way) run(input, line, { card, at, way, key: code });
    else say('view' in at ? at : { card }, `${code} 现在没有“${line.label}”这一步。`);
  }
  return true;
}

function ofCode({ parts, actor }: LineInput, code: string): CardAt | null {
  const id = idOfCode(code);
  const row = id === null ? undefined : parts.q.outbox.get(id);
  return row ? cardOfRow(parts, row, actor) : null;
}

/** The label is on one of his cards, so the line is no other: its code is wrong. */
function mistyped(input: LineInput, line: WayLine): boolean {
  const { parts, message, actor, now } = input;
  if (line.label === '') return false;
  const rows = parts.q.cards.sentTo(message.connection, message.sender.id, RECENT);
  const known = rows.some((row) => {
    const at = cardOfRow(parts, row, actor);
    const card = at && cardAt(parts, at, actor.memberId, now);
    return card ? wayMeant(card, line.label, { exact: true }) !== undefined : false;
  });
  if (known) speaker(input)(null, `号没对上：“${line.code}”。请照卡片上的再发一次。`);
  return known;
}

function run(input: LineInput, line: WayLine, spoken: Spoken): void {
  const { parts, actor, now } = input;
  const { target, word } = spoken.way;
  const say = speaker(input);
  if (!isForm(target) && target.style === 'danger' && !line.sure) {
    const ask = target.confirm ? `${target.confirm.title}${target.confirm.text}` : `${spoken.card.title}`;
    say(null, `${ask}\n确定就发：确定 ${word} ${spoken.key}`);
    return;
  }
  if (isForm(target)) {
    fill(input, line, spoken, target, 1);
    return;
  }
  const answer = pressed(input, spoken.at, { action: target.action, value: target.value ?? {}, form: {} }, 1);
  const opened =
    answer.of && answer.toast?.tone !== 'bad' ? cardAt(parts, answer.of, actor.memberId, now) : null;
  const form = opened && formOf(opened);
  // Words behind a button that opens a form are for that form.
  if (line.rest !== '' && answer.of && opened && form)
    fill(input, line, { ...spoken, card: opened, at: answer.of }, form, 2);
  else say(answer.of ?? null, answer.toast?.text ?? '');
}

function fill(
  input: LineInput,
  line: WayLine,
  spoken: Spoken,
  form: NonNullable<ReturnType<typeof formOf>>,
  turn: number,
): void {
  const say = speaker(input);
  const filled = fillForm(form.fields, line.rest, input.now);
  const again = `${spoken.way.word} ${spoken.key} ${formHint(form.fields, input.now, filled)}`;
  if (filled.missing.length > 0) {
    const lacks = filled.missing.map((field) => {
      const choices =
        field.kind === 'select'
          ? `（${field.options.map((each, index) => `${index + 1} ${each.label}`).join('、')}）`
          : '';
      return `“${fieldWord(field)}”${choices}`;
    });
    say(null, `还差${lacks.join('、')}。请这样发：\n${again}`);
    return;
  }
  const value = form.value ?? {};
  const { toast, of } = pressed(input, spoken.at, { action: form.action, value, form: filled.form }, turn);
  const unused = filled.left === '' ? '' : `“${filled.left}”没有地方记。`;
  if (toast?.tone === 'bad') say(null, `${toast.text}\n可以接着发：${again}`);
  else say(of ?? null, [toast?.text ?? '', unused].filter(Boolean).join(''));
}

/** The same press as on the card, as if in private: what it shows comes there. */
function pressed(
  { parts, message, now, cause, dispatch }: LineInput,
  at: CardAt,
  act: {
    action: string;
    value: Record<string, string | number | boolean>;
    form: Record<string, string | string[]>;
  },
  turn: number,
): Answer {
  const inbound = {
    kind: 'action' as const,
    via: 'line' as const,
    connection: message.connection,
    dedupeKey: message.dedupeKey,
    at: message.at,
    chat: { id: message.chat.type === 'p2p' ? message.chat.id : '', type: 'p2p' as const },
    messageId: message.messageId,
    sender: message.sender,
    ...('view' in at ? { of: at } : {}),
    ...act,
  };
  if (act.action === 'office.retry') return { toast: runAgain(parts, inbound, now, dispatch).toast };
  const chat = {
    connection: message.connection,
    externalId: inbound.chat.id,
    type: 'p2p' as const,
    id: null,
    purpose: null,
    orgId: null,
  };
  return press(parts, inbound, chat, now, `${cause}=${turn}`).answer;
}

/** One private message: the card with what is to be said as its first line, or that alone. */
function speaker(input: LineInput): (what: ViewRef | Content | null, text: string) => void {
  const { parts, message, actor, now, cause } = input;
  const { q, vault } = parts;
  return (what, text) => {
    if (what === null && text === '') return;
    const fx: EdgeEffects = makeEffects({
      q,
      vault,
      calendar: parts.calendar(),
      now,
      cause: `${cause}=`,
      actorId: actor.memberId,
      exempt: true,
      connection: message.connection,
    });
    const to = { connection: message.connection, type: 'user' as const, id: message.sender.id };
    if (what && 'view' in what) fx.sendTo(to, { ref: what, viewer: actor.memberId, say: text || undefined });
    else fx.sendTo(to, { content: what ?? { text } });
  };
}
