import { choose, press } from './press.ts';
import type { Push } from './push.ts';
import { ids, say } from './say.ts';
import { type Chat, privateChat, type State } from './state.ts';
import type { Delivery, JsonObject, SimMessage, SimUser } from './types.ts';

/** Nothing is told to a bot that is not in the chat. */
const UNHEARD = {
  eventId: '',
  pushed: false,
  status: 0,
  acked: false,
  body: undefined,
  ms: 0,
  why: 'bot not in the chat',
};

/** People and chats, and what people do in them. */
export function createPeople(state: State, push: Push) {
  function chat(chatId: string): Chat {
    const found = state.chats.get(chatId);
    if (!found) throw new Error(`no such chat: ${chatId}`);
    return found;
  }

  function messageOf(message: SimMessage | string): SimMessage {
    const id = typeof message === 'string' ? message : message.id;
    const found = state.messages.find((each) => each.id === id);
    if (!found) throw new Error(`no such message: ${id}`);
    return found;
  }

  async function recall(user: SimUser, given: SimMessage | string): Promise<Delivery> {
    const message = messageOf(given);
    const own = message.senderId === user.openId;
    if (!own && chat(message.chatId).owner !== user.openId)
      throw new Error(`${user.name} may not recall this message`);
    message.deleted = true;
    message.deletedBy = user.openId;
    state.changed();
    return push.push('im.message.recalled_v1', {
      message_id: message.id,
      chat_id: message.chatId,
      recall_time: String(state.now()),
      recall_type: own ? 'message_owner' : 'group_owner',
    });
  }

  async function react(user: SimUser, message: SimMessage, emoji: string): Promise<Delivery> {
    message.reactions.push({ id: state.id(''), emoji, by: user.openId, at: state.now() });
    return push.push('im.message.reaction.created_v1', {
      message_id: message.id,
      reaction_type: { emoji_type: emoji },
      operator_type: 'user',
      user_id: ids(user),
      action_time: String(state.now()),
    });
  }

  function enter(user: SimUser): Promise<Delivery> {
    const own = privateChat(state, user.openId);
    const last = state.messages.filter((each) => each.chatId === own.id).at(-1);
    return push.push('im.chat.access_event.bot_p2p_chat_entered_v1', {
      chat_id: own.id,
      operator_id: ids(user),
      ...(last ? { last_message_id: last.id, last_message_create_time: String(last.createdAt) } : {}),
    });
  }

  function menu(user: SimUser, eventKey: string): Promise<Delivery> {
    return push.push('application.bot.menu_v6', {
      operator: { operator_name: user.name, operator_id: ids(user) },
      event_key: eventKey,
      timestamp: Math.floor(state.now() / 1000),
    });
  }

  function addUser(person: { name: string; openId?: string; unionId?: string }): SimUser {
    const openId = person.openId ?? state.id('ou_');
    const unionId = person.unionId ?? state.id('on_');
    state.people.set(openId, { openId, unionId, name: person.name, reach: 'ok' });
    const user: SimUser = {
      openId,
      unionId,
      name: person.name,
      say: (chatId, text, options) => say(state, push, user, chat(chatId), text, options),
      sayPrivately: (text, options) => say(state, push, user, privateChat(state, openId), text, options),
      press: (message, what, options) => press(state, push, user, message, what, options),
      choose: (message, what, value) => choose(state, push, user, message, what, value),
      menu: (eventKey) => menu(user, eventKey),
      recall: (message) => recall(user, message),
      react: (message, emoji) => react(user, message, emoji),
      enter: () => enter(user),
    };
    return user;
  }

  function addGroup(group: {
    name: string;
    members?: SimUser[];
    external?: boolean;
    withBot?: boolean;
  }): string {
    const id = state.id('oc_');
    const members = (group.members ?? []).map((each) => each.openId);
    state.chats.set(id, {
      id,
      type: 'group',
      name: group.name,
      members: new Set(members),
      botIn: group.withBot ?? false,
      botManager: false,
      external: group.external ?? false,
      dissolved: false,
      ...(members[0] ? { owner: members[0] } : {}),
    });
    return id;
  }

  /** The body the four membership events share (2.2); `name` is the chat's. */
  function membership(where: Chat, operator: SimUser | undefined): JsonObject {
    return {
      chat_id: where.id,
      operator_id: operator ? ids(operator) : { union_id: '', user_id: null, open_id: '' },
      external: where.external,
      operator_tenant_key: state.tenantKey,
      name: where.name,
      i18n_names: { zh_cn: where.name, en_us: '', ja_jp: '' },
    };
  }

  async function setBot(chatId: string, operator: SimUser, present: boolean): Promise<Delivery> {
    const where = chat(chatId);
    where.botIn = present;
    return push.push(`im.chat.member.bot.${present ? 'added' : 'deleted'}_v1`, membership(where, operator));
  }

  async function setMembers(
    chatId: string,
    users: SimUser[],
    operator: SimUser | undefined,
    present: boolean,
  ): Promise<Delivery> {
    const where = chat(chatId);
    for (const user of users) {
      if (present) where.members.add(user.openId);
      else where.members.delete(user.openId);
    }
    if (!where.botIn) return { ...UNHEARD, eventType: 'im.chat.member.user' };
    return push.push(`im.chat.member.user.${present ? 'added' : 'deleted'}_v1`, {
      ...membership(where, operator),
      users: users.map((each) => ({ name: each.name, tenant_key: state.tenantKey, user_id: ids(each) })),
    });
  }

  return { chat, addUser, addGroup, setBot, setMembers };
}
