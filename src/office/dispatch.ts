import { guardText } from '../../cards/guard.ts';
import type { ChatContext, Command, Line } from '../commands/define.ts';
import { mayAnywhere } from '../domain/rights.ts';
import { issueNumber } from '../domain/text/issue-number.ts';
import { NO_CHECK_IN } from '../domain/text/no-check-in.ts';
import { recogniseCommand } from '../domain/text/recognise-command.ts';
import { guardKinds } from '../domain/text/sensitive.ts';
import type { CommandMatch } from '../domain/text/types.ts';
import { dayOf } from '../lib/day.ts';
import type { Inbound, MenuIn, MessageIn, RecallIn } from '../platforms/platform.ts';
import { NO_PHOTO_NEEDED } from '../work/photos.ts';
import { typedBefore } from '../work/recall-visit.ts';
import { arrival, chatOf } from './chat-of.ts';
import { makeContext, type Running } from './context.ts';
import { makeEffects } from './effects.ts';
import type { Dispatched, Parts } from './parts.ts';
import { press } from './press.ts';
import { receiveFiles } from './wanted-files.ts';
import { takeLine } from './ways-line.ts';

const IGNORED: Dispatched = { status: 'ignored', answer: {} };
const DONE: Dispatched = { status: 'done', answer: {} };

/** Bot menu entries (issue 2, point 2) and what they type for the person. */
const MENU: Readonly<Record<string, string>> = {
  visit: '/走访',
  mine: '/我的',
  help: '/帮助',
  记走访: '/走访',
  待我办: '/我的',
  帮助: '/帮助',
};

/** Who is it, may they, which command. Runs inside a savepoint; a throw undoes all of it. */
export function dispatch(parts: Parts, inbound: Inbound, now: number, cause: string): Dispatched {
  switch (inbound.kind) {
    case 'message':
      return say(parts, inbound, now, cause);
    case 'menu':
      return chosen(parts, inbound, now, cause);
    case 'action':
      return press(parts, inbound, chatOf(parts, inbound), now, cause);
    case 'membership': {
      parts.hooks.membership(effects(parts, inbound, now, cause), inbound);
      return DONE;
    }
    case 'recall':
      return recalled(parts, inbound, now, cause);
    default:
      return IGNORED;
  }
}

/** What an author takes back he withdraws himself: the trace bears his name. */
function recalled(parts: Parts, recall: RecallIn, now: number, cause: string): Dispatched {
  const { q } = parts;
  const typed = typedBefore(q, recall);
  const author = typed ? q.members.byIdentity(recall.connection, typed.by)?.member.id : undefined;
  const actorId = recall.by === 'author' ? (author ?? null) : null;
  return parts.hooks.recall(effects(parts, recall, now, cause, actorId), recall) ? DONE : IGNORED;
}

/** Only where they can be looked at again; a command typed beside them goes first. */
function keepPhotos(parts: Parts, message: MessageIn, now: number, cause: string): boolean {
  const forwards = parts.platforms.find((each) => each.connection === message.connection)?.forwards;
  const actor = forwards && message.images && message.replyTo ? actorOf(parts, message, now) : null;
  return (
    actor !== null && parts.hooks.photos(effects(parts, message, now, cause, actor.memberId), actor, message)
  );
}

function effects(parts: Parts, inbound: Inbound, now: number, cause: string, actorId: number | null = null) {
  return makeEffects({
    q: parts.q,
    vault: parts.vault,
    calendar: parts.calendar(),
    now,
    cause,
    actorId,
    exempt: true,
    connection: inbound.connection,
  });
}

/** Decision 4: what is a command; all else in a group is acknowledged and forgotten. */
function say(parts: Parts, message: MessageIn, now: number, cause: string): Dispatched {
  const isPrivate = message.chat.type === 'p2p';
  const text = message.text;
  const bare = text.trim() === '';
  if (bare && !(isPrivate || message.mentionsBot || message.images)) return IGNORED;
  const addressed = message.mentionsBot || isPrivate;
  // What we do not do is answered as such, never taken for the nearest command (签到 is no 签单).
  const refused = NO_CHECK_IN.test(text) && (addressed || /^\s*[/／、]/u.test(text));
  const found = refused ? null : recogniseCommand(text, { addressed, private: isPrivate });
  const number = found && 'name' in found ? null : issueNumber(text, addressed);
  if (message.images && !(found && 'name' in found) && keepPhotos(parts, message, now, cause)) return DONE;
  if (!found && number === null && !addressed && !refused) return IGNORED;

  const added = isPrivate ? undefined : arrival(parts, message);
  if (added) {
    const binds = found && 'name' in found && found.name === 'bind';
    if (binds)
      parts.q.chats.seen({ connection: added.connection, externalId: added.chat.id, name: added.chat.name });
    else parts.hooks.membership(effects(parts, message, now, `${cause}+`), added);
  }
  const chat = chatOf(parts, message);
  if (chat.id !== null && parts.q.chats.get(chat.id)?.external)
    return refuseExternal(parts, message, now, cause);
  const actor = actorOf(parts, message, now);
  if (!actor) return stranger(parts, message, chat, now, cause);
  const running = makeContext({ parts, inbound: message, actor, chat, now, cause });
  if (message.files && isPrivate)
    return receiveFiles(parts, running, message) ? { status: 'done', answer: running.finish() } : IGNORED;
  const taken = addressed && !refused && takeLine({ parts, message, actor, found, now, cause, dispatch });

  if (taken) {
    if (chat.type === 'group') running.ctx.groupLine({ kind: 'look-private' });
  } else if (bare && message.images) {
    running.ctx.reply({ text: NO_PHOTO_NEEDED });
  } else if (number !== null) {
    const open = parts.commands.get('issue');
    open?.run(running.ctx, { rest: String(number), text, via: 'exact', word: '#' });
  } else if (found && 'name' in found) {
    run(parts, running, found, text);
  } else {
    const unclear = parts.commands.get('help');
    unclear?.run(running.ctx, {
      rest: found?.rest ?? text,
      text,
      via: 'near',
      word: found ? `?${found.nearest}` : '?',
    });
  }
  if (chat.type === 'group') guard(parts, message, running, now);
  const recorded =
    !taken && !!found && 'name' in found && parts.commands.get(found.name)?.recordsWords === true;
  return { status: 'done', answer: running.finish(), recorded };
}

function run(parts: Parts, running: Running, match: CommandMatch, text: string): void {
  const { ctx } = running;
  const command: Command | undefined = parts.commands.get(match.name);
  const line: Line = { rest: match.rest, text, via: match.via, word: match.word, mode: match.mode };
  if (!command) {
    parts.commands.get('help')?.run(ctx, { ...line, via: 'near', word: '?' });
  } else if (command.needs !== null && !mayAnywhere(ctx.actor, command.needs)) {
    ctx.reply({
      text: `“/${match.word.replace(/^[/／、]/u, '')}”这项您暂时用不上。发“帮助”看看这里您能做什么。`,
    });
  } else {
    command.run(ctx, line);
  }
}

function chosen(parts: Parts, menu: MenuIn, now: number, cause: string): Dispatched {
  const actor = actorOf(parts, menu, now);
  const text = MENU[menu.key];
  if (!actor || !text) return IGNORED;
  const chat: ChatContext = {
    connection: menu.connection,
    externalId: '',
    type: 'p2p',
    id: null,
    purpose: null,
    orgId: null,
  };
  const running = makeContext({ parts, inbound: menu, actor, chat, now, cause });
  const found = recogniseCommand(text, { addressed: true, private: true });
  if (found && 'name' in found) run(parts, running, found, text);
  return { status: 'done', answer: running.finish() };
}

function actorOf(parts: Parts, inbound: MessageIn | MenuIn, now: number) {
  const { connection, sender } = inbound;
  const known = parts.q.members.byIdentity(connection, sender.id);
  if (known) parts.q.members.spokeFrom(connection, sender.id, known, now);
  return known ? parts.q.members.actor(known.member.id, dayOf(now)) : null;
}

/** Decision 22: the line is kept; if the person can be told for certain he is linked, and it runs at once. */
function stranger(
  parts: Parts,
  message: MessageIn,
  chat: ChatContext,
  now: number,
  cause: string,
): Dispatched {
  const settled = parts.hooks.stranger(effects(parts, message, now, `${cause}?`), {
    message,
    chatId: chat.id,
  });
  if (settled && actorOf(parts, message, now)) return say(parts, message, now, cause);
  return DONE;
}

function refuseExternal(parts: Parts, message: MessageIn, now: number, cause: string): Dispatched {
  if (parts.q.told.first(`${message.connection}:${message.chat.id}`, 'external', now, now - 24 * 3_600_000)) {
    effects(parts, message, now, cause).sendTo(
      { connection: message.connection, type: 'chat', id: message.chat.id },
      { group: { kind: 'external-refused' } },
    );
  }
  return DONE;
}

/** Decision 10: once per person and kind, in private, for what everybody in the group can read. */
function guard(parts: Parts, message: MessageIn, running: Running, now: number): void {
  const { ctx } = running;
  const fresh = guardKinds(message.text).filter((kind) =>
    parts.q.told.first(`member:${ctx.actor.memberId}`, `guard:${kind}`, now),
  );
  if (fresh.length > 0) ctx.reply({ text: guardText(fresh) });
}
