import { type From, unsupported } from '../from.ts';
import { afterCall, closeGaps, needsName } from '../mention.ts';
import type { Inbound, MessageIn } from '../platform.ts';
import { isObject, type JsonObject, list, obj, parseObject, str } from '../read.ts';

interface Mention {
  key: string;
  id: string;
  name: string;
  bot: boolean;
}

interface Body {
  text: string;
  images: string[];
  files: { name: string; key: string }[];
}

/**
 * `im.message.receive_v1` (feishu.md 2.1): text, post and image, and in private chat files. Other bots' messages, what was recalled
 * before it arrived and every other kind of content are acknowledged and ignored (decision 4).
 */
export function parseMessage(from: From, event: JsonObject, botId: () => string | undefined): Inbound {
  const message = obj(event, 'message');
  const type = str(message, 'message_type');
  const sender = str(obj(obj(event, 'sender'), 'sender_id'), 'open_id');
  const chatId = str(message, 'chat_id');
  const messageId = str(message, 'message_id');
  const ignored = (): Inbound => unsupported(from, `im.message.receive_v1/${type || 'empty'}`);
  if (str(obj(event, 'sender'), 'sender_type') !== 'user' || !sender || !chatId || !messageId)
    return ignored();

  const body = readContent(type, parseObject(str(message, 'content')));
  const chatType = str(message, 'chat_type') === 'p2p' ? 'p2p' : 'group';
  // What hangs in a group is the group's own; nobody sends the bot a file there.
  if (!body || (body.files.length > 0 && chatType !== 'p2p')) return ignored();
  const mentions = list(message, 'mentions')
    .filter(isObject)
    .map((raw) => readMention(raw, botId));
  // Every field by its name: spreading them together takes as long as decrypting the event.
  const inbound: MessageIn = {
    connection: from.connection,
    dedupeKey: from.dedupeKey,
    at: from.at,
    kind: 'message',
    messageId,
    chat: { id: chatId, type: chatType },
    sender: { id: sender },
    text: stripMentions(body.text, mentions),
    mentionsBot: mentions.some((mention) => mention.bot),
    mentions: mentions.filter((mention) => !mention.bot && mention.id).map(({ id, name }) => ({ id, name })),
  };
  const replyTo = str(message, 'parent_id');
  if (replyTo) inbound.replyTo = replyTo;
  if (body.images.length > 0) inbound.images = body.images;
  if (body.files.length > 0) inbound.files = body.files;
  return inbound;
}

/** Until our own id is known any mentioned bot is taken for us: better one answer too many than none. */
function readMention(raw: JsonObject, ourId: () => string | undefined): Mention {
  const botId = ourId();
  const id = str(obj(raw, 'id'), 'open_id');
  const bot = botId === undefined ? str(raw, 'mentioned_type') === 'bot' : id === botId;
  return { key: str(raw, 'key'), id, name: str(raw, 'name'), bot };
}

function readContent(type: string, content: JsonObject | undefined): Body | undefined {
  if (!content) return undefined;
  if (type === 'text') {
    const text = str(content, 'text');
    return text.trim() ? { text, images: [], files: [] } : undefined;
  }
  if (type === 'image') {
    const key = str(content, 'image_key');
    return key ? { text: '', images: [key], files: [] } : undefined;
  }
  if (type === 'file') {
    const key = str(content, 'file_key');
    return key ? { text: '', images: [], files: [{ name: str(content, 'file_name'), key }] } : undefined;
  }
  if (type !== 'post') return undefined;
  const body = readPost(content);
  return body.text.trim() || body.images.length > 0 ? body : undefined;
}

/** A rich text as lines: its title, then one line a paragraph. A wrapper by language is unpacked (2.1: none on receive). */
function readPost(content: JsonObject): Body {
  const post = Array.isArray(content.content) ? content : (Object.values(content).find(isObject) ?? {});
  const images: string[] = [];
  const lines = [str(post, 'title')];
  for (const paragraph of list(post, 'content')) {
    let line = '';
    for (const node of Array.isArray(paragraph) ? paragraph : []) {
      if (str(node, 'tag') === 'img') images.push(str(node, 'image_key'));
      else line += str(node, 'tag') === 'at' ? ` ${str(node, 'user_id')} ` : str(node, 'text');
    }
    lines.push(line);
  }
  return {
    text: lines.filter((line) => line.trim() !== '').join('\n'),
    images: images.filter(Boolean),
    files: [],
  };
}

/** Feishu writes every mention as a place-holder; `@所有人` is `@_all` (feishu.md 2.1). */
const PLACEHOLDER = /(@_user_\d+|@_all)/;

/**
 * Takes the place-holders (`@_user_1`) out. A person's mention that the sentence needs stays as the plain
 * name, so that nothing typed is lost; who is only called by @ vanishes from the text (he stands in `mentions`).
 */
function stripMentions(text: string, mentions: Mention[]): string {
  const plain = closeGaps(PLACEHOLDER.test(text) ? withoutPlaceholders(text, mentions) : text);
  return mentions.some((mention) => mention.bot) ? afterCall(plain) : plain;
}

function withoutPlaceholders(text: string, mentions: Mention[]): string {
  const byKey = new Map(mentions.map((mention) => [mention.key, mention]));
  const parts = text.split(PLACEHOLDER);
  const out = parts.map((part, index) => {
    if (index % 2 === 0) return part;
    const mention = byKey.get(part);
    if (!mention || mention.bot || !mention.id) return ' ';
    return needsName(parts[index - 1] ?? '', parts[index + 1] ?? '') ? mention.name : ' ';
  });
  return out.join('');
}
