import { AppError } from '../../lib/errors.ts';
import { isObject, obj, parseObject } from '../read.ts';
import { CallError } from './call-error.ts';
import { classify } from './classify.ts';
import type { FeishuClient } from './client.ts';
import { DOWNLOAD_TIMEOUT_MS } from './limits.ts';

/** Recalled, deleted, expired, or not in that message (feishu.md 4.5 and the page of the call). */
const GONE = new Set(['230011', '230110', '234003', '234042']);
const TOO_LARGE = 'too_large';

/**
 * A picture or file of a received message. Rejects with an AppError where it never will be had, with the platform's
 * code where another time may do better.
 */
export async function download(
  call: FeishuClient['call'],
  file: { messageId: string; key: string; kind: 'image' | 'file' },
  maxBytes: number,
): Promise<Uint8Array> {
  const got = await call(async (client) => {
    try {
      const bytes = await client.request<ArrayBuffer>({
        method: 'GET',
        url: `/open-apis/im/v1/messages/${encodeURIComponent(file.messageId)}/resources/${encodeURIComponent(file.key)}`,
        params: { type: file.kind },
        responseType: 'arraybuffer',
        maxContentLength: maxBytes,
        timeout: DOWNLOAD_TIMEOUT_MS,
        signal: AbortSignal.timeout(DOWNLOAD_TIMEOUT_MS),
      });
      return { code: 0, bytes: new Uint8Array(bytes) };
    } catch (error) {
      throw readable(error);
    }
  });
  if (got.ok) return got.answer.bytes;
  const failure = classify(got.failure);
  if (got.failure.networkCode === TOO_LARGE)
    throw refusal(`文件太大了，最多${Math.floor(maxBytes / 1_048_576)}MB。请拆成几个再发。`, failure.code);
  if (failure.status !== 'failed' || got.tokenMissing) throw new CallError(got.failure);
  if (GONE.has(failure.code)) throw refusal('这个文件已经撤回或过期了，请重新发一次。', failure.code);
  if (failure.code === '99991672')
    throw refusal(
      '机器人还没有读取文件的权限。请管理员在开发者后台“权限管理”开通 im:message:readonly，发布版本后再发一次。',
      failure.code,
    );
  throw refusal(`飞书没有给这个文件（${failure.code}），请重新发一次。`, failure.code);
}

function refusal(userText: string, code: string): AppError {
  return new AppError('download', { userText, operatorText: `feishu refused a download: ${code}` });
}

/** An error's body comes as bytes too, and holds the code that decides. */
function readable(error: unknown): unknown {
  if (!isObject(error)) return error;
  if (/maxContentLength/.test(String(error.message))) return { code: TOO_LARGE };
  const response = obj(error, 'response');
  const { data } = response;
  if (!(data instanceof ArrayBuffer || ArrayBuffer.isView(data))) return error;
  const said = parseObject(textOf(data));
  return {
    code: error.code,
    response: { status: response.status, headers: response.headers, data: said ?? {} },
  };
}

function textOf(data: ArrayBuffer | ArrayBufferView): string {
  const bytes =
    data instanceof ArrayBuffer
      ? new Uint8Array(data)
      : new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  return Buffer.from(bytes).toString('utf8');
}
