import { drawingFaults, shownTo } from './card-read.ts';
import { drawn, pick } from './face.ts';
import { isObject } from './json.ts';
import type { Push } from './push.ts';
import type { State } from './state.ts';
import { variableFaults } from './template.ts';
import type {
  Delivery,
  FoundField,
  Json,
  JsonObject,
  PressOptions,
  PressOutcome,
  SimCard,
  SimMessage,
  SimUser,
} from './types.ts';

/** What a person typed or chose, as the form component submits it (dingtalk.md 4.4). */
function submitted(field: FoundField, given: Json): Json {
  const index = (each: Json): number => {
    const found = field.options.findIndex((one) => one.value === each || one.text === each);
    if (found < 0) throw new Error(`field ${field.name} has no option ${JSON.stringify(each)}`);
    return found;
  };
  switch (field.type) {
    case 'SELECT':
    case 'CHECKBOX_GROUP': {
      const at = index(given);
      return { index: at, value: field.options[at]?.value ?? null };
    }
    case 'MULTI_SELECT':
    case 'MULTI_CHECKBOX_GROUP': {
      const at = (Array.isArray(given) ? given : [given]).map(index);
      return { index: at, value: at.map((each) => field.options[each]?.value ?? null) };
    }
    case 'CHECKBOX':
    case 'SWITCH':
      return given === true;
    default:
      return typeof given === 'number' ? given : String(given ?? '');
  }
}

const isEmpty = (value: Json | undefined): boolean =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);

function formOf(fields: FoundField[], given: Record<string, Json>): JsonObject {
  for (const name of Object.keys(given)) {
    if (!fields.some((each) => each.name === name))
      throw new Error(`the form has no field ${name}; it has ${fields.map((each) => each.name).join(', ')}`);
  }
  const form: JsonObject = {};
  for (const field of fields) {
    const value = given[field.name] ?? field.value;
    if (field.required && isEmpty(value))
      throw new Error(`field ${field.name} is required: the client would not submit`);
    if (!isEmpty(value)) form[field.name] = isObject(value) ? value : submitted(field, value ?? null);
  }
  return form;
}

/** Shows an answer's variables to the clicker alone (4.5); his private ones stay with him. */
function applyAnswer(
  state: State,
  message: SimMessage,
  card: SimCard,
  viewer: string,
  answer: JsonObject,
): void {
  const options = isObject(answer.cardUpdateOptions) ? answer.cardUpdateOptions : {};
  const complain = (what: string): void => {
    state.complaints.push(`card answer: ${what}`);
  };
  for (const key of Object.keys(answer)) {
    if (!['cardData', 'userPrivateData', 'cardUpdateOptions'].includes(key))
      complain(`unknown property ${key}`);
  }
  const map = (part: Json | undefined, name: string): Record<string, string> | undefined => {
    if (part === undefined) return undefined;
    const params = isObject(part) ? part.cardParamMap : undefined;
    if (!isObject(params)) {
      complain(`${name} without cardParamMap`);
      return undefined;
    }
    for (const [key, value] of Object.entries(params))
      if (typeof value !== 'string') complain(`${name}.${key} is no string`);
    return Object.fromEntries(Object.entries(params).map(([key, value]) => [key, String(value)]));
  };
  const data = map(answer.cardData, 'cardData');
  const own = map(answer.userPrivateData, 'userPrivateData');
  if (data) {
    const before = options.updateCardDataByKey === true ? (card.clicked[viewer] ?? card.data) : {};
    const shown = { ...before, ...data };
    for (const fault of drawingFaults(state.design, shown)) complain(fault);
    card.clicked[viewer] = shown;
  }
  if (own) {
    for (const fault of variableFaults(state.design, own, 'private')) complain(fault);
    const before = options.updatePrivateDataByKey === true ? card.privateData[viewer] : {};
    card.privateData[viewer] = { ...before, ...own };
  }
  const content = shownTo(card, viewer);
  if (data || own) message.history.push({ at: state.now(), via: 'callback', for: viewer, content });
  state.changed();
}

function refusal(delivery: Delivery): string | undefined {
  if (delivery.status === 0) return delivery.why ?? 'no answer in time';
  return delivery.status === 200 ? undefined : `status ${delivery.status}`;
}

/** Presses a button of a template card and applies the answer for the one who pressed (4.5). */
export async function press(
  state: State,
  push: Push,
  user: SimUser,
  message: SimMessage,
  what: string,
  options: PressOptions = {},
): Promise<PressOutcome> {
  const { card } = message;
  if (message.deleted) throw new Error('the message is recalled');
  if (!card) throw new Error('no template card: tap its links');
  if (!state.chats.get(message.chatId)?.members.has(user.staffId))
    throw new Error(`${user.name} does not see this card`);
  const { buttons, fields } = drawn(state, card, user.staffId);
  const button = pick(buttons, what);
  if (!button)
    throw new Error(`no button ${what} on the card:\n${JSON.stringify(shownTo(card, user.staffId))}`);
  if (button.url !== undefined) throw new Error(`the button ${button.label} only opens ${button.url}`);
  if (options.form && !button.submit) throw new Error(`the button ${button.label} submits no form`);
  const params: JsonObject = {
    ...button.params,
    ...(button.submit ? { form: formOf(fields, options.form ?? {}) } : {}),
  };
  const content = { cardPrivateData: { actionIds: [button.id ?? ''], params } };
  const event = push.make('card', 'card', {
    type: 'actionCallback',
    outTrackId: card.outTrackId,
    corpId: state.corpId,
    userId: user.staffId,
    userIdType: 1,
    // No conversation id is guaranteed here (4.5), so none is given.
    spaceId: state.id('').slice(0, 12),
    spaceType: 'IM',
    extension: '{}',
    content: JSON.stringify(content),
  });
  if (card.routeKey !== undefined) event.routeKey = card.routeKey;
  const asked = state.transport === 'stream' ? 'STREAM' : 'HTTP';
  if (card.callbackType !== asked) {
    state.complaints.push(`card with callbackType ${card.callbackType || 'none'} calls nobody back`);
    const why = 'the card calls nobody back';
    return { ...(await none(event.id)), why, error: why, message };
  }
  const delivery = await push.attempt(event);
  const error = refusal(delivery);
  if (error !== undefined) {
    state.complaints.push(`card answer: ${error}`);
    return { ...delivery, error, messageId: message.id, message };
  }
  const body = isObject(delivery.body) ? delivery.body : {};
  const answer = state.transport === 'stream' ? (isObject(body.response) ? body.response : {}) : body;
  applyAnswer(state, message, card, user.staffId, answer);
  const shown = shownTo(card, user.staffId);
  const toast = button.toast(shown);
  return { ...delivery, messageId: message.id, message, shown, ...(toast ? { toast } : {}) };
}

const none = async (eventId: string): Promise<Delivery> => ({
  eventId,
  eventType: 'card',
  pushed: false,
  status: 0,
  acked: false,
  body: undefined,
  ms: 0,
});
