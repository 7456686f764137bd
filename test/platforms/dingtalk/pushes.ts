import { silentLog } from '../../../src/lib/log.ts';
import { createDingTalk } from '../../../src/platforms/dingtalk/index.ts';
import type { DingTalkOptions } from '../../../src/platforms/dingtalk/options.ts';
import { cardSecret } from '../../../src/platforms/dingtalk/verify.ts';
import type { Inbound, Platform, RawRequest, Received } from '../../../src/platforms/platform.ts';
import { cardSign, encryptEvent, eventSign, robotSign } from '../../simulators/dingtalk/index.ts';

export const CLIENT_ID = 'dingclient0001';
export const SECRET = 'client-secret-1';
export const AES_KEY = '4g5j64qlyl3zvetqxz5jiocdr586fn2zvjpa8zls3ij';
export const TOKEN = '123456';
/** 2026-11-18 15:00 +08:00. */
export const NOW = Date.UTC(2026, 10, 18, 7);
export const HOUR = 3_600_000;

/** The platform with its keys; no call leaves, for nothing listens at the base. */
export function dingtalk(options: Partial<DingTalkOptions> = {}): Platform {
  return createDingTalk({
    clientId: CLIENT_ID,
    clientSecret: SECRET,
    aesKey: AES_KEY,
    token: TOKEN,
    baseUrl: 'http://127.0.0.1:9',
    oapiUrl: 'http://127.0.0.1:9',
    mode: 'webhook',
    log: silentLog,
    now: () => NOW,
    ...options,
  });
}

export interface Forging {
  secret?: string;
  timestamp?: string;
  now?: number;
}

const bytes = (body: unknown) => Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));

/** A robot message as DingTalk signs it, or as a forger would. */
export function robotPush(body: unknown, how: Forging = {}): RawRequest {
  const { secret = SECRET, timestamp = String(NOW), now = NOW } = how;
  return { headers: { timestamp, sign: robotSign(timestamp, secret) }, body: bytes(body), now };
}

export function cardPush(body: unknown, how: Forging = {}): RawRequest {
  const { secret = cardSecret(SECRET), timestamp = String(NOW), now = NOW } = how;
  const headers = {
    'x-ddpaas-signature-timestamp': timestamp,
    'x-ddpaas-signature': cardSign(timestamp, secret),
  };
  return { route: 'card', headers, body: bytes(body), now };
}

export interface EventForging extends Forging {
  token?: string;
  key?: string;
  owner?: string;
  /** In place of the ciphertext. */
  encrypt?: string;
}

export function eventPush(event: unknown, how: EventForging = {}): RawRequest {
  const { token = TOKEN, key = AES_KEY, owner = CLIENT_ID, timestamp = String(NOW), now = NOW } = how;
  const text = typeof event === 'string' ? event : JSON.stringify(event);
  const encrypt = how.encrypt ?? encryptEvent(key, owner, text);
  const query = { msg_signature: eventSign(token, timestamp, 'n-1', encrypt), timestamp, nonce: 'n-1' };
  return { route: 'event', headers: {}, query, body: bytes({ encrypt }), now };
}

/** A text in a group, as in the fact sheet. */
export function message(over: object = {}): Record<string, unknown> {
  return {
    msgtype: 'text',
    text: { content: ' 走访 3号楼 张某' },
    msgId: 'msg-1',
    createAt: NOW - 1000,
    conversationType: '2',
    conversationId: 'cid1==',
    conversationTitle: '第一支部',
    senderId: '$:LWCP_v1:$sender',
    senderNick: '石小红',
    senderStaffId: 'staff1',
    senderCorpId: 'dingcorp',
    chatbotCorpId: 'dingcorp',
    chatbotUserId: '$:LWCP_v1:$robot',
    isInAtList: true,
    atUsers: [{ dingtalkId: '$:LWCP_v1:$robot' }],
    robotCode: CLIENT_ID,
    sessionWebhook: 'https://oapi.dingtalk.com/robot/sendBySession?session=s',
    sessionWebhookExpiredTime: NOW + 90 * 60_000,
    ...over,
  };
}

export const privately = {
  conversationType: '1',
  conversationId: 'cid9==',
  isInAtList: undefined,
  atUsers: undefined,
};

export function press(params: object, over: object = {}): Record<string, unknown> {
  return {
    type: 'actionCallback',
    outTrackId: 'track-1',
    corpId: 'dingcorp',
    userId: 'staff1',
    userIdType: 1,
    spaceId: 'staff1',
    spaceType: 'IM',
    content: JSON.stringify({ cardPrivateData: { actionIds: ['1'], params } }),
    ...over,
  };
}

export function inboundOf(received: Received): Inbound {
  if (received.kind !== 'inbound') throw new Error(`expected an inbound, got ${JSON.stringify(received)}`);
  return received.inbound;
}

export function verdict(received: Received): string {
  return received.kind === 'refused' ? `${received.status} ${received.error}` : received.kind;
}
