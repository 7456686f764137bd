import { createHmac } from 'node:crypto';
import type { RawRequest, Received } from '../platform.ts';
import { sameText } from '../same-text.ts';

export type Refused = Extract<Received, { kind: 'refused' }>;

/** Both ways: DingTalk's own bound for messages, and ours for presses and events, which have none (dingtalk.md 1.2, 3.1, 4.5). */
const WINDOW_MS = 3_600_000;

/** Where an operator looks first: the sentence that goes to the log with a refusal. */
const CHECK = {
  robotUnsigned:
    '收到没有签名的机器人消息，可能是扫描器；若来自钉钉，请检查中间的代理是否丢了 timestamp、sign 请求头。',
  robotSign:
    '机器人消息的签名不对。请核对 DINGTALK_CLIENT_SECRET 与开发者后台“凭证与基础信息”里的 Client Secret。',
  cardUnsigned:
    '收到没有签名的卡片回调，可能是扫描器。若来自钉钉，请重启服务：启动时会带上密钥重新登记回调地址，钉钉才会签名。',
  cardSign: '卡片回调的签名不对，可能刚换过 Client Secret。请重启服务：启动时会重新登记卡片回调地址。',
  stale: '请求时间戳与本机相差超过1小时。请检查本机时钟；若时钟没错，可能是有人重放旧请求。',
};

export function refused(status: 400 | 401, error: string, operator: string): Refused {
  return { kind: 'refused', status, error, operator };
}

/**
 * A robot message's headers `timestamp` and `sign` (dingtalk.md 1.2), or why not. The body is not covered:
 * whoever caught one pair may say anything for an hour, hence TLS only, and every message counts once by its id.
 */
export function checkRobot({ headers, now }: RawRequest, clientSecret: string): Refused | undefined {
  const { timestamp = '', sign = '' } = headers;
  if (!timestamp || !sign) return refused(401, 'unsigned', CHECK.robotUnsigned);
  if (!sameText(sign, hmac(clientSecret, `${timestamp}\n${clientSecret}`)))
    return refused(401, 'bad_signature', CHECK.robotSign);
  return isStale(timestamp, now) ? refused(401, 'stale', CHECK.stale) : undefined;
}

/** A card press by HTTP: another formula over the time stamp alone (dingtalk.md 4.5), or why not. */
export function checkCard({ headers, now }: RawRequest, clientSecret: string): Refused | undefined {
  const timestamp = headers['x-ddpaas-signature-timestamp'] ?? '';
  const signature = headers['x-ddpaas-signature'] ?? '';
  if (!timestamp || !signature) return refused(401, 'unsigned', CHECK.cardUnsigned);
  if (!sameText(signature, hmac(cardSecret(clientSecret), timestamp)))
    return refused(401, 'bad_signature', CHECK.cardSign);
  return isStale(timestamp, now) ? refused(401, 'stale', CHECK.stale) : undefined;
}

/** The `apiSecret` under which our card callback is registered: derived, so that there is no secret more to keep. */
export function cardSecret(clientSecret: string): string {
  return createHmac('sha256', clientSecret).update('lianxin card callback', 'utf8').digest('base64url');
}

/** Epoch ms as digits; anything else is as good as stale. */
export function isStale(timestamp: string, now: number): boolean {
  return !/^\d{1,15}$/.test(timestamp) || Math.abs(now - Number(timestamp)) > WINDOW_MS;
}

function hmac(key: string, text: string): string {
  return createHmac('sha256', key).update(text, 'utf8').digest('base64');
}
