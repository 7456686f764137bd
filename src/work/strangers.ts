import type { EdgeEffects, StrangerEvent } from '../commands/define.ts';
import { DAY } from '../lib/day.ts';

/** Decision 22: a stranger's line is kept sealed for 7 days, and he is told once a day. True: he was linked, run the line. */
export function receiveStranger(fx: EdgeEffects, { message, chatId }: StrangerEvent): boolean {
  const { connection, sender } = message;
  fx.q.strangers.keep({ connection, externalId: sender.id, name: sender.name ?? null, chatId, inbound: message, now: fx.now });
  if (fx.q.told.first(`${connection}:${sender.id}`, 'stranger', fx.now, fx.now - DAY)) {
    fx.sendTo(
      { connection, type: 'user', id: sender.id },
      { content: { text: '您还不在名册里。这条我先存着，书记确认后自动记上，不用重发。' } },
    );
  }
  return false;
}
