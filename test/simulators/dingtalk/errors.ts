import type { Json } from './types.ts';

/** Texts of the platform's codes, where the page of each call names one. */
const TEXTS: Record<string, string> = {
  InvalidAuthentication: '不合法的access_token',
  'Forbidden.AccessDenied.AccessTokenPermissionDenied': '没有调用该接口的权限',
  'Forbidden.AccessDenied.QpsLimitForAppkeyAndApi': '应用调用该接口的QPS超过限制',
  'Forbidden.AccessDenied.ApiCountLimitForOrg': '组织本月API调用次数已用完',
  'invalidParameter.robotCode.notExsit': '机器人不存在',
  'invalidParameter.robotCode.auth': 'robotCode与token不匹配',
  'invalidParameter.msgParam.tooLong': 'msgParam超过长度限制',
  'invalidParameter.userIds.overMax': 'userIds超过上限',
  'invalid.openConversationId': 'openConversationId不合法',
  'group.disbanded': '群已解散',
  'bot.stopped': '机器人已停用',
  'toomuch.msg': '发送消息过于频繁',
  'unknown.send.result': '发送结果未知',
  'param.cardAlreadyExist': '卡片已存在',
  'param.templateNotExist': '卡片模板不存在',
  'param.templateUnpublished': '卡片模板未发布',
  '40014': '不合法的access_token',
  '90018': '应用调用该接口的QPS超过限制',
  '90020': '组织本月API调用次数已用完',
  '300001': 'session 不存在',
  '130101': 'send too fast, exceed 20 times per minute',
  '460101': 'message too long, exceed 20000 bytes',
};

/** Codes that say where or when, not that the server sent something wrong; all others are complaints. */
const BLAMELESS = new Set<string | number>([
  'InvalidAuthentication',
  'Forbidden.AccessDenied.AccessTokenPermissionDenied',
  'Forbidden.AccessDenied.QpsLimitForAppkeyAndApi',
  'Forbidden.AccessDenied.ApiCountLimitForOrg',
  'invalidParameter.robotCode.notExsit',
  'group.disbanded',
  'bot.stopped',
  'toomuch.msg',
  'param.cardAlreadyExist',
  'param.templateNotExist',
  'param.templateUnpublished',
  'invalid.downloadCode',
  'invalidClientIdOrSecret',
  'invalidClient',
  'refused',
  40089,
  60011,
  60121,
  40014,
  90018,
  90020,
  300001,
  130101,
]);

/** An answer other than success: a word is answered the new way, a number the old way with HTTP 200 (5.10). */
export class ApiError extends Error {
  readonly code: string | number;
  readonly status: number;
  readonly extra: Record<string, Json>;

  constructor(
    code: string | number,
    detail = '',
    options: { status?: number; extra?: Record<string, Json> } = {},
  ) {
    const text = TEXTS[String(code)] ?? String(code);
    super(detail === '' ? text : `${text}: ${detail}`);
    this.code = code;
    this.status =
      options.status ?? (typeof code === 'number' ? 200 : code.startsWith('Forbidden.') ? 403 : 400);
    this.extra = options.extra ?? {};
  }

  /** True if a correct server would never have provoked it. */
  get blames(): boolean {
    return !BLAMELESS.has(this.code);
  }
}

/** A parameter that is missing or of another type than the page of the call says. */
export const badParam = (name: string, what: string): ApiError =>
  new ApiError(`invalidParameter.${name}`, what);
