import { checkMsg } from './content.ts';
import { ApiError, badParam } from './errors.ts';
import { isStrings } from './json.ts';
import { checkRobot, groupOf, post, recall } from './messages.ts';
import type { Binary, Call, Route } from './routes.ts';
import { privateChat } from './state.ts';
import type { Json } from './types.ts';

/** How long a temporary address of a file lives; not stated by the platform (dingtalk.md 5.7). */
const DOWNLOAD_LIFE_MS = 10 * 60_000;

function onlyFields(call: Call, ...allowed: string[]): void {
  for (const key of Object.keys(call.body))
    if (!allowed.includes(key)) throw badParam(key, 'unknown parameter');
}

function sendGroup(call: Call): Json {
  const { state, body } = call;
  onlyFields(call, 'robotCode', 'openConversationId', 'msgKey', 'msgParam', 'coolAppCode');
  checkRobot(state, body.robotCode);
  const message = checkMsg(state, body);
  const chat = groupOf(state, body.openConversationId);
  state.rate.message();
  return { processQueryKey: post(state, chat, { id: state.id('pqk'), via: 'api', ...message }).id };
}

/** 1:1 sends are 200 even when some of the ids failed (5.2). */
function sendPeople(call: Call): Json {
  const { state, body } = call;
  onlyFields(call, 'robotCode', 'userIds', 'msgKey', 'msgParam');
  checkRobot(state, body.robotCode);
  const { userIds } = body;
  if (!isStrings(userIds) || userIds.length === 0) throw badParam('userIds', 'a list of ids');
  if (userIds.length > 20) throw new ApiError('invalidParameter.userIds.overMax');
  const message = checkMsg(state, body);
  state.rate.message();
  const processQueryKey = state.id('pqk');
  const invalidStaffIdList: string[] = [];
  const flowControlledStaffIdList: string[] = [];
  for (const staffId of userIds) {
    const person = state.people.get(staffId);
    if (!person || person.outside || person.reach === 'invalid' || person.reach === 'resigned')
      invalidStaffIdList.push(staffId);
    else if (person.reach === 'throttled') flowControlledStaffIdList.push(staffId);
    else post(state, privateChat(state, staffId), { id: processQueryKey, via: 'api', ...message });
  }
  return { processQueryKey, invalidStaffIdList, flowControlledStaffIdList };
}

function recallGroup({ state, body }: Call): Json {
  checkRobot(state, body.robotCode);
  const chat = groupOf(state, body.openConversationId);
  return recall(state, body.processQueryKeys, (each) => each.chatId === chat.id);
}

function recallPeople({ state, body }: Call): Json {
  checkRobot(state, body.robotCode);
  return recall(state, body.processQueryKeys, (each) => each.chatType === 'p2p');
}

function robotsOf({ state, body }: Call): Json {
  const chat = state.chats.get(String(body.openConversationId));
  if (chat?.type !== 'group' || chat.dissolved) throw new ApiError('invalid.openConversationId');
  return {
    chatbotInstanceVOList: chat.botIn ? [{ robotCode: state.robotCode, name: state.bot.name }] : [],
  };
}

function download({ state, body }: Call): Json {
  checkRobot(state, body.robotCode);
  const file = state.files.get(String(body.downloadCode));
  if (!file) throw new ApiError('invalid.downloadCode');
  const path = `/oss/${state.id('')}.file`;
  state.downloads.set(path, { bytes: file.bytes, expiresAt: state.now() + DOWNLOAD_LIFE_MS });
  return { downloadUrl: `${state.baseUrl}${path}?Expires=${Math.floor(state.now() / 1000) + 600}` };
}

function stored({ state, params }: Call): Binary {
  const file = state.downloads.get(`/oss/${params.name}`);
  if (!file || file.expiresAt <= state.now()) {
    const bytes = Buffer.from('<?xml version="1.0"?><Error><Code>AccessDenied</Code></Error>');
    return { type: 'application/xml', bytes, status: 403 };
  }
  return { type: 'application/octet-stream', bytes: file.bytes };
}

const SEND = 'qyapi_robot_sendmsg';
const robot = (path: string, scope: string, run: Route['run']): Route => ({
  method: 'POST',
  path: `/v1.0/robot/${path}`,
  family: 'new',
  scope,
  run,
});

/** What the robot does by the API: messages, recalls, files it was sent (5.2, 5.7, 6). */
export const robotRoutes: Route[] = [
  robot('groupMessages/send', SEND, sendGroup),
  robot('oToMessages/batchSend', SEND, sendPeople),
  robot('groupMessages/recall', SEND, recallGroup),
  robot('otoMessages/batchRecall', SEND, recallPeople),
  robot('groups/robots/query', SEND, robotsOf),
  robot('messageFiles/download', 'qyapi_robot_sendmsg', download),
  { method: 'GET', path: '/oss/:name', family: 'file', free: true, run: stored },
];
