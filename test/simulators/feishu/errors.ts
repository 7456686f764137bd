import type { Json } from './types.ts';

/** Texts of the platform's codes (feishu.md 4.4 and the official page of each call). */
const TEXTS: Record<number, string> = {
  9499: 'Bad Request',
  10003: 'invalid param',
  10014: 'app secret invalid',
  41050: 'no user authority error',
  99991400: 'request trigger frequency limit',
  99991661: 'Missing access token for authorization. Please make a request with token attached.',
  99991672: 'Access denied. One of the following scopes is required.',
  99991663: 'Invalid access token for authorization. Please make a request with token attached.',
  99991671: 'Invalid access token. The token must start with "t-" or "u-".',
  99992351: 'The id is not a valid open_id of this app.',
  99992354: 'The id is not a valid open_message_id.',
  99992402: 'field validation failed',
  230001: 'Your request contains an invalid request parameter.',
  230002: 'The bot can not be outside the group.',
  230009: 'Message has expired when recall message.',
  230011: 'The message is recalled.',
  230012: 'The bot is not the sender of the message.',
  230013: 'Bot has NO availability to this user.',
  230017: 'Bot is NOT the owner of the resource.',
  230020: 'This operation triggers the frequency limit.',
  230025: 'The length of the message content reaches its limit.',
  230026: 'No permission to recall this message.',
  230029: 'User has resigned.',
  230031: 'Message can only be modified within 14 days after sending.',
  230034: 'The receive_id is invalid.',
  230053: 'The user has stopped the bot from sending messages.',
  230054: 'This operation is not supported for this message type.',
  230071: 'The operator is not the sender of the message.',
  230072: 'The message has reached the number of times it can be edited.',
  210508: 'insufficient permission level',
  230099: 'Failed to create card content',
  230110: 'Action unavailable as the message has been deleted.',
  231001: 'reaction type is invalid.',
  231003: 'The message is not found, maybe not exist or deleted.',
  231007: 'The reaction is not found or not added by the operator.',
  231008: 'The operator has no access to the message.',
  232001: 'Your request contains an invalid request parameter.',
  232006: 'Your request specifies a chat_id which is invalid.',
  232009: 'Your request specifies a chat which has already been dissolved.',
  232011: 'Operator can NOT be out of the chat.',
  234001: 'Invalid request param.',
  234003: 'File not in message.',
  234004: 'App not in chat.',
  234043: 'Unsupported message type.',
  300020: 'invalid update token',
  300030: 'update token expired',
  300040: 'update token used too many times',
  200000: 'the card message has been recalled',
  40000000: 'duplicate slash command',
};

/** Codes that say where or when, not that the server sent something wrong; all others are complaints. */
const BLAMELESS = new Set([
  99991400, 99991663, 99991672, 230002, 230009, 230011, 230013, 230020, 230026, 230029, 230053, 230110,
  231003, 231008, 232009, 232011, 200000, 234004,
]);

/** An answer other than success; business errors are HTTP 400 unless the page says otherwise. */
export class ApiError extends Error {
  readonly code: number;
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly extra: Record<string, Json>;

  constructor(
    code: number,
    detail = '',
    options: { status?: number; headers?: Record<string, string>; extra?: Record<string, Json> } = {},
  ) {
    const text = TEXTS[code] ?? 'error';
    super(detail === '' ? text : code === 230099 ? `${text}, ext=${detail}` : `${text} ext=${detail}`);
    this.code = code;
    this.status = options.status ?? 400;
    this.headers = options.headers ?? {};
    this.extra = options.extra ?? {};
  }

  /** True if a correct server would never have provoked it. */
  get blames(): boolean {
    return !BLAMELESS.has(this.code);
  }
}

/** 99992402 with the field named, as the gateway answers a missing or mistyped parameter. */
export function badField(field: string, description: string): ApiError {
  return new ApiError(99992402, `${field}: ${description}`, {
    extra: { field_violations: [{ field, description }] },
  });
}

/** 230099 with the sub-code inside the message, where servers have to look for it (4.4). */
export function badCard(subCode: number, message: string, value: string): ApiError {
  return new ApiError(230099, `ErrCode: ${subCode}; ErrMsg: ${message}; ErrorValue: ${value}; `);
}
