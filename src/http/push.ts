import { describeError, type Log } from '../lib/log.ts';
import type { Platform, RawRequest } from '../platforms/platform.ts';
import { accepting, type EventSink, isCommitFailed } from './accept.ts';
import type { Address } from './address.ts';

/** Who takes the pushes of an office. */
export interface Takers {
  platforms: readonly Platform[];
  sink: EventSink;
}

export interface PushOptions {
  /** Those of the environment's office that are on; the others' addresses answer 404. */
  platforms: readonly Platform[];
  /** The office of the environment; absent where there is none. */
  sink?: EventSink;
  /** The offices by path (issue 3, point 5); undefined for one that is unknown or disabled. */
  offices?: (id: string) => Takers | undefined | Promise<Takers | undefined>;
  now: () => number;
  log: Log;
}

/** What goes back to the platform, as JSON. */
export interface Reply {
  status: 200 | 400 | 401 | 404 | 503;
  body: string;
}

/** One push, whole: what its sender wrote, whatever server took it off the wire. */
export type Push = Pick<RawRequest, 'headers' | 'query' | 'body'>;

/** Never rejects. */
export type Pushes = (address: Address, push: Push) => Promise<Reply>;

/** Decision 1: more than this is not an event, and is answered with 413 by who reads it. */
export const BODY_MAX = 1024 * 1024;

/**
 * The transport policy of every platform, for both hosts (decision 1): raw bytes in, and out one of 200, 400, 401, 404,
 * 503. The platform verifies and words the answers; the office decides. Whatever goes wrong in between is ours to look
 * at: 200, for pushing it again would meet the same error.
 */
export function createPushes({ platforms, sink, offices, now, log }: PushOptions): Pushes {
  const single = sink && { platforms, sink };

  return async ({ path, office, name, app, route }, { headers, query, body }) => {
    try {
      if (office !== undefined && !offices) return refusal(404, 'not_found');
      // Only a directory has to be waited for.
      const takers = office === undefined ? single : await offices?.(office);
      const platform = takers && named(takers.platforms, name, app);
      if (!platform) return refusal(404, 'platform_off');
      const request: RawRequest = { route, headers, query, body, now: now() };
      const received = platform.receive(request);
      if (received.kind === 'refused') {
        const { status, error, operator } = received;
        // Not `error`: there the log expects something thrown, and would name its type.
        log.warn({ platform: platform.name, status, code: error }, operator);
        return refusal(status, error);
      }
      if (received.kind === 'challenge') return accepted(received.body);
      const { inbound } = received;
      return accepted(platform.answer(inbound, await accepting(takers.sink, log)(inbound), request));
    } catch (error) {
      if (isCommitFailed(error)) return refusal(503, 'unavailable');
      log.error({ path, error: describeError(error) }, '请求处理出错');
      return accepted({});
    }
  };
}

function accepted(answer: unknown): Reply {
  return { status: 200, body: JSON.stringify(answer) };
}

function refusal(status: Exclude<Reply['status'], 200>, error: string): Reply {
  return { status, body: JSON.stringify({ error }) };
}

/** Without an app id the first of that platform; with one exactly that one. */
function named(
  platforms: readonly Platform[],
  name: Platform['name'],
  app: string | undefined,
): Platform | undefined {
  const connection = app === undefined ? undefined : `${name}:${app}`;
  return platforms.find(
    (platform) => platform.name === name && (connection === undefined || platform.connection === connection),
  );
}
