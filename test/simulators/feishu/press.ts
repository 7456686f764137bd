import { checkCard } from './card-check.ts';
import { callbackValue, components, findButton, formDefaults, type Placed } from './card-read.ts';
import { isObject } from './card-rules.ts';
import { ApiError } from './errors.ts';
import { chatOf, revise } from './messages.ts';
import type { Push } from './push.ts';
import type { State } from './state.ts';
import type {
  Delivery,
  FoundButton,
  Json,
  JsonObject,
  PressOptions,
  PressOutcome,
  SimMessage,
  SimUser,
} from './types.ts';

const INTERACTION_WINDOW_MS = 14 * 86_400_000;
const TOAST_TYPES = ['info', 'success', 'error', 'warning'];

const labelOf = (value: Json | undefined): string => (isObject(value) ? String(value.content ?? '') : '');

/** What a person typed or chose, as the client would submit it; a label stands for its option's value. */
function fieldValue({ node }: Placed, given: Json): Json {
  const name = String(node.name);
  const options = (Array.isArray(node.options) ? node.options : []).filter(isObject);
  const option = (each: Json): Json => {
    const found =
      options.find((one) => one.value === each) ?? options.find((one) => labelOf(one.text) === each);
    if (!found && options.length > 0) throw new Error(`field ${name} has no option ${JSON.stringify(each)}`);
    return found?.value ?? each;
  };
  switch (node.tag) {
    case 'input': {
      const max = Number(node.max_length ?? 1000);
      if ([...String(given)].length > max) throw new Error(`field ${name} takes ${max} characters`);
      return String(given);
    }
    case 'select_static':
    case 'select_person':
      return option(given);
    case 'multi_select_static':
    case 'multi_select_person':
      return (Array.isArray(given) ? given : [given]).map(option);
    case 'date_picker':
    case 'picker_time':
    case 'picker_datetime':
      return / [+-]\d{4}$/.test(String(given)) ? given : `${String(given)} +0800`;
    default:
      return given;
  }
}

function formValue(message: SimMessage, form: string, given: Record<string, Json>): JsonObject {
  const { values, required, names } = formDefaults(message.content, form);
  for (const [name, value] of Object.entries(given)) {
    const field = components(message.content).find(
      (each) => each.form?.name === form && each.node.name === name,
    );
    if (!names.includes(name) || !field)
      throw new Error(`form ${form} has no field ${name}; it has ${names.join(', ')}`);
    if (field.node.disabled === true) throw new Error(`field ${name} is disabled`);
    values[name] = fieldValue(field, value);
  }
  for (const name of required) {
    const value = values[name];
    if (value === undefined || value === '' || (Array.isArray(value) && value.length === 0)) {
      throw new Error(`field ${name} is required: the client would not submit`);
    }
  }
  return values;
}

function pressable(message: SimMessage, what: string | JsonObject): FoundButton {
  const button = findButton(message.content, what);
  if (!button)
    throw new Error(`no button ${JSON.stringify(what)} on the card:\n${JSON.stringify(message.content)}`);
  if (button.disabled) throw new Error(`the button ${button.label} is disabled`);
  return button;
}

/** Refuses the answer with the code a client would show (feishu.md 2.3), or returns what it says. */
function readAnswer(state: State, delivery: Delivery): Pick<PressOutcome, 'toast' | 'card' | 'error'> {
  const error = (code: number, reason: string) => ({ error: { code, reason } });
  if (delivery.status === 0)
    return error(
      delivery.why === 'timeout' || /ack/.test(delivery.why ?? '') ? 200341 : 200342,
      delivery.why ?? '',
    );
  if (delivery.status !== 200) return error(200671, `status ${delivery.status}`);
  const body = delivery.body ?? (state.transport === 'longconn' ? {} : undefined);
  if (!isObject(body)) return error(200672, 'the body is not a JSON object');
  for (const key of Object.keys(body)) {
    if (key !== 'toast' && key !== 'card') return error(200672, `unknown property ${key}`);
  }
  const { toast, card } = body;
  if (toast !== undefined) {
    const kind = isObject(toast) ? (toast.type ?? 'info') : '';
    if (!isObject(toast) || !TOAST_TYPES.includes(String(kind)) || typeof toast.content !== 'string') {
      return error(200672, 'invalid toast');
    }
  }
  const said = isObject(toast)
    ? { toast: { type: String(toast.type ?? 'info'), content: String(toast.content) } }
    : {};
  if (card === undefined) return said;
  if (!isObject(card) || card.type !== 'raw')
    return { ...said, ...error(200672, 'card must be {type:"raw",data}') };
  if (!isObject(card.data) || card.data.schema !== '2.0')
    return { ...said, ...error(200830, 'a 2.0 card needs a 2.0 card') };
  try {
    return { ...said, card: checkCard(card.data, (id) => state.people.has(id) || id === state.bot.openId) };
  } catch (failure) {
    if (!(failure instanceof ApiError)) throw failure;
    return { ...said, ...error(200673, failure.message) };
  }
}

/** Pushes a click, then applies the answered card to the message. Never retried (1.7). */
async function trigger(
  state: State,
  push: Push,
  user: SimUser,
  message: SimMessage,
  action: JsonObject,
): Promise<PressOutcome> {
  if (message.deleted) throw new Error('the message is recalled');
  if (message.msgType !== 'interactive') throw new Error('the message is no card');
  if (!chatOf(state, message).members.has(user.openId))
    throw new Error(`${user.name} does not see this card`);
  if (state.now() - message.createdAt > INTERACTION_WINDOW_MS)
    throw new Error('the card is older than 14 days');
  const token = { token: state.id('c-'), messageId: message.id, madeAt: state.now(), uses: 0, usable: false };
  state.cardTokens.set(token.token, token);
  const event = push.make(
    'card.action.trigger',
    {
      operator: { tenant_key: state.tenantKey, open_id: user.openId, union_id: user.unionId },
      token: token.token,
      action: { ...action, timezone: 'Asia/Shanghai' },
      host: 'im_message',
      context: { open_message_id: message.id, open_chat_id: message.chatId },
    },
    `${state.now()}123`,
  );
  const delivery = await push.attempt(event);
  token.usable = true;
  const answer = readAnswer(state, delivery);
  if (answer.error) state.complaints.push(`card answer: ${answer.error.code} ${answer.error.reason}`);
  if (answer.card) {
    const raw = JSON.stringify(answer.card);
    revise(
      state,
      message,
      'callback',
      { content: answer.card, mentionsAll: /<at\s+ids?=\\?["']?all/.test(raw) },
      raw,
    );
  }
  return { ...delivery, ...answer, messageId: message.id, message };
}

export async function press(
  state: State,
  push: Push,
  user: SimUser,
  message: SimMessage,
  what: string | JsonObject,
  options: PressOptions = {},
): Promise<PressOutcome> {
  const button = pressable(message, what);
  const found = components(message.content).some(
    ({ node }) => node.form_action_type === 'reset' && node.name === button.name && button.name,
  );
  if (found) throw new Error('a reset button calls nobody');
  const plain = Object.keys(button.value).length === 0 && !button.submit && button.option === undefined;
  if (plain && button.url !== undefined)
    throw new Error(`the button ${button.label} only opens ${button.url}`);
  if (options.form && !button.submit) throw new Error(`the button ${button.label} submits no form`);
  const action: JsonObject = {
    value: button.value,
    tag: button.tag,
    ...(button.name ? { name: button.name } : {}),
  };
  if (button.option !== undefined) action.option = button.option;
  if (button.submit && button.form) action.form_value = formValue(message, button.form, options.form ?? {});
  return trigger(state, push, user, message, action);
}

export async function choose(
  state: State,
  push: Push,
  user: SimUser,
  message: SimMessage,
  what: string,
  value: string | string[] | boolean,
): Promise<PressOutcome> {
  const field = components(message.content).find(({ node }) =>
    [node.name, labelOf(node.placeholder), labelOf(node.label), labelOf(node.text)].includes(what),
  );
  if (!field || ['button', 'overflow'].includes(String(field.node.tag))) throw new Error(`no field ${what}`);
  if (field.form) throw new Error(`field ${what} stands in a form: press its submit button`);
  if (field.node.disabled === true) throw new Error(`field ${what} is disabled`);
  const { tag, name } = field.node;
  const given = fieldValue(field, value);
  const key =
    tag === 'input'
      ? 'input_value'
      : tag === 'checker'
        ? 'checked'
        : Array.isArray(given)
          ? 'options'
          : 'option';
  return trigger(state, push, user, message, {
    value: callbackValue(field.node),
    tag: String(tag),
    ...(typeof name === 'string' ? { name } : {}),
    [key]: given,
  });
}
