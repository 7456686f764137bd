import type { Push } from './push.ts';
import type { Chat, Person, State } from './state.ts';
import type { Delivery, JsonObject, SayOptions, SimMessage, SimUser } from './types.ts';

/** How long a session webhook lives: 90 minutes in every official sample (dingtalk.md 1.3). */
const SESSION_MS = 5_400_000;
const PRIVATE_ONLY = ['audio', 'video', 'file'];

function keepFile(state: State, name: string, bytes: Uint8Array | undefined): string {
  const code = state.id('dl');
  state.files.set(code, { name, bytes: bytes ?? Buffer.from(`bytes of ${name}`) });
  return code;
}

/** The fields that hold what was said, by type (1.3, 1.4). */
function contentOf(state: State, type: string, text: string, options: SayOptions): JsonObject {
  const code = (name: string): string => keepFile(state, name, options.bytes);
  switch (type) {
    case 'picture': {
      const downloadCode = code('picture.png');
      return { content: { downloadCode, pictureDownloadCode: state.id('pc') } };
    }
    case 'richText': {
      const picture = {
        type: 'picture',
        downloadCode: code('picture.png'),
        pictureDownloadCode: state.id('pc'),
      };
      return { content: { richText: [...(text === '' ? [] : [{ text }]), picture] } };
    }
    case 'audio':
      return { content: { duration: 4000, downloadCode: code('audio.amr'), recognition: text } };
    case 'video':
      return { content: { duration: 4000, downloadCode: code('video.mp4'), videoType: 'mp4' } };
    case 'file':
      return { content: { downloadCode: code(text), fileName: text, spaceId: '1', fileId: state.id('') } };
    default:
      return { text: { content: text } };
  }
}

/** The bot's own @ is cut out and leaves a space; those of others stay as plain text (1.3). */
function spoken(text: string, bot: string, atBot: boolean, others: SimUser[]): string {
  const missing = others.filter((each) => !text.includes(`@${each.name}`)).map((each) => `@${each.name} `);
  const all = `${missing.join('')}${text}`;
  if (!atBot) return all;
  return all.includes(`@${bot}`) ? ` ${all.replace(`@${bot}`, '').trimStart()}` : ` ${all}`;
}

function bodyOf(
  state: State,
  person: Person,
  chat: Chat,
  message: SimMessage,
  said: JsonObject,
  options: SayOptions,
): JsonObject {
  const session = state.id('');
  state.sessions.set(session, { chatId: chat.id, expiresAt: state.now() + SESSION_MS });
  const group = chat.type === 'group';
  const at = [
    { dingtalkId: state.bot.dingtalkId },
    ...(options.mentions ?? []).flatMap((each) => {
      const who = state.people.get(each.staffId);
      return who ? [{ dingtalkId: who.dingtalkId, ...(who.outside ? {} : { staffId: who.staffId }) }] : [];
    }),
  ];
  return {
    msgtype: message.msgType,
    ...said,
    msgId: message.id,
    createAt: message.createdAt,
    conversationType: group ? '2' : '1',
    conversationId: chat.id,
    ...(group ? { conversationTitle: chat.name, isInAtList: true, atUsers: at } : {}),
    senderId: person.dingtalkId,
    senderNick: person.name,
    ...(state.published && !person.outside
      ? { senderStaffId: person.staffId, senderUnionId: person.unionId, isAdmin: false }
      : {}),
    senderCorpId: person.outside ? 'dingother0000000000' : state.corpId,
    senderPlatform: 'Android',
    chatbotCorpId: state.corpId,
    chatbotUserId: state.bot.dingtalkId,
    robotCode: state.robotCode,
    sessionWebhook: `${state.baseUrl}/robot/sendBySession?session=${session}`,
    sessionWebhookExpiredTime: state.now() + SESSION_MS,
  };
}

/** A person's message: kept in the chat, and pushed if the bot may hear it (1.5). */
export async function say(
  state: State,
  push: Push,
  user: SimUser,
  chat: Chat,
  text: string,
  options: SayOptions = {},
): Promise<Delivery> {
  const person = state.people.get(user.staffId);
  if (!person || !chat.members.has(user.staffId))
    throw new Error(`${user.name} is not in the chat ${chat.name || chat.id}`);
  const type = options.type ?? 'text';
  const atBot = options.at === true || options.mentionBot === true;
  const group = chat.type === 'group';
  if (group && PRIVATE_ONLY.includes(type)) throw new Error(`in groups nobody can @ with ${type} (1.4)`);
  const words = group ? spoken(text, state.bot.name, atBot, options.mentions ?? []) : text;
  const said = contentOf(state, type, words, options);
  const at = options.createTime ?? state.now();
  const message: SimMessage = {
    id: options.messageId ?? state.id('msg'),
    from: 'user',
    senderId: user.staffId,
    chatId: chat.id,
    chatType: chat.type,
    ...(chat.staffId ? { staffId: chat.staffId } : {}),
    msgType: type,
    via: 'user',
    content: type === 'text' ? { content: text } : (said.content ?? null),
    createdAt: at,
    updatedAt: at,
    history: [],
    deleted: false,
    at: (options.mentions ?? []).map((each) => each.staffId),
    atAll: false,
  };
  if (!state.messages.some((each) => each.id === message.id)) state.messages.push(message);
  state.changed();
  if (group && (!atBot || !chat.botIn || chat.dissolved)) return unheard('robot', message.id);
  if (options.replyTo && type === 'text') quote(said, options.replyTo);
  const body = bodyOf(state, person, chat, message, said, options);
  const event = push.make('robot', 'robot', options.twist ? options.twist(body) : body, message.id);
  return { ...(await push.attempt(event)), messageId: message.id };
}

/** A reply carries what it quotes; ids of the bot's messages are of another space (1.3, COMM). */
function quote(said: JsonObject, parent: SimMessage): void {
  const repliedMsg = {
    msgType: parent.msgType,
    msgId: parent.id,
    senderId: parent.senderId,
    createdAt: parent.createdAt,
  };
  Object.assign(said, {
    text: { ...(said.text as JsonObject), isReplyMsg: true, repliedMsg },
    originalMsgId: parent.id,
    ...(parent.from === 'bot' ? { originalProcessQueryKey: parent.id } : {}),
  });
}

export function unheard(eventType: string, messageId?: string): Delivery {
  return {
    eventId: '',
    eventType,
    ...(messageId === undefined ? {} : { messageId }),
    pushed: false,
    status: 0,
    acked: false,
    body: undefined,
    ms: 0,
    why: 'not pushed to the bot',
  };
}
