import type { EdgeEffects } from '../commands/define.ts';
import type { MembershipIn } from '../platforms/platform.ts';

/** Joining and leaving groups (issue 2, points 2 and 10; decision 11). */
export function receiveMembership(fx: EdgeEffects, event: MembershipIn): void {
  const { q } = fx;
  const { connection, chat } = event;
  if (event.change === 'bot-removed' || event.change === 'chat-gone') {
    const known = q.chats.find(connection, chat.id);
    if (known) q.chats.gone(known.id, fx.now);
  } else if (event.change === 'bot-added') {
    q.chats.seen({ connection, externalId: chat.id, name: chat.name, external: chat.external });
    fx.sendTo({ connection, type: 'chat', id: chat.id }, { group: { kind: chat.external ? 'external-refused' : 'joined' } });
  }
}
