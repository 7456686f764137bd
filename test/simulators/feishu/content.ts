import { checkCard } from './card-check.ts';
import { isObject } from './card-rules.ts';
import { ApiError, badCard } from './errors.ts';
import type { State } from './state.ts';
import type { Json, JsonObject } from './types.ts';

const TEXT_BYTES = 150 * 1024;
const RICH_BYTES = 30 * 1024;
const MEDIA: Record<string, string> = {
  image: 'image_key',
  file: 'file_key',
  audio: 'file_key',
  media: 'file_key',
  sticker: 'file_key',
};
/** Post elements on sending, with their own properties besides `tag` and `style` (message content page). */
const POST: Record<string, string[]> = {
  text: ['text', 'un_escape'],
  a: ['text', 'href'],
  at: ['user_id', 'user_name'],
  img: ['image_key'],
  media: ['file_key', 'image_key'],
  emotion: ['emoji_type'],
  hr: [],
  code_block: ['language', 'text'],
  md: ['text'],
};

const bad = (detail: string): ApiError => new ApiError(230001, detail);

export interface CheckedContent {
  content: Json;
  mentionsAll: boolean;
}

function parse(raw: Json | undefined): { text: string; value: JsonObject } {
  if (typeof raw !== 'string') throw bad('content is not a string');
  let value: Json;
  try {
    value = JSON.parse(raw) as Json;
  } catch {
    throw bad('content is not a string in json format');
  }
  if (!isObject(value)) throw bad('content is not a json object');
  return { text: raw, value };
}

function checkPost(state: State, value: JsonObject): void {
  const locales = Object.entries(value);
  if (locales.length === 0) throw bad('post without a locale');
  for (const [locale, body] of locales) {
    if (!/^[a-z]{2}_[a-z]{2}$/.test(locale))
      throw bad(`post: ${locale} is not a locale (a wrapper is needed on sending)`);
    if (!isObject(body) || !Array.isArray(body.content)) throw bad(`post: ${locale}.content is not an array`);
    for (const line of body.content) {
      for (const node of Array.isArray(line) ? line : [null]) {
        const props = isObject(node) ? POST[String(node.tag)] : undefined;
        if (!isObject(node) || !props) throw bad(`post: invalid element ${JSON.stringify(node)}`);
        for (const key of Object.keys(node)) {
          if (key !== 'tag' && key !== 'style' && !props.includes(key))
            throw bad(`post: unknown property ${key}`);
        }
        if (node.tag === 'at' && node.user_id !== 'all' && !state.people.has(String(node.user_id))) {
          throw bad(`post: unknown user ${String(node.user_id)}`);
        }
      }
    }
  }
}

/**
 * Checks message content by type (feishu.md 4.2): text up to 150 KB, post and cards up to 30 KB (230025), cards by
 * the allow-list, media only if the bot uploaded it (230017).
 */
export function checkContent(state: State, msgType: Json | undefined, raw: Json | undefined): CheckedContent {
  if (typeof msgType !== 'string') throw bad('msg_type is missing');
  const { text, value } = parse(raw);
  const bytes = Buffer.byteLength(text, 'utf8');
  if (bytes > (msgType === 'post' || msgType === 'interactive' ? RICH_BYTES : TEXT_BYTES))
    throw new ApiError(230025);

  if (msgType === 'text') {
    if (typeof value.text !== 'string' || value.text === '') throw bad('text is empty');
    for (const found of value.text.matchAll(/<at\s+user_id="([^"]*)"/g)) {
      const id = found[1] ?? '';
      if (id !== 'all' && !state.people.has(id)) throw bad(`text: unknown user ${id}`);
    }
    return { content: value, mentionsAll: /<at\s+user_id="all"/.test(value.text) };
  }
  if (msgType === 'post') {
    checkPost(state, value);
    return { content: value, mentionsAll: /"user_id":\s*"all"|<at[^>]*all/.test(text) };
  }
  if (msgType === 'interactive') {
    if (value.type === 'template')
      throw badCard(200380, 'template does not exist', JSON.stringify(value.data ?? null));
    if (value.type === 'card')
      throw badCard(200740, 'card entity does not exist', JSON.stringify(value.data ?? null));
    const card = checkCard(value, (id) => state.people.has(id) || id === state.bot.openId);
    return { content: card, mentionsAll: /<at\s+ids?=\\?["']?all/.test(text) };
  }
  if (msgType === 'share_chat' || msgType === 'share_user') return { content: value, mentionsAll: false };
  const keyName = MEDIA[msgType];
  if (keyName === undefined) throw bad(`unknown msg_type ${msgType}`);
  if (!state.botFiles.has(String(value[keyName]))) throw new ApiError(230017);
  return { content: value, mentionsAll: false };
}
