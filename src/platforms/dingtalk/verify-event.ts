import { randomBytes } from 'node:crypto';
import type { RawRequest } from '../platform.ts';
import { type JsonObject, parseObject, str } from '../read.ts';
import { sameText } from '../same-text.ts';
import { aesKeyOf, decrypt } from './decrypt.ts';
import { encrypt, eventSignature } from './encrypt.ts';
import { isStale, type Refused, refused } from './verify.ts';

const CHECK = {
  off: '收到钉钉的事件推送，但没有设置（或没有写对）DINGTALK_AES_KEY、DINGTALK_TOKEN。请从开发者后台“事件与回调”里抄来，或改用 Stream 模式。',
  body: '请求体不是钉钉推送的加密事件，可能是扫描器；若来自钉钉，请检查中间的代理是否改动了请求体。',
  unsigned: '事件推送没有签名，可能是扫描器；若来自钉钉，请检查中间的代理是否丢了地址里“?”后面的参数。',
  signature: '事件推送的签名不对。请核对 DINGTALK_TOKEN 与开发者后台“事件与回调”里的 Token。',
  stale: '事件推送的时间戳与本机相差超过1小时。请检查本机时钟；若时钟没错，可能是有人重放旧请求。',
  key: '事件解密失败。请核对 DINGTALK_AES_KEY 与开发者后台“事件与回调”里的 aes_key。',
  owner: '事件是发给另一个应用的。请核对 DINGTALK_CLIENT_ID 和开发者后台的请求地址。',
};

export interface EventGate {
  /** One pushed event, checked and decrypted; `check_url` as any other (dingtalk.md 3.1). */
  open(request: RawRequest): { kind: 'event'; event: JsonObject } | Refused;
  /** What DingTalk takes for an acknowledgement: an encrypted `success`, signed anew. */
  success(now: number): unknown;
}

/** Events by HTTP; without a token and a key that is one everything is refused. */
export function createEventGate(options: { clientId: string; aesKey?: string; token?: string }): EventGate {
  const { clientId, aesKey, token } = options;
  const key = aesKey ? aesKeyOf(aesKey) : undefined;
  if (!key || !token) return { open: () => refused(401, 'events_off', CHECK.off), success: () => ({}) };

  return {
    open({ query, body, now }) {
      const encrypted = str(parseObject(Buffer.from(body).toString('utf8')), 'encrypt');
      if (!encrypted) return refused(400, 'bad_body', CHECK.body);
      const { timestamp = '', nonce = '' } = query ?? {};
      const signature = query?.msg_signature ?? query?.signature ?? '';
      if (!timestamp || !nonce || !signature) return refused(401, 'unsigned', CHECK.unsigned);
      if (!sameText(signature, eventSignature(token, timestamp, nonce, encrypted)))
        return refused(401, 'bad_signature', CHECK.signature);
      if (isStale(timestamp, now)) return refused(401, 'stale', CHECK.stale);
      const plain = decrypt(key, encrypted);
      const event = plain && parseObject(plain.text);
      if (!event) return refused(400, 'undecryptable', CHECK.key);
      return sameText(plain.owner, clientId)
        ? { kind: 'event', event }
        : refused(401, 'wrong_app', CHECK.owner);
    },
    success(now) {
      const timeStamp = String(now);
      const nonce = randomBytes(8).toString('hex');
      const encrypted = encrypt(key, 'success', clientId);
      return {
        msg_signature: eventSignature(token, timeStamp, nonce, encrypted),
        timeStamp,
        nonce,
        encrypt: encrypted,
      };
    },
  };
}
