import { ACTION_KEY, PRIVATE_KEY } from '../../src/platforms/feishu/parse-action.ts';
import { encrypt, sign } from '../../test/simulators/feishu/crypto.ts';
import { APP } from './app.ts';

/** Somebody who types something in a group of his. */
export interface Said {
  openId: string;
  chatId: string;
  text: string;
}

/** Somebody who presses a button of a card in his private chat, with what he filled in where it is a form. */
export interface Press {
  openId: string;
  messageId: string;
  action: string;
  value: Record<string, string | number>;
  form?: Record<string, string>;
}

/** A whole HTTP request, ready to be written to a socket. */
export type Packed = Buffer;

/** Bytes of a request's body: what Feishu's own are about (performance.md). */
const BODY = 1_600;

/** One `im.message.receive_v1`, encrypted and signed as Feishu does it, every one with ids of its own. */
export function messageEvent(said: Said, id: string, now: number): string {
  return JSON.stringify({
    schema: '2.0',
    header: {
      event_id: `ev_${id}`,
      event_type: 'im.message.receive_v1',
      create_time: String(now),
      token: APP.token,
      app_id: APP.id,
      tenant_key: 'bench-tenant',
    },
    event: {
      sender: {
        sender_id: { union_id: `on_${said.openId}`, user_id: null, open_id: said.openId },
        sender_type: 'user',
        tenant_key: 'bench-tenant',
      },
      message: {
        message_id: `om_${id}`,
        create_time: String(now),
        update_time: String(now),
        chat_id: said.chatId,
        chat_type: 'group',
        message_type: 'text',
        content: JSON.stringify({ text: said.text }),
      },
    },
  });
}

/** A press of a button on a card (`card.action.trigger`). */
export function pressEvent(press: Press, id: string, now: number): string {
  return JSON.stringify({
    schema: '2.0',
    header: {
      event_id: `ev_${id}`,
      event_type: 'card.action.trigger',
      create_time: String(now),
      token: APP.token,
      app_id: APP.id,
      tenant_key: 'bench-tenant',
    },
    event: {
      operator: { open_id: press.openId, union_id: `on_${press.openId}`, tenant_key: 'bench-tenant' },
      token: `c-${id}`,
      action: {
        value: { [ACTION_KEY]: press.action, [PRIVATE_KEY]: 1, ...press.value },
        tag: 'button',
        ...(press.form ? { form_value: press.form } : {}),
      },
      host: 'im_message',
      context: { open_message_id: press.messageId, open_chat_id: `oc_p2p_${press.openId}` },
    },
  });
}

/** Encrypts, pads to a real event's size, signs, and writes the request out. */
export function pack(event: string, path: string, port: number, now: number): Packed {
  // Base64 of IV and padded blocks: three bytes of JSON become four of the body.
  const room = Math.floor((BODY - 40) * 0.75) - 32 - Buffer.byteLength(event);
  const padded = room > 12 ? `${event.slice(0, -1)},"padding":"${'x'.repeat(room - 13)}"}` : event;
  const body = JSON.stringify({ encrypt: encrypt(APP.encryptKey, padded) });
  const timestamp = String(Math.floor(now / 1000));
  const nonce = '123456789';
  return Buffer.from(
    [
      `POST ${path} HTTP/1.1`,
      `Host: 127.0.0.1:${port}`,
      'Content-Type: application/json;charset=utf-8',
      'User-Agent: Go-http-client/1.1',
      `X-Lark-Request-Timestamp: ${timestamp}`,
      `X-Lark-Request-Nonce: ${nonce}`,
      `X-Lark-Signature: ${sign(timestamp, nonce, APP.encryptKey, body)}`,
      `Content-Length: ${Buffer.byteLength(body)}`,
      '',
      body,
    ].join('\r\n'),
  );
}
