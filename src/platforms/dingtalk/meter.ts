import type { JsonObject } from '../read.ts';
import type { Called, DingTalkClient } from './client.ts';

/** What an act took of the organisation's month (dingtalk.md 5.9). */
export interface Spent {
  calls: number;
  pushes: number;
}

/** The client seen by one act, which counts what it takes. */
export interface MeteredClient {
  call: DingTalkClient['call'];
  post(url: string, body: JsonObject): Promise<Called>;
  spent: Spent;
}

/** Refusals for haste are not counted by DingTalk, nor is what was never sent for want of a token. */
const counts = (called: Called): boolean =>
  called.ok || (!called.tokenMissing && !/QpsLimit|^90018$|^90002$/.test(called.failure.code));

export function metered(client: DingTalkClient, see: (called: Called) => void): MeteredClient {
  const spent: Spent = { calls: 0, pushes: 0 };
  return {
    spent,
    async call(method, path, body) {
      const called = await client.call(method, path, body);
      if (counts(called)) spent.calls += 1;
      see(called);
      return called;
    },
    async post(url, body) {
      const called = await client.post(url, body);
      if (counts(called)) spent.pushes += 1;
      return called;
    },
  };
}
