import { describeError, type Log } from '../lib/log.ts';
import { createDingTalk } from '../platforms/dingtalk/index.ts';
import { createFeishu } from '../platforms/feishu/index.ts';
import type { Platform } from '../platforms/platform.ts';
import type { Credentials } from './credentials.ts';

/** What a host gives every platform it makes. */
export interface PlatformHost {
  log: Log;
  now: () => number;
  httpsProxy?: string;
  /** Base of the addresses that platforms call back, the office's path included. */
  publicUrl?: string;
  /** Keeps a short-lived host awake for work that nobody waits for. */
  background?: (work: Promise<unknown>) => void;
  /** Told once when cards cannot be sent as they should; a sentence for administrators. */
  troubled?: (sentence: string) => void;
}

/** For telling the administrators what a platform has found out: nobody waits for it, and a failure goes to the log. */
export function logIfLost(telling: Promise<void>, log: Log): void {
  telling.catch((error: unknown) => {
    log.warn({ error: describeError(error) }, 'the administrators could not be told');
  });
}

/**
 * One platform for each tenant of the credentials, Feishu first. Nothing is opened or called yet. `further`: a
 * connection beside the first of its platform, which has the address with its own id.
 */
export function makePlatforms(
  { feishu, dingtalk }: Pick<Credentials, 'feishu' | 'dingtalk'>,
  host: PlatformHost,
  further = false,
): Platform[] {
  const address = `${host.publicUrl}/webhook/dingtalk${further && dingtalk ? `/${dingtalk.clientId}` : ''}`;
  return [
    ...(feishu ? [createFeishu({ ...feishu, ...host })] : []),
    ...(dingtalk
      ? [createDingTalk({ ...dingtalk, ...host, cardUrl: host.publicUrl && `${address}/card` })]
      : []),
  ];
}
