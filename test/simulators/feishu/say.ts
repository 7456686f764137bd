import { isObject } from './card-rules.ts';
import type { Push } from './push.ts';
import type { Chat, State } from './state.ts';
import type { Delivery, Json, JsonObject, SayOptions, SimMessage, SimUser } from './types.ts';

type Mention = SimMessage['mentions'][number] & { bot: boolean };

/** `@name` in the text becomes the mention's key; who is not written there is put in front (2.1). */
function withMentions(
  state: State,
  text: string,
  options: SayOptions,
): { text: string; mentions: Mention[] } {
  const asked: Omit<Mention, 'key'>[] = [];
  if (options.mentionBot) asked.push({ openId: state.bot.openId, name: state.bot.name, bot: true });
  for (const user of options.mentions ?? []) asked.push({ openId: user.openId, name: user.name, bot: false });
  let out = text;
  const mentions = asked.map((each, index) => ({ ...each, key: `@_user_${index + 1}` }));
  for (const each of [...mentions].reverse()) {
    out = out.includes(`@${each.name}`) ? out.replace(`@${each.name}`, each.key) : `${each.key} ${out}`;
  }
  if (options.mentionAll) {
    mentions.push({ openId: '', name: '所有人', bot: false, key: '@_all' });
    out = `@_all ${out}`;
  }
  return { text: out, mentions };
}

function postContent(state: State, text: string, mentions: Mention[], pictures: number): JsonObject {
  const content: JsonObject[][] = text.split('\n').map((line) =>
    line
      .split(/(@_user_\d+|@_all)/)
      .filter((part) => part !== '')
      .map((part): JsonObject => {
        const who = mentions.find((each) => each.key === part);
        if (who) return { tag: 'at', user_id: part, user_name: who.name, style: [] };
        return { tag: 'text', text: part, style: [] };
      }),
  );
  for (let n = 0; n < pictures; n += 1) content.push([{ tag: 'img', image_key: state.id('img_v3_') }]);
  return { title: '', content };
}

function contentOf(state: State, type: string, text: string, mentions: Mention[], options: SayOptions): Json {
  switch (type) {
    case 'text':
      return { text };
    case 'post':
      return postContent(state, text, mentions, options.pictures ?? 0);
    case 'image':
      return { image_key: state.id('img_v3_') };
    case 'file':
      return { file_key: state.id('file_v3_'), file_name: text };
    case 'audio':
      return { file_key: state.id('file_v3_'), duration: 2000 };
    case 'sticker':
      return { file_key: state.id('file_v3_') };
    default:
      return 'Merged and Forwarded Message';
  }
}

export const ids = (person: { openId: string; unionId: string }): JsonObject => ({
  union_id: person.unionId,
  user_id: null,
  open_id: person.openId,
});

function mentionEvent(state: State, each: Mention): JsonObject {
  const unionId = each.bot ? state.bot.unionId : (state.people.get(each.openId)?.unionId ?? '');
  return {
    key: each.key,
    id: { union_id: unionId, user_id: null, open_id: each.openId },
    mentioned_type: each.bot ? 'bot' : 'user',
    name: each.name,
    tenant_key: state.tenantKey,
  };
}

/** A person's message: kept in the chat, and pushed as im.message.receive_v1 if the bot may hear it (2.1, 8.1). */
export async function say(
  state: State,
  push: Push,
  user: SimUser,
  chat: Chat,
  spoken: string,
  options: SayOptions = {},
): Promise<Delivery> {
  if (!chat.members.has(user.openId))
    throw new Error(`${user.name} is not in the chat ${chat.name || chat.id}`);
  const type = options.type ?? 'text';
  const { text, mentions } = withMentions(state, spoken, options);
  const content = contentOf(state, type, text, mentions, options);
  for (const key of ['image_key', 'file_key'])
    if (options.bytes && isObject(content) && typeof content[key] === 'string')
      state.bytes.set(content[key], options.bytes);
  const raw = options.rawContent ?? (typeof content === 'string' ? content : JSON.stringify(content));
  const at = options.createTime ?? state.now();
  const parentId = typeof options.replyTo === 'string' ? options.replyTo : options.replyTo?.id;
  const parent = state.messages.find((each) => each.id === parentId);
  const message: SimMessage = {
    id: options.messageId ?? state.id('om_'),
    from: 'user',
    senderId: user.openId,
    chatId: chat.id,
    chatType: chat.type,
    ...(chat.openId ? { openId: chat.openId } : {}),
    msgType: type,
    content,
    raw,
    attempts: 1,
    createdAt: at,
    updatedAt: at,
    history: [{ at, via: 'create', content }],
    edits: 0,
    deleted: false,
    ...(parentId ? { replyTo: parentId, rootId: parent?.rootId ?? parentId } : {}),
    inThread: false,
    reactions: [],
    mentions: mentions.map(({ key, openId, name }) => ({ key, openId, name })),
    mentionsAll: options.mentionAll === true,
  };
  if (!state.messages.some((each) => each.id === message.id)) state.messages.push(message);
  state.changed();

  const unheard =
    chat.type === 'group' &&
    (!chat.botIn || chat.dissolved || (state.groupScope === 'at' && !options.mentionBot));
  if (unheard) {
    const base = { eventId: '', eventType: 'im.message.receive_v1', messageId: message.id };
    return {
      ...base,
      pushed: false,
      status: 0,
      acked: false,
      body: undefined,
      ms: 0,
      why: 'not pushed to the bot',
    };
  }
  const delivery = await push.push('im.message.receive_v1', {
    sender: { sender_id: ids(user), sender_type: 'user', tenant_key: state.tenantKey },
    message: {
      message_id: message.id,
      ...(message.rootId ? { root_id: message.rootId, parent_id: parentId ?? '' } : {}),
      create_time: String(at),
      update_time: String(at),
      chat_id: chat.id,
      chat_type: chat.type,
      message_type: type,
      content: raw,
      ...(mentions.length > 0 ? { mentions: mentions.map((each) => mentionEvent(state, each)) } : {}),
    },
  });
  return { ...delivery, messageId: message.id };
}
