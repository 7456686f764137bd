import { ApiError, badParam } from './errors.ts';
import { bytesOf, isObject, parseJson } from './json.ts';
import { linksOf, notRendered } from './markdown.ts';
import type { State } from './state.ts';
import type { Json, JsonObject } from './types.ts';

const MSG_PARAM_BYTES = 15_000;
const FILE_TYPES = ['xlsx', 'pdf', 'zip', 'rar', 'doc', 'docx'];

const range = (n: number): number[] => Array.from({ length: n }, (_, index) => index + 1);

/** Parameters of each msgKey (dingtalk.md 5.3); all of them are wanted, and no others. */
const KEYS: Record<string, { as: string; params: string[] }> = {
  sampleText: { as: 'text', params: ['content'] },
  sampleMarkdown: { as: 'markdown', params: ['title', 'text'] },
  sampleImageMsg: { as: 'image', params: ['photoURL'] },
  sampleLink: { as: 'link', params: ['text', 'title', 'picUrl', 'messageUrl'] },
  sampleActionCard: { as: 'actionCard', params: ['title', 'text', 'singleTitle', 'singleURL'] },
  ...Object.fromEntries(
    [2, 3, 4, 5].map((n) => [
      `sampleActionCard${n}`,
      {
        as: 'actionCard',
        params: ['title', 'text', ...range(n).flatMap((i) => [`actionTitle${i}`, `actionURL${i}`])],
      },
    ]),
  ),
  sampleActionCard6: {
    as: 'actionCard',
    params: ['title', 'text', 'buttonTitle1', 'buttonUrl1', 'buttonTitle2', 'buttonUrl2'],
  },
  sampleAudio: { as: 'audio', params: ['mediaId', 'duration'] },
  sampleFile: { as: 'file', params: ['mediaId', 'fileName', 'fileType'] },
  sampleVideo: { as: 'video', params: ['duration', 'videoMediaId', 'videoType', 'picMediaId'] },
};

const bad = (detail: string): ApiError => badParam('msgParam.invalid', detail);

/** Complains of what a client would show raw, and of addresses that open nothing. */
export function checkMarkdown(state: State, where: string, title: Json, text: Json): void {
  if (typeof title !== 'string' || title.trim() === '') throw bad(`${where}: title is empty`);
  if (typeof text !== 'string' || text.trim() === '') throw bad(`${where}: text is empty`);
  for (const what of notRendered(text)) state.complaints.push(`${where}: DingTalk does not render ${what}`);
  for (const link of linksOf(text)) checkUrl(state, where, link.url);
}

export function checkUrl(state: State, where: string, url: Json | undefined): void {
  if (typeof url !== 'string' || !/^(https?|dtmd|dingtalk):\/\/[^\s]+$/.test(url)) {
    throw bad(`${where}: ${JSON.stringify(url)} is no address`);
  }
  if (!url.startsWith('dtmd:')) return;
  const said = dtmdText(url);
  if (said === undefined || said === '') state.complaints.push(`${where}: ${url} says nothing`);
}

/** The text a `dtmd://` link makes the person say (4.6); undefined for other links. */
export function dtmdText(url: string): string | undefined {
  const found = /^dtmd:\/\/dingtalkclient\/sendMessage\?content=([^&]*)$/.exec(url);
  if (!found) return undefined;
  try {
    return decodeURIComponent(found[1] ?? '');
  } catch {
    return undefined;
  }
}

/** Checks msgKey and msgParam of the robot's API (5.2, 5.3) and says what kind of message they make. */
export function checkMsg(state: State, body: JsonObject): { msgType: string; content: JsonObject } {
  const { msgKey, msgParam } = body;
  const known = typeof msgKey === 'string' ? KEYS[msgKey] : undefined;
  if (!known) throw badParam('msgKey.invalid', String(msgKey));
  if (typeof msgParam !== 'string') throw bad('msgParam is not a string');
  if (bytesOf(msgParam) > MSG_PARAM_BYTES) throw new ApiError('invalidParameter.msgParam.tooLong');
  const content = parseJson(msgParam);
  if (!isObject(content)) throw bad('msgParam is not the JSON of an object');
  for (const name of known.params) {
    if (typeof content[name] !== 'string' || content[name] === '')
      throw bad(`${msgKey}: ${name} is missing, empty or no string`);
  }
  for (const name of Object.keys(content)) {
    const optional = known.as === 'video' && ['height', 'width'].includes(name);
    if (!known.params.includes(name) && !optional) throw bad(`${msgKey}: unknown parameter ${name}`);
  }
  const where = String(msgKey);
  if (known.as === 'markdown' || known.as === 'actionCard')
    checkMarkdown(state, where, content.title ?? '', content.text ?? '');
  for (const [name, value] of Object.entries(content)) {
    if (/^(singleURL|actionURL\d|buttonUrl\d|messageUrl)$/.test(name)) checkUrl(state, where, value);
    if (/mediaId$/i.test(name) && !state.media.has(String(value))) throw bad(`${where}: unknown ${name}`);
  }
  if (known.as === 'file' && !FILE_TYPES.includes(String(content.fileType)))
    throw bad(`sampleFile: fileType ${String(content.fileType)}`);
  for (const person of state.people.keys()) {
    if (msgParam.includes(`@${person}`))
      state.complaints.push(`${where}: @${person} names nobody in a message by the API (5.2)`);
  }
  return { msgType: known.as, content };
}
