import { press } from './press.ts';
import type { Push } from './push.ts';
import { say, unheard } from './say.ts';
import { type Chat, privateChat, type State } from './state.ts';
import { tap } from './tap.ts';
import type { Delivery, JsonObject, SimUser } from './types.ts';

/** People and chats, and what people do in them. */
export function createPeople(state: State, push: Push) {
  function chat(chatId: string): Chat {
    const found = state.chats.get(chatId);
    if (!found) throw new Error(`no such chat: ${chatId}`);
    return found;
  }

  function addUser(person: { name: string; staffId?: string; unionId?: string; outside?: boolean }): SimUser {
    const staffId = person.staffId ?? state.id('user').slice(0, 20);
    const unionId = person.unionId ?? state.id('un');
    state.people.set(staffId, {
      staffId,
      unionId,
      dingtalkId: `$:LWCP_v1:$${state.id('')}`,
      name: person.name,
      outside: person.outside ?? false,
      reach: 'ok',
    });
    const user: SimUser = {
      staffId,
      openId: staffId,
      unionId,
      name: person.name,
      say: (chatId, text, options) => say(state, push, user, chat(chatId), text, options),
      sayPrivately: (text, options) => say(state, push, user, privateChat(state, staffId), text, options),
      press: (message, what, options) => press(state, push, user, message, what, options),
      tap: (message, what) => tap(state, push, user, message, what),
    };
    return user;
  }

  function addGroup(group: { name: string; members?: SimUser[]; withBot?: boolean }): string {
    const id = `${state.id('cid')}==`;
    state.chats.set(id, {
      id,
      type: 'group',
      name: group.name,
      members: new Set((group.members ?? []).map((each) => each.staffId)),
      botIn: group.withBot ?? false,
      dissolved: false,
      stopped: false,
    });
    return id;
  }

  /** An event of the subscription, fields in camelCase (dingtalk.md 3.2, 6). */
  const event = (eventType: string, data: JsonObject): Promise<Delivery> =>
    push.attempt(push.make('event', eventType, data));

  const chatEvent = (eventType: string, where: Chat, operator: SimUser | undefined, more: JsonObject) =>
    event(eventType, {
      chatId: `chat${where.id.slice(3, 30)}`,
      openConversationId: where.id,
      corpId: state.corpId,
      operator: operator?.staffId ?? '',
      operatorUnionId: operator?.unionId ?? '',
      ...more,
    });

  const who = (users: SimUser[]): JsonObject => ({
    userId: users.map((each) => each.staffId),
    unionId: users.map((each) => each.unionId),
  });

  /** Added by a person in the client: nothing is told to anybody (6). */
  function setBot(chatId: string, present: boolean): void {
    chat(chatId).botIn = present;
  }

  /** Installed as a group cool app: the only way that tells the bot (6). */
  function coolApp(chatId: string, operator: SimUser, present: boolean): Promise<Delivery> {
    chat(chatId).botIn = present;
    return event(present ? 'im_cool_app_install' : 'im_cool_app_uninstall', {
      coolAppCode: 'COOLAPP-1-SIM',
      openConversationId: chatId,
      robotCode: state.robotCode,
      operator: operator.staffId,
      operateTime: state.now(),
    });
  }

  async function setMembers(
    chatId: string,
    users: SimUser[],
    operator: SimUser | undefined,
    present: boolean,
  ): Promise<Delivery> {
    const where = chat(chatId);
    for (const user of users) {
      if (present) where.members.add(user.staffId);
      else where.members.delete(user.staffId);
    }
    const quit = !present && operator !== undefined && users.every((each) => each === operator);
    const type = present ? 'chat_add_member' : quit ? 'chat_quit' : 'chat_remove_member';
    return where.botIn ? chatEvent(type, where, operator, who(users)) : unheard(type);
  }

  async function dissolve(chatId: string, operator?: SimUser): Promise<Delivery> {
    const where = chat(chatId);
    where.dissolved = true;
    return where.botIn ? chatEvent('chat_disband', where, operator, {}) : unheard('chat_disband');
  }

  async function rename(chatId: string, title: string, operator?: SimUser): Promise<Delivery> {
    const where = chat(chatId);
    where.name = title;
    return where.botIn
      ? chatEvent('chat_update_title', where, operator, { title })
      : unheard('chat_update_title');
  }

  return { chat, addUser, addGroup, event, setBot, coolApp, setMembers, dissolve, rename };
}
