import { silentLog } from '../../../src/lib/log.ts';
import { createFeishu, type FeishuOptions } from '../../../src/platforms/feishu/index.ts';
import type { Inbound, Platform, RawRequest, Received } from '../../../src/platforms/platform.ts';
import { encrypt, sign } from '../../simulators/feishu/crypto.ts';

export const APP_ID = 'cli_a0123456789abcde';
export const KEY = 'test-encrypt-key';
export const TOKEN = 'vt-1';
/** 2026-11-18 15:00 +08:00. */
export const NOW = Date.UTC(2026, 10, 18, 7);

/** The platform with its key; no call leaves, for nothing listens at the base. */
export function feishu(options: Partial<FeishuOptions> = {}): Platform {
  return createFeishu({
    appId: APP_ID,
    appSecret: 'secret',
    encryptKey: KEY,
    verificationToken: TOKEN,
    baseUrl: 'http://127.0.0.1:9',
    mode: 'webhook',
    log: silentLog,
    now: () => NOW,
    ...options,
  });
}

export interface Packing {
  stamp?: string;
  key?: string;
  signed?: boolean;
  now?: number;
}

/** A request as Feishu sends it: encrypted, signed over the raw bytes. */
export function pack(payload: unknown, packing: Packing = {}): RawRequest {
  const text = typeof payload === 'string' ? payload : JSON.stringify(payload);
  return packRaw(JSON.stringify({ encrypt: encrypt(packing.key ?? KEY, text) }), packing);
}

/** The same for a body that is already there. */
export function packRaw(body: string, packing: Packing = {}): RawRequest {
  const { stamp = String(NOW / 1000), key = KEY, signed = true, now = NOW } = packing;
  const headers = {
    'x-lark-request-timestamp': stamp,
    'x-lark-request-nonce': 'n-1',
    'x-lark-signature': sign(stamp, 'n-1', key, body),
  };
  return { headers: signed ? headers : {}, body: Buffer.from(body), now };
}

export function envelope(type: string, event: object, header: object = {}): object {
  return {
    schema: '2.0',
    header: {
      event_id: 'ev-1',
      token: TOKEN,
      create_time: String(NOW),
      event_type: type,
      tenant_key: 'tk',
      app_id: APP_ID,
      ...header,
    },
    event,
  };
}

export function message(over: object = {}, sender: object = {}): object {
  return {
    sender: {
      sender_id: { open_id: 'ou_1', union_id: 'on_1', user_id: null },
      sender_type: 'user',
      ...sender,
    },
    message: {
      message_id: 'om_1',
      create_time: String(NOW - 1000),
      chat_id: 'oc_1',
      chat_type: 'group',
      message_type: 'text',
      content: '{"text":"/走访 3号楼 张某"}',
      ...over,
    },
  };
}

export function inboundOf(received: Received): Inbound {
  if (received.kind !== 'inbound') throw new Error(`expected an inbound, got ${JSON.stringify(received)}`);
  return received.inbound;
}

/** Through the front door: encrypted, signed, read. */
export function read(type: string, event: object, header: object = {}, platform = feishu()): Inbound {
  return inboundOf(platform.receive(pack(envelope(type, event, header))));
}
