import { randomBytes } from 'node:crypto';
import { ApiError } from './errors.ts';
import type { Call, Route } from './routes.ts';
import type { Person } from './state.ts';
import type { Json } from './types.ts';

function credentials(call: Call, key: Json | undefined, secret: Json | undefined): void {
  const { state } = call;
  if (key === state.clientId && secret === state.clientSecret) return;
  throw new ApiError('invalidClientIdOrSecret', '', { status: 400 });
}

function newToken(call: Call): Json {
  credentials(call, call.body.appKey, call.body.appSecret);
  const { token, expireIn } = call.state.tokens.issue();
  return { accessToken: token, expireIn };
}

function corpToken(call: Call): Json {
  if (call.body.grant_type !== 'client_credentials') throw new ApiError('invalidParameter.grant_type');
  if (call.params.corpId !== call.state.corpId) throw new ApiError('invalidParameter.corpId');
  credentials(call, call.body.client_id, call.body.client_secret);
  const { token, expireIn } = call.state.tokens.issue();
  return { access_token: token, expires_in: expireIn };
}

function oldToken(call: Call): Json {
  const { state, query } = call;
  if (query.get('appkey') !== state.clientId || query.get('appsecret') !== state.clientSecret)
    throw new ApiError(40089, '不合法的appkey或appsecret');
  const { token, expireIn } = state.tokens.issue();
  return { errcode: 0, errmsg: 'ok', access_token: token, expires_in: expireIn };
}

const ok = (result: Json): Json => ({ errcode: 0, errmsg: 'ok', result, request_id: 'sim' });

const asUser = (person: Person): Json => ({
  userid: person.staffId,
  unionid: person.unionId,
  name: person.name,
  dept_id_list: [1],
  active: true,
  admin: false,
  boss: false,
});

function user({ state, body }: Call): Json {
  const person = state.people.get(String(body.userid));
  if (!person || person.outside || person.reach === 'resigned') throw new ApiError(60121, '找不到该用户');
  return ok(asUser(person));
}

function userByUnion({ state, body }: Call): Json {
  const person = [...state.people.values()].find((each) => each.unionId === body.unionid && !each.outside);
  if (!person) throw new ApiError(60121, '找不到该用户');
  return ok({ contact_type: 0, userid: person.staffId });
}

function listSimple({ state, body }: Call): Json {
  if (body.dept_id !== 1) throw new ApiError(60003, '部门不存在');
  const cursor = Number(body.cursor ?? 0);
  const size = Number(body.size ?? 100);
  if (!Number.isInteger(size) || size < 1 || size > 100) throw new ApiError(40035, 'size');
  const all = [...state.people.values()].filter((each) => !each.outside && each.reach !== 'resigned');
  const page = all.slice(cursor, cursor + size);
  const more = cursor + size < all.length;
  const list = page.map((each) => ({ userid: each.staffId, name: each.name }));
  return ok({ has_more: more, ...(more ? { next_cursor: cursor + size } : {}), list });
}

const TYPES: Record<string, { most: number; ends: RegExp }> = {
  image: { most: 20 * 1024 * 1024, ends: /\.(jpe?g|gif|png|bmp)"/i },
  voice: { most: 2 * 1024 * 1024, ends: /\.(amr|mp3|wav)"/i },
  video: { most: 20 * 1024 * 1024, ends: /\.mp4"/i },
  file: { most: 20 * 1024 * 1024, ends: /\.(docx?|xlsx?|pptx?|zip|pdf|rar)"/i },
};

/** Form parts are looked at just far enough to check kind, name and size (dingtalk.md 5.7). */
function upload({ state, bytes }: Call): Json {
  const head = bytes.toString('latin1');
  const type = /name="type"\r\n\r\n(\w+)/.exec(head)?.[1] ?? '';
  const rule = TYPES[type];
  if (!rule) throw new ApiError(40004, `type ${type}`);
  const media = /name="media"; filename="[^"\r\n]*"/.exec(head)?.[0];
  if (!media) throw new ApiError(40035, 'media is missing');
  if (!rule.ends.test(media)) throw new ApiError(40005, media);
  if (bytes.length > rule.most) throw new ApiError(40006, 'too large');
  const mediaId = `@l${randomBytes(8).toString('hex')}`;
  state.media.set(mediaId, type);
  return { errcode: 0, errmsg: 'ok', type, media_id: mediaId, created_at: state.now() };
}

/** Events that were given up; reading empties the list (3.2). */
function failedEvents({ state }: Call): Json {
  return { errcode: 0, errmsg: 'ok', has_more: false, failed_list: state.lost.splice(0) };
}

const CONTACTS = 'qyapi_get_member';

/** Tokens, contacts, media and the other calls of the old host (5.1, 5.7, 5.8). */
export const oapiRoutes: Route[] = [
  { method: 'POST', path: '/v1.0/oauth2/accessToken', family: 'open', free: true, run: newToken },
  { method: 'POST', path: '/v1.0/oauth2/:corpId/token', family: 'open', free: true, run: corpToken },
  { method: 'GET', path: '/gettoken', family: 'webhook', free: true, run: oldToken },
  { method: 'POST', path: '/topapi/v2/user/get', family: 'old', free: true, scope: CONTACTS, run: user },
  {
    method: 'POST',
    path: '/topapi/user/getbyunionid',
    family: 'old',
    free: true,
    scope: CONTACTS,
    run: userByUnion,
  },
  {
    method: 'POST',
    path: '/topapi/user/listsimple',
    family: 'old',
    free: true,
    scope: CONTACTS,
    run: listSimple,
  },
  { method: 'POST', path: '/media/upload', family: 'old', multipart: true, run: upload },
  {
    method: 'GET',
    path: '/call_back/get_call_back_failed_result',
    family: 'old',
    free: true,
    run: failedEvents,
  },
];
