import { drawingFaults, fieldsOf, shownTo, templateButtons } from './card-read.ts';
import { isObject } from './json.ts';
import type { Push } from './push.ts';
import type { State } from './state.ts';
import type {
  Delivery,
  FoundButton,
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

function formOf(vars: Record<string, string>, given: Record<string, Json>): JsonObject {
  const fields = fieldsOf(vars);
  for (const name of Object.keys(given)) {
    if (!fields.some((each) => each.name === name))
      throw new Error(`the form has no field ${name}; it has ${fields.map((each) => each.name).join(', ')}`);
  }
  const form: JsonObject = {};
  for (const field of fields) {
    const value = given[field.name] ?? field.value;
    if (field.required && isEmpty(value))
      throw new Error(`field ${field.name} is required: the client would not submit`);
    if (!isEmpty(value)) form[field.name] = submitted(field, value ?? null);
  }
  return form;
}

function buttonOf(vars: Record<string, string>, what: string): FoundButton {
  const all = templateButtons(vars);
  const button =
    all.find((each) => each.label === what) ??
    all.find((each) => each.action === what) ??
    all.find((each) => each.label.includes(what));
  if (!button) throw new Error(`no button ${what} on the card:\n${JSON.stringify(vars)}`);
  return button;
}

/** Shows an answer's variables to the clicker alone (4.5). */
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
  if (!data && !own) return;
  const before = shownTo(card, viewer);
  const base = !data || options.updateCardDataByKey === true ? { ...before, ...data } : data;
  const shown = { ...base, ...own };
  for (const fault of drawingFaults(shown)) complain(fault);
  card.clicked[viewer] = shown;
  message.history.push({ at: state.now(), via: 'callback', for: viewer, content: shown });
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
  const vars = shownTo(card, user.staffId);
  const button = buttonOf(vars, what);
  if (button.url !== undefined) throw new Error(`the button ${button.label} only opens ${button.url}`);
  if (options.form && !button.submit) throw new Error(`the button ${button.label} submits no form`);
  const params: JsonObject = {
    action: button.action ?? '',
    value: JSON.stringify(button.value),
    ...(button.submit ? { form: formOf(vars, options.form ?? {}) } : {}),
  };
  const content = { cardPrivateData: { actionIds: [button.id ?? 'submit'], params } };
  const event = push.make('card', 'card', {
    type: 'actionCallback',
    outTrackId: card.outTrackId,
    corpId: state.corpId,
    userId: user.staffId,
    userIdType: 1,
    spaceId: message.chatType === 'group' ? message.chatId : user.staffId,
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
  const shown = card.clicked[user.staffId];
  return { ...delivery, messageId: message.id, message, ...(shown ? { shown } : {}) };
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
