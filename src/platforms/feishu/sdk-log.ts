import type { Logger } from '@larksuiteoapi/node-sdk';
import type { Log } from '../../lib/log.ts';
import { isObject, obj, str } from '../read.ts';

/**
 * The SDK logs whole requests on failure, the app secret and residents' words among them (feishu.md 6.2).
 * This logger lets through: the beginning of a fixed sentence, and of objects only their codes.
 */
export function sdkLog(log: Log): Logger {
  const note = (level: 'debug' | 'warn' | 'error') => (messages: unknown) => {
    const parts = (Array.isArray(messages) ? messages.flat(3) : [messages]).map(harmless);
    log[level]({ sdk: 'feishu' }, parts.filter((part) => part !== '').join(' ') || '飞书 SDK');
  };
  // The SDK's "info" is advertising and life signs: fit for debugging only.
  return { error: note('error'), warn: note('warn'), info: note('debug'), debug() {}, trace() {} };
}

function harmless(part: unknown): string {
  if (typeof part === 'string') {
    const cut = part.split(/ (?:error|data|ws url): /)[0] ?? '';
    return cut.replace(/\?\S+/g, '?…').replace(/\s+/g, ' ').slice(0, 120);
  }
  if (!isObject(part)) return '';
  const response = obj(part, 'response');
  const data = obj(response, 'data');
  const codes = [part.code, response.status, data.code].filter(
    (code) => typeof code !== 'object' && code !== undefined,
  );
  return [str(part, 'name'), ...codes].join(' ').trim();
}
