import { drawingFaults } from './card-read.ts';
import { ApiError, badParam } from './errors.ts';
import { bytesOf, isObject } from './json.ts';
import { post } from './messages.ts';
import type { Call, Route } from './routes.ts';
import { type Chat, privateChat, type State } from './state.ts';
import { variableFaults } from './template.ts';
import type { Json, JsonObject, SimCard, SimMessage } from './types.ts';

const KEY_BYTES = 100;
const TOTAL_BYTES = 100 * 1024;

type Params = Record<string, string>;

/** A cardParamMap: every value a string, keys and sum within their sizes, private names only if flagged so (4.2). */
function paramsOf(state: State, part: Json | undefined, name: string, of: 'public' | 'private'): Params {
  const map = isObject(part) ? part.cardParamMap : undefined;
  if (!isObject(map)) throw badParam(name, 'cardParamMap is missing');
  const params: Params = {};
  for (const [key, value] of Object.entries(map)) {
    if (typeof value !== 'string') throw badParam(`${name}.cardParamMap`, `${key} is no string`);
    if (bytesOf(key) > KEY_BYTES) throw badParam(`${name}.cardParamMap`, `${key} is too long`);
    params[key] = value;
  }
  if (bytesOf(JSON.stringify(params)) > TOTAL_BYTES) throw badParam(`${name}.cardParamMap`, 'over 100 KB');
  for (const fault of variableFaults(state.design, params, of)) state.complaints.push(`card: ${fault}`);
  return params;
}

function privateOf(state: State, part: Json | undefined): Record<string, Params> {
  if (part === undefined) return {};
  if (!isObject(part)) throw badParam('privateData', 'no object');
  return Object.fromEntries(
    Object.entries(part).map(([user, each]) => {
      if (!state.people.has(user)) throw badParam('privateData', `unknown user ${user}`);
      return [user, paramsOf(state, each, `privateData.${user}`, 'private')];
    }),
  );
}

/** Complains of what a client could not draw. */
function drawable(state: State, data: Params): void {
  const known = new Set(variableFaults(state.design, data, 'public'));
  for (const fault of drawingFaults(state.design, data))
    if (!known.has(fault)) state.complaints.push(`card: ${fault}`);
}

interface Space {
  type: 'IM_GROUP' | 'IM_ROBOT';
  id: string;
}

/** `dtv1.card//IM_GROUP.<id>;IM_ROBOT.<id>`; the kind in capitals or small letters (4.2). */
function spacesOf(given: Json | undefined): Space[] {
  if (typeof given !== 'string' || given.length > 1000 || !given.startsWith('dtv1.card//'))
    throw badParam('openSpaceId', String(given));
  return given
    .slice('dtv1.card//'.length)
    .split(';')
    .map((each) => {
      const found = /^(IM_GROUP|IM_ROBOT)\.(.+)$/i.exec(each);
      if (!found) throw badParam('openSpaceId', each);
      return { type: (found[1] ?? '').toUpperCase() as Space['type'], id: found[2] ?? '' };
    });
}

/** Where a space is, or why nothing can be delivered there. */
function placeOf(state: State, space: Space, body: JsonObject): { chat: Chat } | { errorMsg: string } {
  const model = space.type === 'IM_GROUP' ? body.imGroupOpenDeliverModel : body.imRobotOpenDeliverModel;
  if (!isObject(model)) return { errorMsg: 'deliver model is missing' };
  if (space.type === 'IM_ROBOT') {
    if (model.spaceType !== 'IM_ROBOT') return { errorMsg: 'imRobotOpenDeliverModel.spaceType is missing' };
    const person = state.people.get(space.id);
    if (!person || person.outside || person.reach !== 'ok') return { errorMsg: 'user is not reachable' };
    return { chat: privateChat(state, space.id) };
  }
  if (model.robotCode !== state.robotCode) return { errorMsg: 'robotCode is not the one of the app' };
  const chat = state.chats.get(space.id);
  if (chat?.type !== 'group' || !chat.botIn || chat.dissolved || chat.stopped)
    return { errorMsg: 'robot is not in the group' };
  return { chat };
}

function atOf(state: State, model: Json | undefined, chat: Chat): { at: string[]; atAll: boolean } {
  const ids = isObject(model) && isObject(model.atUserIds) ? Object.keys(model.atUserIds) : [];
  for (const id of ids)
    if (id !== '@ALL' && !state.people.has(id))
      state.complaints.push(`card: unknown user ${id} in atUserIds`);
  return { at: ids.filter((id) => chat.members.has(id)), atAll: ids.includes('@ALL') };
}

function newCard(state: State, body: JsonObject): SimCard {
  const templateId = String(body.cardTemplateId ?? '');
  const template = state.templates.get(templateId);
  if (!template) throw new ApiError('param.templateNotExist', templateId);
  if (template.published === false) throw new ApiError('param.templateUnpublished', templateId);
  const callbackType = String(body.callbackType ?? '');
  if (!['', 'STREAM', 'HTTP'].includes(callbackType)) throw badParam('callbackType', callbackType);
  const routeKey = typeof body.callbackRouteKey === 'string' ? body.callbackRouteKey : undefined;
  if (callbackType === 'HTTP' && (routeKey === undefined || !state.callbacks.has(routeKey)))
    throw badParam('callbackRouteKey', 'not registered');
  const data = paramsOf(state, body.cardData, 'cardData', 'public');
  return {
    outTrackId: String(body.outTrackId),
    templateId,
    callbackType,
    ...(routeKey === undefined ? {} : { routeKey }),
    data: { ...data },
    privateData: privateOf(state, body.privateData),
    clicked: {},
  };
}

const cardsOf = (state: State, outTrackId: Json | undefined): SimMessage[] =>
  state.messages.filter((each) => each.card?.outTrackId === outTrackId);

function newTrackId(state: State, outTrackId: Json | undefined): string {
  if (typeof outTrackId !== 'string' || outTrackId === '' || outTrackId.length > 100)
    throw badParam('outTrackId', String(outTrackId));
  if (state.cards.has(outTrackId)) throw new ApiError('param.cardAlreadyExist', outTrackId);
  return outTrackId;
}

/** The first half of the split form: an instance that nobody sees before it is delivered (4.2). */
function createOnly({ state, body }: Call): Json {
  const outTrackId = newTrackId(state, body.outTrackId);
  state.cards.set(outTrackId, newCard(state, body));
  return { success: true, result: outTrackId };
}

function create({ state, body }: Call): Json {
  const outTrackId = newTrackId(state, body.outTrackId);
  if (body.userIdType !== undefined && body.userIdType !== 1) throw badParam('userIdType', 'ids are userIds');
  const spaces = spacesOf(body.openSpaceId);
  const card = newCard(state, body);
  drawable(state, card.data);
  state.cards.set(outTrackId, card);
  const deliverResults = spaces.map((space): JsonObject => {
    const place = placeOf(state, space, body);
    const base = { spaceType: space.type, spaceId: space.id };
    if ('errorMsg' in place) return { ...base, success: false, carrierId: '', errorMsg: place.errorMsg };
    const model = body.imGroupOpenDeliverModel;
    if (isObject(model) && Array.isArray(model.recipients)) card.recipients = model.recipients.map(String);
    const carrierId = state.id('pqk');
    const at = atOf(state, model, place.chat);
    post(state, place.chat, {
      id: carrierId,
      msgType: 'card',
      via: 'card',
      content: { ...card.data },
      card,
      ...at,
    });
    return { ...base, success: true, carrierId, errorMsg: '' };
  });
  return { success: true, result: { outTrackId, deliverResults } };
}

/** Without flags the whole map is replaced; everybody sees it, clickers too (4.3). */
function update({ state, body }: Call): Json {
  const messages = cardsOf(state, body.outTrackId);
  const card = state.cards.get(String(body.outTrackId));
  if (!card) throw new ApiError('param.cardNotExist', String(body.outTrackId));
  const options = isObject(body.cardUpdateOptions) ? body.cardUpdateOptions : {};
  for (const key of Object.keys(options)) {
    if (key !== 'updateCardDataByKey' && key !== 'updatePrivateDataByKey')
      throw badParam('cardUpdateOptions', key);
  }
  if (body.cardData !== undefined) {
    const data = paramsOf(state, body.cardData, 'cardData', 'public');
    card.data = options.updateCardDataByKey === true ? { ...card.data, ...data } : { ...data };
  }
  for (const [user, map] of Object.entries(privateOf(state, body.privateData))) {
    const before = options.updatePrivateDataByKey === true ? card.privateData[user] : undefined;
    card.privateData[user] = { ...before, ...map };
  }
  card.clicked = {};
  if (messages.length > 0) drawable(state, card.data);
  for (const message of messages) {
    message.content = { ...card.data };
    message.updatedAt = state.now();
    message.history.push({ at: state.now(), via: 'put', content: { ...card.data } });
  }
  state.changed();
  return { success: true, result: true };
}

/** One key, one address; without forceUpdate an existing registration stays and is answered (4.5). */
function register({ state, body }: Call): Json {
  const { callbackRouteKey: key, callbackUrl: url, apiSecret } = body;
  if (typeof key !== 'string' || key === '') throw badParam('callbackRouteKey', 'missing');
  if (typeof url !== 'string' || !/^https?:\/\//.test(url)) throw badParam('callbackUrl', String(url));
  const before = state.callbacks.get(key);
  if (before && body.forceUpdate !== true)
    return { success: true, result: { callbackUrl: before.url, apiSecret: before.apiSecret ?? '' } };
  state.callbacks.set(key, { url, ...(typeof apiSecret === 'string' ? { apiSecret } : {}) });
  return { success: true, result: { callbackUrl: url, apiSecret: String(apiSecret ?? '') } };
}

const card = (method: string, path: string, run: Route['run']): Route => ({
  method,
  path: `/v1.0/card/${path}`,
  family: 'new',
  scope: 'Card.Instance.Write',
  run,
});

/** Interactive cards (dingtalk.md 4). */
export const cardRoutes: Route[] = [
  card('POST', 'instances/createAndDeliver', create),
  card('POST', 'instances', createOnly),
  card('PUT', 'instances', update),
  card('POST', 'callbacks/register', register),
];
