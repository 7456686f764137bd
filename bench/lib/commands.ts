import type { Inbound } from '../../src/platforms/platform.ts';
import { CONNECTION } from '../load/app.ts';
import type { Said } from '../load/events.ts';
import { WEDNESDAY } from '../office/open.ts';

/** What people type most, and where; `nth` makes a line another one. */
export const COMMANDS: readonly { name: string; group?: boolean; text(said: Said, nth: number): string }[] = [
  { name: '走访（门牌、姓名）', group: true, text: (said) => said.text },
  { name: '走访（只有姓名）', text: (said) => `/走访 ${wordOf(said, 2)} 家里都好` },
  { name: '诉求', group: true, text: (said, nth) => `/诉求 ${wordOf(said, 1)} 楼道灯坏了${(nth % 5) + 2}天` },
  { name: '户', text: (said) => `/户 ${wordOf(said, 1)} ${wordOf(said, 2)}` },
  { name: '我的', text: () => '/我的' },
  { name: '还差几户', text: () => '/还差几户' },
  { name: '日记', text: () => '/日记' },
  { name: '研判', text: () => '/研判' },
  { name: '制度', text: () => '/制度' },
  { name: '撤销', text: () => '/撤销' },
];

const wordOf = (said: Said, nth: number): string => said.text.split(' ')[nth] ?? '';

let ids = 0;

/** A line as the platform would hand it over, under an id of its own. */
export function message(said: Said, text: string, group: boolean): Inbound {
  ids += 1;
  return {
    kind: 'message',
    connection: CONNECTION,
    dedupeKey: `msg:om_growth_${ids}`,
    at: WEDNESDAY,
    messageId: `om_growth_${ids}`,
    chat: group ? { id: said.chatId, type: 'group' } : { id: `oc_p2p_${said.openId}`, type: 'p2p' },
    sender: { id: said.openId },
    text,
    mentionsBot: false,
    mentions: [],
  };
}
