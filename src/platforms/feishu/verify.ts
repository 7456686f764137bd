import { timingSafeEqual } from 'node:crypto';
import { sha256, sha256Hex } from '../../lib/sha256.ts';
import type { RawRequest, Received } from '../platform.ts';
import { isObject, type JsonObject, obj, parseObject, str } from '../read.ts';
import { createDecrypt, sealedBytes } from './decrypt.ts';
import { AHEAD_AT_MOST_MS, STALE_AFTER_MS } from './limits.ts';
import { parseStamp } from './stamp.ts';

interface VerifyOptions {
  appId: string;
  encryptKey: string;
  verificationToken: string;
}

type Refused = Extract<Received, { kind: 'refused' }>;
type Verified = { kind: 'event'; envelope: JsonObject } | { kind: 'challenge'; challenge: string } | Refused;

/** Where an operator looks first: the sentence that goes to the log with a refusal (habit 12). */
const CHECK = {
  body: '请求体不是飞书推送的 JSON，可能是扫描器；若来自飞书，请检查中间的代理是否改动了请求体。',
  plain:
    '收到未加密的请求。请在开发者后台“事件与回调 › 加密策略”里设置 Encrypt Key，并与 FEISHU_ENCRYPT_KEY 一致。',
  key: '解密失败。请核对 FEISHU_ENCRYPT_KEY 与开发者后台“加密策略”里的 Encrypt Key。',
  signature: '签名不对。请核对 FEISHU_ENCRYPT_KEY，并检查中间的代理是否改动了请求体或丢了 X-Lark-* 请求头。',
  stale: '请求时间戳太旧或超前。请检查本机时钟；若时钟没错，可能是有人重放旧请求。',
  token: 'Verification Token 不对。请核对 FEISHU_VERIFICATION_TOKEN 与开发者后台“加密策略”里的一致。',
  app: 'app_id 不对：另一个应用的推送发到了这个地址。请核对 FEISHU_APP_ID 和开发者后台的请求地址。',
};

/**
 * Checks one pushed request on its raw bytes (feishu.md 1.9; decisions 1 and 2).
 * Only what was decrypted is believed; plaintext beside `encrypt` is not looked at.
 */
export function createVerifier(options: VerifyOptions): (request: RawRequest) => Verified {
  const decrypt = createDecrypt(options.encryptKey);
  const token = sha256(options.verificationToken);

  return function verify({ headers, body, now }) {
    const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
    const outer = parseObject(bytes.toString('utf8'));
    if (!outer) return refused(400, 'bad_body', CHECK.body);
    if (!('encrypt' in outer)) return refused(401, 'not_encrypted', CHECK.plain);
    const encrypted = str(outer, 'encrypt');
    const stamp = headers['x-lark-request-timestamp'];
    const nonce = headers['x-lark-request-nonce'];
    const signature = headers['x-lark-signature'];
    const signed = Boolean(stamp && nonce && signature);
    if (signed && !sameHex(signature ?? '', sign(`${stamp}${nonce}${options.encryptKey}`, bytes))) {
      return refused(401, 'bad_signature', CHECK.signature);
    }
    const sealed = sealedBytes(encrypted);
    if (!sealed) return refused(400, 'undecryptable', CHECK.key);

    const plain = decrypt(sealed);
    const envelope = plain === undefined ? undefined : parseObject(plain);
    if (!envelope) {
      // Unsigned, a different answer for bad padding would let anyone try ciphertexts until one fits.
      return signed ? refused(400, 'undecryptable', CHECK.key) : refused(401, 'unsigned', CHECK.signature);
    }
    const challenge = str(envelope, 'type') === 'url_verification';
    if (!signed && !challenge) return refused(401, 'unsigned', CHECK.signature);
    if (signed && isStale(stamp, envelope, now)) return refused(401, 'stale', CHECK.stale);
    if (!timingSafeEqual(sha256(tokenOf(envelope)), token)) return refused(401, 'bad_token', CHECK.token);
    if (challenge) return { kind: 'challenge', challenge: str(envelope, 'challenge') };
    if (appOf(envelope) !== options.appId) return refused(401, 'wrong_app', CHECK.app);
    return { kind: 'event', envelope };
  };
}

/** hex(SHA-256(timestamp ‖ nonce ‖ key ‖ raw body)): a plain hash, no HMAC, no separators (feishu.md 1.4). */
function sign(prefix: string, body: Buffer): string {
  // In one piece for the one call: a copy is cheaper than a second call.
  const length = Buffer.byteLength(prefix);
  const whole = Buffer.allocUnsafe(length + body.length);
  whole.write(prefix);
  whole.set(body, length);
  return sha256Hex(whole);
}

/** Compares without telling by its time how much was right; how long a signature is everybody knows. */
function sameHex(given: string, expected: string): boolean {
  const [one, other] = [Buffer.from(given, 'utf8'), Buffer.from(expected, 'utf8')];
  return one.length === other.length && timingSafeEqual(one, other);
}

/**
 * Decision 2. The header is signed, so it counts; a form of it that nobody has seen yet must not kill
 * every card press (feishu.md 1.8), so then the event's own time, which came encrypted, stands in.
 */
function isStale(stamp: string | undefined, envelope: JsonObject, now: number): boolean {
  const at = parseStamp(stamp) ?? parseStamp(obj(envelope, 'header').create_time ?? envelope.ts);
  return at === undefined || at < now - STALE_AFTER_MS || at > now + AHEAD_AT_MOST_MS;
}

/** v2 carries both in `header`; v1 the token on top and the app inside `event` (feishu.md 1.5, 1.6). */
function tokenOf(envelope: JsonObject): string {
  return isObject(envelope.header) ? str(envelope.header, 'token') : str(envelope, 'token');
}

function appOf(envelope: JsonObject): string {
  return isObject(envelope.header) ? str(envelope.header, 'app_id') : str(obj(envelope, 'event'), 'app_id');
}

function refused(status: 400 | 401, error: string, operator: string): Refused {
  return { kind: 'refused', status, error, operator };
}
