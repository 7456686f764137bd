import { NOT_SENT } from '../not-sent.ts';
import type { Delivery } from '../platform.ts';
import { isObject, obj, str } from '../read.ts';

type Failure = Exclude<Delivery, { status: 'sent' }>;

/** Retry later: rate limits, "being sent", concurrent change (feishu.md 4.4). */
const BUSY = new Set([99991400, 230020, 11232, 11233, 230049, 232019]);

/** The token is missing, expired or malformed: refresh once, then try again (feishu.md 4.4). */
const TOKEN = new Set([99991661, 99991663, 99991671]);

/** The message to answer is gone or cannot be answered: a plain send takes its place (decision 40). */
const NO_PARENT = new Set([230011, 230110, 230019, 230050, 230071, 230072]);

/** The whole app is shut out (IP list, quota, bot ability off): an operator sets it right, nothing need be lost. */
const SETTING = new Set([99991401, 99991403, 230006]);
const SETTING_RETRY_MS = 10 * 60_000;

/** What a call came to when it did not succeed, whichever of the SDK's two ways it took (feishu.md 6.2). */
export interface CallFailure {
  /** Feishu's code, 0 when there was none. */
  code: number;
  /** HTTP status, 0 when no answer arrived. */
  httpStatus: number;
  /** Node's or axios' code, e.g. ECONNREFUSED. */
  networkCode: string;
  /** The system call that failed, e.g. `connect`: then nothing was sent. */
  syscall: string;
  resetAfterMs?: number;
}

/** A resolved answer with a code other than 0, or a rejection (an AxiosError) reduced to what decides. */
export function readFailure(thing: unknown): CallFailure {
  const error = isObject(thing) ? thing : {};
  const response = obj(error, 'response');
  const data = isObject(response.data) ? response.data : error;
  const reset = Number(obj(response, 'headers')['x-ogw-ratelimit-reset']);
  return {
    code: typeof data.code === 'number' ? data.code : 0,
    httpStatus: typeof response.status === 'number' ? response.status : 0,
    networkCode: str(error, 'code'),
    syscall: str(error, 'syscall') || str(obj(error, 'cause'), 'syscall'),
    ...(reset > 0 && reset < 3600 ? { resetAfterMs: reset * 1000 } : {}),
  };
}

export const isTokenFailure = (failure: CallFailure): boolean => TOKEN.has(failure.code);
export const isParentGone = (failure: CallFailure): boolean => NO_PARENT.has(failure.code);

/**
 * Known not to have happened (retry or failed), or in doubt (decision 37; feishu.md 4.4).
 * Feishu's own "no" is believed at any HTTP status; without one only 429, 503 and failures before
 * the request left are definite. Anything else may have had its effect.
 */
export function classify(failure: CallFailure): Failure {
  const { code, httpStatus, networkCode, syscall, resetAfterMs } = failure;
  if (code !== 0) {
    const name = String(code);
    if (BUSY.has(code) || httpStatus === 429 || httpStatus >= 500 || TOKEN.has(code)) {
      return { status: 'retry', code: name, ...(resetAfterMs ? { afterMs: resetAfterMs } : {}) };
    }
    if (SETTING.has(code)) return { status: 'retry', code: name, afterMs: SETTING_RETRY_MS };
    return { status: 'failed', code: name, reason: reasonOf(code) };
  }
  if (httpStatus === 429 || httpStatus === 503) {
    return {
      status: 'retry',
      code: `http_${httpStatus}`,
      ...(resetAfterMs ? { afterMs: resetAfterMs } : {}),
    };
  }
  if (httpStatus >= 400 && httpStatus < 500) {
    return { status: 'failed', code: `http_${httpStatus}`, reason: '飞书不接受这个请求' };
  }
  if (httpStatus > 0) return { status: 'unknown', code: `http_${httpStatus}` };
  if (NOT_SENT.has(networkCode) || syscall === 'connect' || syscall === 'getaddrinfo') {
    return { status: 'retry', code: networkCode || syscall };
  }
  return { status: 'unknown', code: networkCode || 'no_answer' };
}

const REASONS: [string, number[]][] = [
  ['机器人不在群里', [230002]],
  ['对方不在应用的可用范围', [230013]],
  ['对方已离职', [230029]],
  ['对方停用了机器人', [230053]],
  ['群里被禁言或机器人被屏蔽', [230035]],
  ['群已解散', [232009]],
  ['对方属于别的企业', [230038]],
  ['找不到收信人', [230034, 99992351, 99992361]],
  ['密聊不能发送', [230075]],
  ['内容太长', [230025]],
  ['内容被安全策略拦下', [230022, 230028]],
  ['卡片格式不对', [230099, 230098]],
  ['消息已撤回或删除', [230011, 230110]],
  ['消息超过14天，不能再更新', [230031]],
  ['不能改别人的消息', [230012]],
  ['没有权限撤回这条消息', [230026]],
  ['超过可撤回的时间', [230009]],
  ['没有权限，请在开发者后台“权限管理”里开通并发布版本', [230027, 99991672]],
  ['参数不对', [230001, 9499, 99992402]],
];

/** For the administrator's dead letter: what to look at, without a word of the message. */
function reasonOf(code: number): string {
  return REASONS.find(([, codes]) => codes.includes(code))?.[0] ?? '飞书拒绝了这条消息';
}
