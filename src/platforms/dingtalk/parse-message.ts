import { type From, unsupported } from '../from.ts';
import type { Inbound } from '../platform.ts';
import { isObject, type JsonObject, list, obj, str } from '../read.ts';
import { readMentions } from './parse-mentions.ts';
import { digest, epochMs, firstText } from './read.ts';

export interface ParseContext {
  connection: string;
  /** Epoch ms, where a message carries no time. */
  now: number;
  /** A sentence for the operator: what in the console makes this message useless. */
  note: (operator: string) => void;
}

/** What a push says once the month's allowance is gone: it comes without its words (dingtalk.md 1.6, 5.9). */
const QUOTA_CODES: readonly unknown[] = [20001, '20001'];
/** The inbound's type then; the office counts them. */
const QUOTA_EXHAUSTED = 'quota-exhausted';

const NOTE = {
  unpublished:
    '收到的机器人消息没有发送者编号，没法办理。请在开发者后台“版本管理与发布”里发布应用版本，并把使用者放进可见范围。',
  quota: '钉钉本月的推送额度用完了，收到的消息没有内容。请到开发者后台“用量管理”查看，或购买专业版、开发包。',
  foreign: '收到别的组织的人发来的消息，已忽略。',
};

interface Body {
  text: string;
  images?: string[];
  files?: { name: string; key: string }[];
}

/**
 * A robot message, the same by HTTP and Stream (dingtalk.md 1.3, 1.4): text, picture, rich text, in private also
 * speech by its recognised words and files. Total: whatever else comes is `unsupported` with its type.
 */
export function parseMessage(message: JsonObject, context: ParseContext): Inbound {
  const messageId = str(message, 'msgId');
  const type = str(message, 'msgtype');
  const from: From = {
    connection: context.connection,
    dedupeKey: `msg:${messageId || digest(message)}`,
    at: epochMs(message.createAt) ?? context.now,
  };
  if (isOutOfQuota(message)) {
    context.note(NOTE.quota);
    return unsupported(from, QUOTA_EXHAUSTED);
  }
  const ignored = unsupported(from, `robot/${type || 'empty'}`);
  const sender = str(message, 'senderStaffId');
  const chatId = str(message, 'conversationId');
  if (isForeign(message)) {
    context.note(NOTE.foreign);
    return ignored;
  }
  if (!sender) {
    context.note(NOTE.unpublished);
    return ignored;
  }
  const inGroup = str(message, 'conversationType') === '2';
  const body = chatId && messageId ? readBody(type, message) : undefined;
  if (!body || (!inGroup && isEmpty(body))) return ignored;

  const nick = str(message, 'senderNick');
  const title = str(message, 'conversationTitle');
  const replyTo = repliedTo(message);
  const { text, mentions } = inGroup
    ? readMentions(body.text, message)
    : { text: body.text.trim(), mentions: [] };
  return {
    ...from,
    kind: 'message',
    messageId,
    chat: inGroup
      ? { id: chatId, type: 'group', ...(title ? { name: title } : {}) }
      : { id: chatId, type: 'p2p' },
    // A nick may be of his own making; the directory tells the name (people.ts).
    sender: { id: sender, ...(nick ? { alias: nick } : {}) },
    text,
    // Only what calls the robot comes out of a group (dingtalk.md 1.5); the flag is not in every sample.
    mentionsBot: inGroup && message.isInAtList !== false,
    mentions,
    ...(replyTo ? { replyTo } : {}),
    ...(body.images ? { images: body.images } : {}),
    ...(body.files ? { files: body.files } : {}),
  };
}

function isOutOfQuota(message: JsonObject): boolean {
  if (QUOTA_CODES.includes(message.errorCode ?? message.errCode)) return true;
  const type = str(message, 'msgtype');
  return (type === '' || type === 'text') && message.text === undefined && message.content === undefined;
}

/** The robot lives in groups of its own organisation only (dingtalk.md 1.5); somebody else's ids mean nothing here. */
function isForeign(message: JsonObject): boolean {
  const theirs = str(message, 'senderCorpId');
  const ours = str(message, 'chatbotCorpId');
  return theirs !== '' && ours !== '' && theirs !== ours;
}

function isEmpty(body: Body): boolean {
  return body.text.trim() === '' && !body.images && !body.files;
}

function readBody(type: string, message: JsonObject): Body | undefined {
  const content = obj(message, 'content');
  const code = firstText(content, 'downloadCode', 'pictureDownloadCode');
  switch (type) {
    case 'text':
      return { text: str(obj(message, 'text'), 'content') || str(message, 'content') };
    case 'picture':
      return code ? { text: '', images: [code] } : undefined;
    case 'richText':
      return readRichText(list(content, 'richText'));
    case 'audio': {
      const words = str(content, 'recognition');
      return words.trim() ? { text: words } : undefined;
    }
    case 'file': {
      const name = str(content, 'fileName');
      return code && name ? { text: '', files: [{ name, key: code }] } : undefined;
    }
    default:
      return undefined;
  }
}

/** Words and pictures mixed; `@bot + screenshot` becomes one (dingtalk.md 1.4). */
function readRichText(pieces: unknown[]): Body | undefined {
  const texts = pieces.filter(isObject).map((piece) => str(piece, 'text'));
  const images = pieces
    .map((piece) => firstText(piece, 'downloadCode', 'pictureDownloadCode'))
    .filter((code) => code !== '');
  const text = texts.join('');
  if (!text.trim() && images.length === 0) return undefined;
  return { text, ...(images.length > 0 ? { images } : {}) };
}

/**
 * The message this one answers. What the robot sent is known by its processQueryKey, what people sent by msgId:
 * two spaces of ids (dingtalk.md, glossary).
 */
function repliedTo(message: JsonObject): string {
  const text = obj(message, 'text');
  const replied = obj(text, 'repliedMsg');
  return (
    str(message, 'originalProcessQueryKey') ||
    str(replied, 'msgId') ||
    str(message, 'originalMsgId') ||
    str(obj(message, 'quoteMessage'), 'msgId')
  );
}
