import { AppError } from '../../lib/errors.ts';
import { str } from '../read.ts';
import { classify, readThrown } from './classify.ts';
import type { DingTalkClient } from './client.ts';
import { DOWNLOAD_TIMEOUT_MS } from './limits.ts';
import type { MeteredClient } from './meter.ts';

export interface MediaOptions {
  robotCode: string;
  baseUrl: string;
  oapiUrl: string;
  callTimeoutMs?: number;
}

/**
 * The bytes of a picture or file somebody sent to the robot, by its downloadCode and a temporary address (dingtalk.md
 * 5.7). That address comes from outside, so only DingTalk's own stores are asked, and no redirect is followed.
 * @throws AppError `media_too_large`, `media_expired`, `media_unavailable`, with the sentence for who sent it.
 */
export async function download(
  options: MediaOptions,
  client: MeteredClient,
  fetch: DingTalkClient['fetch'],
  downloadCode: string,
  maxBytes: number,
): Promise<Uint8Array> {
  const asked = await client.call('POST', '/v1.0/robot/messageFiles/download', {
    downloadCode,
    robotCode: options.robotCode,
  });
  if (!asked.ok) {
    const failure = classify(asked.failure);
    throw failure.status === 'failed' ? expired(failure.code) : unavailable(failure.code);
  }
  const url = str(asked.answer, 'downloadUrl');
  if (!isStore(url, options)) throw unavailable('foreign_host');
  try {
    const response = await fetch(url, {
      method: 'GET',
      signal: AbortSignal.timeout(Math.max(options.callTimeoutMs ?? 0, DOWNLOAD_TIMEOUT_MS)),
    });
    if (response.status === 403 || response.status === 404) throw expired(`http_${response.status}`);
    if (response.status !== 200) throw unavailable(`http_${response.status}`);
    return await readUpTo(response, maxBytes);
  } catch (error) {
    throw error instanceof AppError ? error : unavailable(classify(readThrown(error)).code);
  }
}

/** Alibaba's object store (often plain http), DingTalk's hosts, or the host the configuration names. */
function isStore(text: string, { baseUrl, oapiUrl }: MediaOptions): boolean {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password) return false;
  if ([baseUrl, oapiUrl].some((base) => new URL(base).host === url.host)) return true;
  return url.port === '' && /\.(aliyuncs|dingtalk)\.com$/.test(url.hostname);
}

/** Counted while it comes in: a length that is announced may be wrong or missing. */
async function readUpTo(response: Response, maxBytes: number): Promise<Uint8Array> {
  if (Number(response.headers.get('content-length')) > maxBytes) throw tooLarge(maxBytes);
  const reader = response.body?.getReader();
  if (!reader) return new Uint8Array();
  const parts: Uint8Array[] = [];
  let size = 0;
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    size += part.value.byteLength;
    if (size > maxBytes) {
      await reader.cancel();
      throw tooLarge(maxBytes);
    }
    parts.push(part.value);
  }
  const whole = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.byteLength;
  }
  return whole;
}

const tooLarge = (maxBytes: number): AppError =>
  new AppError('media_too_large', {
    userText: `这个文件太大，最多${sizeOf(maxBytes)}。请拆成几个小的再发。`,
  });
const expired = (code: string): AppError =>
  new AppError('media_expired', {
    userText: '这个文件已经取不到了，可能过了有效期。请重新发一次。',
    operatorText: `dingtalk file ${code}`,
  });
const unavailable = (code: string): AppError =>
  new AppError('media_unavailable', {
    userText: '暂时取不到这个文件，请过几分钟再发一次。',
    operatorText: `dingtalk file ${code}`,
  });

function sizeOf(bytes: number): string {
  return bytes >= 1024 * 1024 ? `${Math.floor(bytes / 1024 / 1024)}MB` : `${Math.floor(bytes / 1024)}KB`;
}
