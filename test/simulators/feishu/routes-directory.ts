import { needScope } from './app.ts';
import { isObject } from './card-rules.ts';
import { ApiError, badField } from './errors.ts';
import type { Call, Route } from './routes.ts';
import type { Chat, Person, State } from './state.ts';
import type { Json, JsonObject } from './types.ts';

function inChat({ state, params }: Call): Chat {
  const chat = state.chats.get(params.id ?? '');
  if (!chat) throw new ApiError(232006);
  if (chat.dissolved) throw new ApiError(232009);
  if (!chat.botIn) throw new ApiError(232011);
  return chat;
}

function chatInfo(call: Call): Json {
  const chat = inChat(call);
  return {
    avatar: '',
    name: chat.name,
    description: '',
    owner_id_type: 'open_id',
    ...(chat.owner ? { owner_id: chat.owner } : {}),
    bot_manager_id_list: chat.botManager ? [call.state.appId] : [],
    group_message_type: 'chat',
    chat_mode: chat.type === 'p2p' ? 'p2p' : 'group',
    chat_type: 'private',
    chat_tag: 'inner',
    external: chat.external,
    tenant_key: call.state.tenantKey,
    user_count: String(chat.members.size),
    bot_count: '1',
    chat_status: 'normal',
  };
}

/** People only (bots are omitted); paged (feishu.md 4.6). */
function members(call: Call): Json {
  const chat = inChat(call);
  const type = call.query.get('member_id_type') ?? 'open_id';
  if (type !== 'open_id' && type !== 'union_id') throw new ApiError(232001, `member_id_type ${type}`);
  const size = Number(call.query.get('page_size') ?? 20);
  if (!Number.isInteger(size) || size < 1 || size > 100) throw badField('page_size', 'must be in 1..100');
  const token = call.query.get('page_token');
  const from = token
    ? Number(/^p(\d+)$/.exec(Buffer.from(token, 'base64').toString())?.[1] ?? Number.NaN)
    : 0;
  if (Number.isNaN(from)) throw new ApiError(232001, 'page_token');
  const all = [...chat.members]
    .map((openId) => call.state.people.get(openId))
    .filter((each) => each !== undefined);
  const end = from + size;
  return {
    items: all.slice(from, end).map((each) => ({
      member_id_type: type,
      member_id: type === 'open_id' ? each.openId : each.unionId,
      name: each.name,
      tenant_key: call.state.tenantKey,
    })),
    has_more: end < all.length,
    page_token: end < all.length ? Buffer.from(`p${end}`).toString('base64') : '',
    member_total: all.length,
  };
}

function person(state: State, id: string, type: string): Person {
  const found = [...state.people.values()].find(
    (each) => (type === 'union_id' ? each.unionId : each.openId) === id,
  );
  if (!found) throw new ApiError(99992351, id);
  if (found.reach === 'unavailable') throw new ApiError(41050);
  return found;
}

const asUser = (each: Person): JsonObject => ({
  open_id: each.openId,
  union_id: each.unionId,
  name: each.name,
  status: {
    is_frozen: false,
    is_resigned: each.reach === 'resigned',
    is_activated: true,
    is_exited: false,
    is_unjoin: false,
  },
});

const idType = (call: Call): string => call.query.get('user_id_type') ?? 'open_id';

function usersBatch(call: Call): Json {
  const ids = call.query.getAll('user_ids');
  if (ids.length < 1 || ids.length > 50) throw badField('user_ids', 'must have 1..50 items');
  return { items: ids.map((id) => asUser(person(call.state, id, idType(call)))) };
}

function usersBasic(call: Call): Json {
  const ids = Array.isArray(call.body.user_ids) ? call.body.user_ids : [];
  if (ids.length < 1 || ids.length > 10) throw badField('user_ids', 'must have 1..10 items');
  return {
    users: ids.map((id) => {
      const found = person(call.state, String(id), idType(call));
      return { user_id: id, name: found.name, i18n_name: { zh_cn: found.name } };
    }),
  };
}

function commandBody(body: JsonObject): JsonObject {
  const { command, description } = body;
  if (command !== undefined && (typeof command !== 'string' || command === '' || /[/\s]/.test(command))) {
    throw badField('command', 'no slash, no blank');
  }
  if (
    description !== undefined &&
    (!isObject(description) || typeof description.default_value !== 'string')
  ) {
    throw badField('description', 'description.default_value is required');
  }
  for (const key of Object.keys(body)) {
    if (!['command', 'description', 'icon'].includes(key)) throw badField(key, 'unknown field');
  }
  return body;
}

function slash(call: Call): JsonObject {
  needScope(call, 'application:app_slash_command:write');
  const found = call.state.slashCommands.find((each) => each.command_id === call.params.id);
  if (!found) throw badField('command_id', 'no such command');
  return found;
}

/** At most 100, names unique; no parameter schema (8.2). */
function addSlash(call: Call): Json {
  needScope(call, 'application:app_slash_command:write');
  const { state, body } = call;
  const checked = commandBody(body);
  if (typeof checked.command !== 'string' || !isObject(checked.description))
    throw badField('command', 'incomplete');
  if (state.slashCommands.length >= 100) throw new ApiError(9499, 'more than 100 commands');
  if (state.slashCommands.some((each) => each.command === checked.command)) throw new ApiError(40000000);
  const made: JsonObject = { command_id: state.id('cmd_'), ...checked };
  state.slashCommands.unshift(made);
  return made;
}

/** Tokens are had without a token (4.1). */
const tokenRoute: Route = {
  method: 'POST',
  path: '/open-apis/auth/v3/tenant_access_token/internal',
  open: true,
  answer: 'bare',
  run: ({ state, body }) => {
    if (typeof body.app_id !== 'string' || typeof body.app_secret !== 'string') throw new ApiError(10003);
    if (body.app_id !== state.appId) throw new ApiError(10003, 'app_id');
    if (body.app_secret !== state.appSecret) throw new ApiError(10014);
    const { token, expire } = state.tokens.issue();
    return { tenant_access_token: token, expire };
  },
};

const SLASH = '/open-apis/application/v7/app_slash_commands';

export const directoryRoutes: Route[] = [
  tokenRoute,
  { method: 'GET', path: '/open-apis/im/v1/chats/:id', answer: 'data', run: chatInfo },
  { method: 'GET', path: '/open-apis/im/v1/chats/:id/members', answer: 'data', run: members },
  { method: 'GET', path: '/open-apis/contact/v3/users/batch', answer: 'data', run: usersBatch },
  { method: 'POST', path: '/open-apis/contact/v3/users/basic_batch', answer: 'data', run: usersBasic },
  {
    method: 'GET',
    path: '/open-apis/contact/v3/users/:id',
    answer: 'data',
    run: (call) => ({ user: asUser(person(call.state, call.params.id ?? '', idType(call))) }),
  },
  { method: 'POST', path: SLASH, answer: 'data', run: addSlash },
  {
    method: 'GET',
    path: SLASH,
    answer: 'data',
    run: (call) => {
      needScope(call, 'application:app_slash_command:read', 'application:app_slash_command:write');
      return { items: call.state.slashCommands, has_more: false };
    },
  },
  {
    method: 'PATCH',
    path: `${SLASH}/:id`,
    answer: 'data',
    run: (call) => Object.assign(slash(call), commandBody(call.body)),
  },
  {
    method: 'DELETE',
    path: `${SLASH}/:id`,
    answer: 'data',
    run: (call) => {
      call.state.slashCommands.splice(call.state.slashCommands.indexOf(slash(call)), 1);
      return {};
    },
  },
  {
    method: 'POST',
    path: '/open-apis/im/v1/images',
    multipart: true,
    answer: 'data',
    run: ({ state }) => {
      const key = state.id('img_v3_');
      state.botFiles.set(key, 'image');
      return { image_key: key };
    },
  },
  {
    method: 'POST',
    path: '/open-apis/im/v1/files',
    multipart: true,
    answer: 'data',
    run: ({ state }) => {
      const key = state.id('file_v3_');
      state.botFiles.set(key, 'file');
      return { file_key: key };
    },
  },
];
