import { NOT_SENT } from '../not-sent.ts';
import type { Delivery } from '../platform.ts';
import { isObject, type JsonObject, parseObject, str } from '../read.ts';
import { RETRY } from './limits.ts';

type Failure = Exclude<Delivery, { status: 'sent' }>;

/** What a call came to when it did not succeed (dingtalk.md 5.10). */
export interface CallFailure {
  /** DingTalk's `code` or `errcode` as text, '' when there was none. */
  code: string;
  /** HTTP status, 0 when no answer arrived. */
  httpStatus: number;
  /** Node's or undici's code, e.g. ECONNREFUSED, or `timeout`. */
  networkCode: string;
  /** The system call that failed, e.g. `connect`: then nothing was sent. */
  syscall: string;
  /** Not an API answer but the page or body that an address shut out gets. */
  shutOut: boolean;
}

const NOTHING: CallFailure = { code: '', httpStatus: 0, networkCode: '', syscall: '', shutOut: false };

/** HTTP 200 is not success: the old API and webhooks put their "no" into `errcode` (dingtalk.md 5.10). */
export function readAnswer(
  httpStatus: number,
  body: string,
): { answer: JsonObject } | { failure: CallFailure } {
  const answer = parseObject(body);
  const failed = (part: Partial<CallFailure>) => ({ failure: { ...NOTHING, httpStatus, ...part } });
  if (answer?.status === 1111) return failed({ code: '1111', shutOut: true });
  if (!answer) return failed({ shutOut: /^\s*</.test(body) && httpStatus < 500 });
  const errcode = answer.errcode;
  if (errcode !== undefined && errcode !== 0 && errcode !== '0') return failed({ code: String(errcode) });
  if (httpStatus < 200 || httpStatus >= 300) return failed({ code: str(answer, 'code') });
  return { answer };
}

/** What `fetch` threw, reduced to what decides; its message may hold an address and stays out. */
export function readThrown(error: unknown): CallFailure {
  const cause = isObject(error) && isObject(error.cause) ? error.cause : error;
  const first = isObject(cause) && Array.isArray(cause.errors) ? cause.errors[0] : cause;
  const name = isObject(error) ? str(error, 'name') : '';
  return {
    ...NOTHING,
    networkCode:
      name === 'TimeoutError' || name === 'AbortError' ? 'timeout' : codeOf(first) || codeOf(cause),
    syscall: str(first, 'syscall'),
  };
}

const codeOf = (thing: unknown): string => (isObject(thing) ? str(thing, 'code') : '');

const TOKEN = new Set(['invalidauthentication', 'invalidaccesstoken', '40014', '42001', '40001', '88']);

/** The token is expired, malformed or of another app: refresh once, then try again. */
export function isTokenFailure({ code, httpStatus }: CallFailure): boolean {
  return TOKEN.has(code.toLowerCase().replace(/[^a-z0-9]/g, '')) || (httpStatus === 401 && code !== '');
}

/** The template of our cards does not exist, is not published, or belongs to somebody else (dingtalk.md 4.2). */
export const isTemplateFailure = ({ code }: CallFailure): boolean => /template/i.test(code);
/** The app has no right to send cards: the same remedy as a template that is not there. */
export const isPermissionFailure = ({ code }: CallFailure): boolean => /PermissionDenied/i.test(code);
/** The same `outTrackId` again: the card stands there (dingtalk.md 4.2). */
export const isAlreadyThere = ({ code }: CallFailure): boolean => code === 'param.cardAlreadyExist';
/** A card's values are too long or too many. */
export const isTooBig = ({ code }: CallFailure): boolean =>
  /toolong|toolarge|overmax|overlimit|sizelimit/i.test(code.replace(/[._]/g, ''));

type Told = (code: string) => Failure;
const retry =
  (afterMs: number, name?: string): Told =>
  (code) => ({ status: 'retry', code: name ?? code, afterMs });
const failed =
  (reason: string): Told =>
  (code) => ({ status: 'failed', code, reason });

/** First match counts (dingtalk.md 5.2, 5.5, 5.9). */
const BY_CODE: readonly [RegExp, Told][] = [
  [/ApiCountLimitForOrg|^90020$/, retry(RETRY.quota, 'quota')],
  [/QpsLimit|^90018$|^90002$/, retry(RETRY.qps)],
  [/^toomuch\.msg$|^130101$|^410100$/, retry(RETRY.tooMuch)],
  [/^unknown\.send\.result$/, (code) => ({ status: 'unknown', code })],
  [/^1111$/, retry(RETRY.ip)],
  [/AccessDenied|^60011$|^60020$/, retry(RETRY.setting)],
  [/robotCode\.auth$/, retry(RETRY.setting)],
  [/^bot\.stopped$|^400102$/, retry(RETRY.setting)],
  [/robotCode\.notExs?is?t$|^400106$/, failed('机器人不在群里，或应用还没有发布版本')],
  [/^group\.disbanded$/, failed('群已解散')],
  [/openConversationId/, failed('找不到这个群')],
  [/msgParam\.tooLong|^460101$/, failed('内容太长')],
  [/userIds\.overMax/, failed('收信人太多')],
  [/staffId|userId/i, failed('找不到收信人，可能已离职或不在通讯录范围内')],
  [/contentUnsafe|^43010\d$/, failed('内容被安全策略拦下')],
  [/^serviceunavailable$|^systemerror$|^internalerror$/i, retry(RETRY.tooMuch)],
];

/**
 * Known not to have happened (retry or failed), or in doubt (decision 37). DingTalk's own "no" is believed; without
 * one only 429, 503, a page for addresses shut out, and failures before the request left are definite.
 */
export function classify(failure: CallFailure): Failure {
  const { code, httpStatus, networkCode, syscall, shutOut } = failure;
  const told = code ? BY_CODE.find(([pattern]) => pattern.test(code))?.[1](code) : undefined;
  if (told) return told;
  if (shutOut) return { status: 'retry', code: code || 'shut_out', afterMs: RETRY.ip };
  if (isTokenFailure(failure)) return { status: 'retry', code, afterMs: RETRY.setting };
  if (httpStatus === 429 || httpStatus === 503)
    return { status: 'retry', code: code || `http_${httpStatus}` };
  if (httpStatus >= 500) return { status: 'unknown', code: code || `http_${httpStatus}` };
  if (code || httpStatus >= 300)
    return { status: 'failed', code: code || `http_${httpStatus}`, reason: '钉钉拒绝了这条消息' };
  if (httpStatus > 0) return { status: 'unknown', code: `http_${httpStatus}` };
  if (NOT_SENT.has(networkCode) || syscall === 'connect' || syscall === 'getaddrinfo')
    return { status: 'retry', code: networkCode || syscall };
  return { status: 'unknown', code: networkCode || 'no_answer' };
}
