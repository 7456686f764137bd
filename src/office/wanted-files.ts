import { mayAnywhere } from '../domain/rights.ts';
import { dayOf, MINUTE } from '../lib/day.ts';
import { AppError, errorCode } from '../lib/errors.ts';
import type { MessageIn, Platform } from '../platforms/platform.ts';
import { fileTaken, MOST_BYTES, refuseFile, shortReport } from '../work/roster-file.ts';
import type { Running } from './context.ts';
import { makeEffects } from './effects.ts';
import type { Parts } from './parts.ts';

/** Setting: roster files that are to be fetched and imported, oldest first. */
const WANTED = 'roster-files';
/** A file whose import was broken off so often is not tried again by itself. */
const TRIES = 5;

interface Wish {
  /** Unique: the event that brought it. */
  id: string;
  /** A `WantedFile`: names of files may say more than they should. */
  sealed: string;
  tries: number;
}

interface WantedFile {
  connection: string;
  person: string;
  memberId: number;
  messageId: string;
  key: string;
  name: string;
}

/** Platforms by connection, and a durable transaction after which what it wrote is sent. */
interface Tools {
  platform(connection: string): Platform | undefined;
  write<T>(work: () => T): Promise<T>;
}

const importing = new WeakSet<Parts>();
/** Files that could not be had rest until then (epoch ms). */
const resting = new WeakMap<Parts, Map<string, number>>();

/** Inside a transaction: an administrator's roster becomes a wish; anything else is answered and not kept. True when it is to be kept. */
export function receiveFiles(parts: Parts, { ctx }: Running, message: MessageIn): boolean {
  const platform = parts.platforms.find((each) => each.connection === message.connection);
  const here = parts.importRoster !== undefined && platform?.download !== undefined;
  let kept = false;
  for (const [index, { name, key }] of (message.files ?? []).entries()) {
    const refused = refuseFile(ctx.actor, name, here);
    ctx.reply({ text: refused ?? fileTaken(name) });
    if (refused !== null) continue;
    kept = true;
    const wanted: WantedFile = {
      connection: message.connection,
      person: message.sender.id,
      memberId: ctx.actor.memberId,
      messageId: message.messageId,
      key,
      name,
    };
    const wish: Wish = {
      id: `${message.dedupeKey}:${index}`,
      sealed: parts.vault.seal(JSON.stringify(wanted)),
      tries: 0,
    };
    parts.q.settings.set(WANTED, [...wishes(parts), wish]);
  }
  return kept;
}

/**
 * Fetching and importing take time and may fail, so the wish is a row: a stop in between loses nothing, and importing
 * a file a second time changes nothing (decision 47). One at a time.
 */
export async function importWantedFiles(parts: Parts, tools: Tools): Promise<void> {
  // A command line beside the server leaves them to the server.
  if (!parts.importRoster || importing.has(parts)) return;
  importing.add(parts);
  try {
    for (let wish = next(parts); wish; wish = next(parts)) await importOne(parts, tools, wish);
  } catch (error) {
    parts.log.warn({ code: errorCode(error) }, 'a roster file could not be looked after; tried again later');
  } finally {
    importing.delete(parts);
  }
}

async function importOne(parts: Parts, tools: Tools, wish: Wish): Promise<void> {
  const wanted = JSON.parse(parts.vault.open(wish.sealed)) as WantedFile;
  const { q } = parts;
  // Counted before the work: what ends the process is not tried for ever.
  await tools.write(() =>
    q.settings.set(
      WANTED,
      wishes(parts).map((each) => (each.id === wish.id ? { ...each, tries: each.tries + 1 } : each)),
    ),
  );
  const lines = await report(parts, tools, wanted).catch((error: unknown) => {
    if (error instanceof AppError) return [error.userText];
    parts.log.warn({ code: errorCode(error), tries: wish.tries + 1 }, 'a roster file was not imported');
    return null;
  });
  if (lines === null && wish.tries + 1 < TRIES) {
    const until = resting.get(parts) ?? new Map<string, number>();
    resting.set(parts, until.set(wish.id, parts.clock.now() + MINUTE));
    return;
  }
  await tools.write(() => {
    const left = wishes(parts).filter((each) => each.id !== wish.id);
    if (left.length === 0) q.settings.remove(WANTED);
    else q.settings.set(WANTED, left);
    const fx = makeEffects({
      q,
      vault: parts.vault,
      calendar: parts.calendar(),
      now: parts.clock.now(),
      cause: `roster-file:${wish.id}`,
      actorId: wanted.memberId,
      exempt: true,
      connection: wanted.connection,
    });
    const text = shortReport(lines ?? ['这个文件一直没读成，请过一会儿再发一次；还不行，请找维护的同志。']);
    fx.sendTo(
      { connection: wanted.connection, type: 'user', id: wanted.person },
      { content: { text: `“${wanted.name}”\n${text}` } },
    );
    fx.audit('import.file', 'roster', { file: wanted.name });
  });
}

/** What the import says. An AppError is a definite no; anything else may go better later. */
async function report(parts: Parts, tools: Tools, wanted: WantedFile): Promise<string[]> {
  const actor = parts.q.members.actor(wanted.memberId, dayOf(parts.clock.now()));
  const platform = tools.platform(wanted.connection);
  if (!actor || !mayAnywhere(actor, 'office.care') || !platform?.download || !parts.importRoster)
    throw new AppError('roster-file', { userText: '这个文件没有导入：您已不是管理员，或这项功能已关。' });
  const bytes = await platform.download(
    { messageId: wanted.messageId, key: wanted.key, kind: 'file' },
    MOST_BYTES,
  );
  return parts.importRoster({ name: wanted.name, bytes });
}

function wishes({ q }: Parts): Wish[] {
  return q.settings.get<Wish[]>(WANTED) ?? [];
}

function next(parts: Parts): Wish | undefined {
  const now = parts.clock.now();
  return wishes(parts).find((each) => (resting.get(parts)?.get(each.id) ?? 0) <= now);
}
