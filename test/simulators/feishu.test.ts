import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Client, EventDispatcher, LoggerLevel, WSClient } from '@larksuiteoapi/node-sdk';
import { afterEach, describe, expect, it } from 'vitest';
import vectors from '../fixtures/feishu-vectors.json' with { type: 'json' };
import {
  createFeishuSim,
  type FeishuSim,
  type FeishuSimOptions,
  type JsonObject,
  signLegacyCard,
} from './feishu/index.ts';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

/** The SDK caches tokens per app id for the whole process, so each simulator gets an app of its own. */
let apps = 0;
async function start(options: FeishuSimOptions = {}): Promise<FeishuSim> {
  apps += 1;
  const sim = await createFeishuSim({ appId: `cli_${String(apps).padStart(16, 'a')}`, ...options });
  closers.push(() => sim.close());
  return sim;
}

const quiet = { error() {}, warn() {}, info() {}, debug() {}, trace() {} };
const client = (sim: FeishuSim): Client =>
  new Client({ appId: sim.appId, appSecret: sim.appSecret, domain: sim.baseUrl, logger: quiet });

const plain = (content: string): JsonObject => ({ tag: 'plain_text', content });
const card = (elements: JsonObject[], title = '走访已记'): JsonObject => ({
  schema: '2.0',
  header: { title: plain(title), template: 'green' },
  body: { elements },
});
const button = (label: string, value: JsonObject): JsonObject => ({
  tag: 'button',
  text: plain(label),
  behaviors: [{ type: 'callback', value }],
});

async function codeOf(
  call: Promise<unknown>,
): Promise<{ status: number; code: number; msg: string; reset?: string }> {
  try {
    await call;
  } catch (error) {
    const { response } = error as {
      response: { status: number; data: { code: number; msg: string }; headers: Record<string, string> };
    };
    const reset = response.headers['x-ogw-ratelimit-reset'];
    return {
      status: response.status,
      code: response.data.code,
      msg: response.data.msg,
      ...(reset ? { reset } : {}),
    };
  }
  return { status: 200, code: 0, msg: '' };
}

const sendText = (sim: FeishuSim, to: Client, chat: string, text: string, uuid?: string) =>
  to.im.v1.message.create({
    params: { receive_id_type: chat.startsWith('oc_') ? 'chat_id' : 'open_id' },
    data: {
      receive_id: chat,
      msg_type: 'text',
      content: JSON.stringify({ text }),
      ...(uuid ? { uuid } : {}),
    },
  });
const sendCard = (to: Client, openId: string, content: JsonObject) =>
  to.im.v1.message.create({
    params: { receive_id_type: 'open_id' },
    data: { receive_id: openId, msg_type: 'interactive', content: JSON.stringify(content) },
  });

type Hook = (
  payload: JsonObject,
  request: { headers: IncomingMessage['headers']; body: string },
) => { status?: number; json?: unknown; delayMs?: number };

/** A server that decrypts with the simulator's own functions and answers what the test says. */
async function webhook(sim: FeishuSim, hook: Hook): Promise<void> {
  const server: Server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const body = Buffer.concat(parts).toString('utf8');
    const outer = JSON.parse(body) as { encrypt?: string };
    const payload = JSON.parse(outer.encrypt ? sim.decrypt(outer.encrypt) : body) as JsonObject;
    const { status = 200, json = {}, delayMs = 0 } = hook(payload, { headers: request.headers, body });
    setTimeout(() => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(json));
    }, delayMs);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  closers.push(() => server.close());
  sim.connectWebhook({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhook/feishu` });
}

describe('vectors', () => {
  it('decrypts every ciphertext and encrypts the fixed ones to the same bytes', async () => {
    const sim = await start();
    for (const vector of [...vectors.decrypt, ...vectors.generated.decrypt]) {
      expect(sim.decrypt(vector.ciphertext, vector.encrypt_key)).toBe(vector.plaintext);
    }
    for (const vector of vectors.generated.decrypt) {
      const iv = Buffer.from(vector.iv_hex, 'hex');
      expect(sim.encrypt(vector.plaintext, vector.encrypt_key, iv)).toBe(vector.ciphertext);
    }
  });

  it('signs as the platform does', async () => {
    const sim = await start();
    for (const vector of vectors.generated.sign_sha256) {
      expect(sim.sign(vector.timestamp, vector.nonce, vector.body, vector.encrypt_key)).toBe(
        vector.signature,
      );
    }
    for (const vector of vectors.generated.sign_sha1_legacy_card) {
      const { timestamp, nonce, verification_token: token, body } = vector;
      expect(signLegacyCard(timestamp, nonce, token, body)).toBe(vector.signature);
    }
  });
});

describe('official Client', () => {
  it('sends, replies, patches, edits, reacts and recalls', async () => {
    const sim = await start();
    const lin = sim.addUser({ name: '林一' });
    const group = sim.addGroup({ name: '第一支部', members: [lin], withBot: true });
    const to = client(sim);

    const sent = await sendText(sim, to, group, '已记 · 3号楼 1户');
    expect(sent.data).toMatchObject({
      chat_id: group,
      msg_type: 'text',
      body: { content: '{"text":"已记 · 3号楼 1户"}' },
    });
    const replied = await to.im.v1.message.reply({
      path: { message_id: sent.data?.message_id ?? '' },
      data: { msg_type: 'text', content: '{"text":"收到"}' },
    });
    expect(replied.data?.parent_id).toBe(sent.data?.message_id);
    expect(sim.chat(group).texts()).toEqual(['已记 · 3号楼 1户', '收到']);

    const made = await sendCard(to, lin.openId, card([{ tag: 'markdown', content: '**低保**咨询&#42;' }]));
    expect(made.data?.chat_id).toBe(sim.private(lin).id);
    await to.im.v1.message.patch({
      path: { message_id: made.data?.message_id ?? '' },
      data: { content: JSON.stringify(card([button('撤销', { a: 'undo' })], '已撤销')) },
    });
    const shown = sim.private(lin).lastCard();
    expect(shown && sim.cardText(shown)).toBe('已撤销\n[撤销]');
    expect(shown?.history.map((each) => each.via)).toEqual(['create', 'patch']);

    await to.im.v1.message.update({
      path: { message_id: sent.data?.message_id ?? '' },
      data: { msg_type: 'text', content: '{"text":"已改"}' },
    });
    await to.im.v1.messageReaction.create({
      path: { message_id: sent.data?.message_id ?? '' },
      data: { reaction_type: { emoji_type: 'OK' } },
    });
    await to.im.v1.message.delete({ path: { message_id: replied.data?.message_id ?? '' } });
    expect(sim.chat(group).texts()).toEqual(['已改']);
    expect(sim.messages[0]?.reactions.map((each) => each.emoji)).toEqual(['OK']);
    expect(sim.messages).toHaveLength(3);
    const read = await to.im.v1.message.get({ path: { message_id: replied.data?.message_id ?? '' } });
    expect(read.data?.items?.[0]).toMatchObject({ deleted: true });
    expect(sim.complaints).toEqual([]);
  });

  it('pages the members of a chat, people only', async () => {
    const sim = await start();
    const users = ['甲', '乙', '丙'].map((name) => sim.addUser({ name }));
    const group = sim.addGroup({ name: '楼栋群', members: users, withBot: true });
    const to = client(sim);
    const names: (string | undefined)[] = [];
    for await (const page of await to.im.v1.chatMembers.getWithIterator({
      path: { chat_id: group },
      params: { page_size: 2 },
    })) {
      names.push(...(page?.items ?? []).map((each) => each.name));
    }
    expect(names).toEqual(['甲', '乙', '丙']);
    expect((await to.im.v1.chat.get({ path: { chat_id: group } })).data?.name).toBe('楼栋群');
    const info = (await to.request({ method: 'GET', url: '/open-apis/bot/v3/info' })) as {
      bot: { open_id: string };
    };
    expect(info.bot.open_id).toBe(sim.botOpenId);
    const basic = (await to.request({
      method: 'POST',
      url: '/open-apis/contact/v3/users/basic_batch',
      data: { user_ids: [users[1]?.openId] },
    })) as { data: { users: { name: string }[] } };
    expect(basic.data.users[0]?.name).toBe('乙');
  });

  it('answers one message for one uuid within the hour, a second one after it', async () => {
    const sim = await start({ clock: () => 1_800_000_000_000 });
    const lin = sim.addUser({ name: '林一' });
    const to = client(sim);
    const first = await sendText(sim, to, lin.openId, '一', 'u-1');
    await sim.advance(3_599_000);
    const again = await sendText(sim, to, lin.openId, '一', 'u-1');
    expect(again.data?.message_id).toBe(first.data?.message_id);
    expect(sim.messages).toHaveLength(1);
    expect(sim.messages[0]?.attempts).toBe(2);
    await sim.advance(2000);
    await sendText(sim, to, lin.openId, '一', 'u-1');
    expect(sim.messages).toHaveLength(2);
    expect(await codeOf(sendText(sim, to, lin.openId, '一', 'u'.repeat(51)))).toMatchObject({
      status: 400,
      code: 99992402,
    });
  });

  it('refuses targets, tokens and contents with the platform codes', async () => {
    const sim = await start({ limits: false, clock: () => 1_800_000_000_000 });
    const lin = sim.addUser({ name: '林一' });
    const group = sim.addGroup({ name: '没有机器人的群', members: [lin] });
    const joined = sim.addGroup({ name: '有', members: [lin], withBot: true });
    const to = client(sim);
    expect(await codeOf(sendText(sim, to, group, '喂'))).toMatchObject({ status: 400, code: 230002 });
    expect((await codeOf(sendText(sim, to, 'ou_nobody', '喂'))).code).toBe(99992351);
    for (const [state, code] of [
      ['unavailable', 230013],
      ['resigned', 230029],
      ['blocked', 230053],
      ['ok', 0],
    ] as const) {
      sim.setReachable(lin, state);
      expect((await codeOf(sendText(sim, to, lin.openId, '喂'))).code).toBe(code);
    }
    expect((await codeOf(sendText(sim, to, joined, '长'.repeat(52_000)))).code).toBe(230025);
    expect(
      (await codeOf(sendCard(to, lin.openId, card([{ tag: 'markdown', content: '长'.repeat(11_000) }]))))
        .code,
    ).toBe(230025);

    await lin.say(joined, '楼道灯坏了');
    const said = sim.allMessages.at(-1);
    await lin.recall(said?.id ?? '');
    const reply = to.im.v1.message.reply({
      path: { message_id: said?.id ?? '' },
      data: { msg_type: 'text', content: '{"text":"好"}' },
    });
    expect((await codeOf(reply)).code).toBe(230011);

    const old = await sendCard(to, lin.openId, card([{ tag: 'hr' }]));
    await sim.advance(14 * 86_400_000 + 1);
    sim.expireTokens();
    const patch = () =>
      to.im.v1.message.patch({
        path: { message_id: old.data?.message_id ?? '' },
        data: { content: JSON.stringify(card([{ tag: 'hr' }])) },
      });
    expect(await codeOf(patch())).toMatchObject({ status: 400, code: 99991663 });
    const renewed = new Client({
      appId: sim.appId,
      appSecret: sim.appSecret,
      domain: sim.baseUrl,
      logger: quiet,
      disableTokenCache: true,
    });
    const token = (await (
      await fetch(`${sim.baseUrl}/open-apis/auth/v3/tenant_access_token/internal`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ app_id: sim.appId, app_secret: sim.appSecret }),
      })
    ).json()) as { tenant_access_token: string; expire: number };
    expect(token.expire).toBe(7200);
    const late = renewed.request({
      method: 'PATCH',
      url: `/open-apis/im/v1/messages/${old.data?.message_id}`,
      headers: { Authorization: `Bearer ${token.tenant_access_token}` },
      data: { content: JSON.stringify(card([{ tag: 'hr' }])) },
    });
    expect((await codeOf(late)).code).toBe(230031);
  });

  it('lets five a second into a chat (400/230020), fifty into the app (429 with a reset)', async () => {
    const sim = await start({ clock: () => 1_800_000_000_000 });
    const users = Array.from({ length: 11 }, (_, index) => sim.addUser({ name: `居民${index}` }));
    const to = client(sim);
    const lin = users[0] ?? sim.addUser({ name: '林一' });
    for (let count = 0; count < 5; count += 1) await sendText(sim, to, lin.openId, `第${count}条`);
    expect(await codeOf(sendText(sim, to, lin.openId, '第六条'))).toEqual({
      status: 400,
      code: 230020,
      msg: expect.any(String),
    });
    for (const user of users.slice(1, 10)) {
      for (let count = 0; count < 5; count += 1) await codeOf(sendText(sim, to, user.openId, '一条'));
    }
    expect(await codeOf(sendText(sim, to, users[10]?.openId ?? '', '一条'))).toMatchObject({
      status: 429,
      code: 99991400,
      reset: '1',
    });
    await sim.advance(1001);
    expect((await codeOf(sendText(sim, to, lin.openId, '又可以了'))).code).toBe(0);
    expect(sim.complaints).toEqual([]);
  });

  it('meets the injected troubles: dropped before, dropped after the work is done, errors, delays', async () => {
    const sim = await start();
    const lin = sim.addUser({ name: '林一' });
    const to = client(sim);
    await sendText(sim, to, lin.openId, '先取令牌');
    const path = '/open-apis/im/v1/messages';
    sim.fail({ path, mode: 'drop-before' });
    await expect(sendText(sim, to, lin.openId, '甲', 'u-a')).rejects.toThrow();
    expect(sim.messages).toHaveLength(1);
    const dropped = sim.fail({ path, mode: 'drop-after' });
    await expect(sendText(sim, to, lin.openId, '甲', 'u-a')).rejects.toThrow();
    expect(sim.messages).toHaveLength(2);
    expect(dropped.hits).toBe(1);
    await sendText(sim, to, lin.openId, '甲', 'u-a');
    expect(sim.private(lin).texts()).toEqual(['先取令牌', '甲']);
    sim.fail({ path, mode: 'error', code: 99991400 });
    expect(await codeOf(sendText(sim, to, lin.openId, '乙'))).toMatchObject({ status: 429, reset: '1' });
    sim.fail({ path, mode: 'error', status: 502, code: 1 });
    expect((await codeOf(sendText(sim, to, lin.openId, '乙'))).status).toBe(502);
  });
});

describe('card JSON 2.0', () => {
  const form = (elements: JsonObject[], more: JsonObject = {}): JsonObject => ({
    tag: 'form',
    name: 'edit',
    elements,
    ...more,
  });
  const submit: JsonObject = { tag: 'button', name: 'ok', text: plain('提交'), form_action_type: 'submit' };
  const input: JsonObject = { tag: 'input', name: 'note', label: plain('内容') };
  const row: JsonObject = {
    tag: 'column_set',
    columns: [{ tag: 'column', elements: [button('甲', { a: 1 })] }],
  };
  const multi: JsonObject = {
    tag: 'multi_select_static',
    name: 'who',
    options: [{ text: plain('甲'), value: '1' }],
  };

  const good: [string, JsonObject][] = [
    ['an empty body', card([])],
    ['columns of buttons', card([row])],
    [
      'a form with fields',
      card([form([input, multi, { tag: 'date_picker', name: 'd', placeholder: plain('日期') }, submit])]),
    ],
    [
      'a table at the root',
      card([{ tag: 'table', columns: [{ name: 'a', data_type: 'text' }], rows: [{ a: '一' }] }]),
    ],
    [
      'tags in the header',
      {
        ...card([]),
        header: {
          title: plain('t'),
          text_tag_list: [{ tag: 'text_tag', text: plain('待研判'), color: 'blue' }],
        },
      },
    ],
    [
      'own sizes',
      {
        ...card([{ tag: 'markdown', content: 'x', text_size: 'big' }]),
        config: { style: { text_size: { big: { default: 'heading-2' } } } },
      },
    ],
  ];
  it.each(good)('takes %s', async (_, content) => {
    const sim = await start();
    const lin = sim.addUser({ name: '林一' });
    await sendCard(client(sim), lin.openId, content);
    expect(sim.complaints).toEqual([]);
  });

  const many = Array.from({ length: 101 }, (_, index) => ({ tag: 'div', text: plain(`第${index}行`) }));
  const bad: [string, JsonObject, RegExp][] = [
    ['a 1.0 card', { elements: [] }, /300303/],
    ['an unknown root property', { ...card([]), fallback: {} }, /unknown property, property: fallback/],
    [
      'an unknown property',
      card([{ tag: 'markdown', content: 'x', href: {} }]),
      /200621.*property: href.*tag: markdown/,
    ],
    ['the action module', card([{ tag: 'action', actions: [] }]), /200861/],
    ['a note', card([{ tag: 'note', elements: [] }]), /200861/],
    ['update_multi false', { ...card([]), config: { update_multi: false } }, /300302/],
    ['wide_screen_mode', { ...card([]), config: { wide_screen_mode: true } }, /property: wide_screen_mode/],
    ['more than 200 elements, texts counted', card(many), /11310/],
    [
      'a string as callback value',
      card([{ tag: 'button', text: plain('甲'), behaviors: [{ type: 'callback', value: 'x' }] }]),
      /must be an object/,
    ],
    ['a 1.0 button value', card([{ tag: 'button', text: plain('甲'), value: {} }]), /property: value/],
    [
      'a form inside a column',
      card([{ tag: 'column_set', columns: [{ tag: 'column', elements: [form([submit])] }] }]),
      /form only at the root/,
    ],
    ['a form without submit', card([form([input])]), /submit/],
    ['a form without name', card([{ tag: 'form', elements: [submit] }]), /property: name/],
    ['a nameless field in a form', card([form([{ tag: 'input' }, submit])]), /200530/],
    ['the same name twice', card([form([input, input, submit])]), /200530.*duplicate/],
    [
      'a table in a form',
      card([form([{ tag: 'table', columns: [{ name: 'a', data_type: 'text' }], rows: [] }, submit])]),
      /table only/,
    ],
    ['a multi select outside a form', card([multi]), /only inside a form/],
    [
      'an invalid template',
      { ...card([]), header: { title: plain('t'), template: 'pink' } },
      /invalid value "pink"/,
    ],
    [
      'four tags',
      {
        ...card([]),
        header: { title: plain('t'), text_tag_list: Array(4).fill({ tag: 'text_tag', text: plain('x') }) },
      },
      /4 items/,
    ],
    ['a header without title', { ...card([]), header: { template: 'blue' } }, /property: title/],
    ['a bad element_id', card([{ tag: 'hr', element_id: '1st' }]), /invalid element_id/],
    [
      'an element_id twice',
      card([
        { tag: 'hr', element_id: 'a' },
        { tag: 'hr', element_id: 'a' },
      ]),
      /300301/,
    ],
    ['a stranger mentioned', card([{ tag: 'markdown', content: '<at id=ou_nobody></at>' }]), /100290/],
    [
      'the same option twice',
      card([
        {
          tag: 'select_static',
          options: [
            { text: plain('甲'), value: '1' },
            { text: plain('乙'), value: '1' },
          ],
        },
      ]),
      /duplicate option/,
    ],
    ['a column outside a column set', card([{ tag: 'column', elements: [] }]), /cannot stand/],
    ['a button label over 100 characters', card([button('长'.repeat(101), { a: 1 })]), /length 101/],
    ['a template card', { type: 'template', data: { template_id: 'AAq' } }, /200380/],
  ];
  it.each(bad)('refuses %s', async (_, content, reason) => {
    const sim = await start();
    const lin = sim.addUser({ name: '林一' });
    const refused = await codeOf(sendCard(client(sim), lin.openId, content));
    expect(refused).toMatchObject({ status: 400, code: 230099 });
    expect(refused.msg).toMatch(reason);
    expect(sim.messages).toEqual([]);
    expect(sim.complaints).toHaveLength(1);
  });
});

describe('webhook push', () => {
  it('encrypts, signs and carries the shapes of the platform', async () => {
    const sim = await start();
    const seen: JsonObject[] = [];
    await webhook(sim, (payload, { headers, body }) => {
      seen.push(payload);
      const [timestamp, nonce] = [
        String(headers['x-lark-request-timestamp']),
        String(headers['x-lark-request-nonce']),
      ];
      expect(timestamp).toMatch(/^\d{10}$/);
      expect(headers['x-lark-signature']).toBe(sim.sign(timestamp, nonce, body));
      return {};
    });
    const lin = sim.addUser({ name: '林一' });
    const group = sim.addGroup({ name: '第一支部', members: [lin] });
    expect(await lin.say(group, '听得见吗')).toMatchObject({ pushed: false });
    expect(await sim.addBotTo(group, lin)).toMatchObject({ acked: true });
    await lin.say(group, '@连心 /走访 3号楼', { mentionBot: true });
    await lin.sayPrivately('待我办', { type: 'post' });
    await lin.menu('help');
    expect(seen.map((each) => (each.header as JsonObject).event_type)).toEqual([
      'im.chat.member.bot.added_v1',
      'im.message.receive_v1',
      'im.message.receive_v1',
      'application.bot.menu_v6',
    ]);
    expect(seen[1]).toMatchObject({
      schema: '2.0',
      header: { app_id: sim.appId, token: sim.verificationToken },
      event: {
        sender: { sender_id: { open_id: lin.openId, user_id: null }, sender_type: 'user' },
        message: {
          chat_id: group,
          chat_type: 'group',
          message_type: 'text',
          content: '{"text":"@_user_1 /走访 3号楼"}',
          mentions: [
            { key: '@_user_1', id: { open_id: sim.botOpenId }, mentioned_type: 'bot', name: '连心' },
          ],
        },
      },
    });
    expect(seen[2]).toMatchObject({ event: { message: { chat_type: 'p2p', message_type: 'post' } } });
  });

  it('re-pushes after 15 s, 5 min, 1 h and 6 h with the stamp kept, then gives up; callbacks never', async () => {
    const base = 1_800_000_000_000;
    const sim = await start({ clock: () => base });
    const stamps: string[] = [];
    await webhook(sim, (_, { headers }) => {
      stamps.push(String(headers['x-lark-request-timestamp']));
      return { status: 503 };
    });
    const lin = sim.addUser({ name: '林一' });
    const first = await lin.sayPrivately('走访');
    expect(first).toMatchObject({ acked: false, status: 503 });
    await sim.advance(14_999);
    expect(stamps).toHaveLength(1);
    await sim.advance(24 * 3_600_000);
    const event = sim.events[0];
    expect(event?.attempts.map((each) => each.at - base)).toEqual([
      0, 15_000, 315_000, 3_915_000, 25_515_000,
    ]);
    expect(new Set(stamps)).toEqual(new Set([String(base / 1000)]));
    expect(event?.nextAt).toBeUndefined();

    await sendCard(client(sim), lin.openId, card([button('撤销', { a: 'undo' })]));
    const message = sim.private(lin).lastCard();
    if (!message) throw new Error('no card');
    expect((await lin.press(message, '撤销')).error?.code).toBe(200671);
    await sim.advance(60_000);
    expect(sim.events.at(-1)?.attempts).toHaveLength(1);
  });

  it('counts a late answer as no acknowledgement, and duplicates what was acknowledged', async () => {
    const sim = await start({ ackTimeoutMs: 150 });
    const ids: unknown[] = [];
    let delayMs = 400;
    await webhook(sim, (payload) => {
      ids.push((payload.header as JsonObject).event_id);
      return { delayMs };
    });
    const lin = sim.addUser({ name: '林一' });
    const late = await lin.sayPrivately('走访');
    expect(late).toMatchObject({ acked: false, status: 0, why: 'timeout' });
    delayMs = 0;
    expect(await sim.repush(late.eventId)).toMatchObject({ acked: true });
    await sim.duplicate(late);
    await sim.duplicate(late, { newEventId: true });
    expect(ids.slice(0, 3)).toEqual([late.eventId, late.eventId, late.eventId]);
    expect(ids[3]).not.toBe(late.eventId);
    await sim.advance(86_400_000);
    expect(ids).toHaveLength(4);
  });

  it('checks the address by challenge', async () => {
    const sim = await start();
    await webhook(sim, (payload) => ({ json: { challenge: payload.challenge } }));
    expect(await sim.challenge()).toMatchObject({ ok: true, status: 200 });
    expect(await sim.challenge({ encrypted: false, signed: true, token: 'other' })).toMatchObject({
      ok: true,
    });
  });
});

describe('card callbacks', () => {
  it('finds buttons, menus and forms, applies the answered card and refuses a bad one', async () => {
    const sim = await start({ cardStamp: 'go' });
    const lin = sim.addUser({ name: '林一' });
    let answer: unknown = {};
    const actions: unknown[] = [];
    await webhook(sim, (payload, { headers }) => {
      expect(headers['x-lark-request-timestamp']).toMatch(/^\d{4}-\d\d-\d\d .* \+0800 CST m=/);
      actions.push((payload.event as JsonObject).action);
      return { json: answer };
    });
    const content = card([
      button('撤销', { a: 'undo', visit: 7 }),
      {
        tag: 'overflow',
        options: [
          { text: plain('上报'), value: 'up' },
          { text: plain('解释疏导'), value: 'explain' },
        ],
        behaviors: [{ type: 'callback', value: { a: 'more' } }],
      },
      {
        tag: 'form',
        name: 'edit',
        elements: [
          { tag: 'input', name: 'note', label: plain('内容'), default_value: '低保咨询', required: true },
          {
            tag: 'select_static',
            name: 'mode',
            options: [
              { text: plain('入户'), value: 'home' },
              { text: plain('电话'), value: 'phone' },
            ],
            initial_option: 'home',
          },
          { tag: 'date_picker', name: 'day', initial_date: '2026-11-20' },
          {
            tag: 'button',
            name: 'save',
            text: plain('保存'),
            form_action_type: 'submit',
            behaviors: [{ type: 'callback', value: { a: 'save' } }],
          },
        ],
      },
    ]);
    await sendCard(client(sim), lin.openId, content);
    const message = sim.private(lin).lastCard();
    if (!message) throw new Error('no card');
    expect(sim.buttons(message).map((each) => each.label)).toEqual(['撤销', '上报', '解释疏导', '保存']);
    expect(sim.findButton(message, '撤销')?.value).toEqual({ a: 'undo', visit: 7 });
    expect(sim.cardText(message)).toBe(
      '走访已记\n[撤销]\n[上报] [解释疏导]\n内容\n低保咨询\n入户\n电话\n[保存]',
    );

    answer = {
      toast: { type: 'success', content: '已撤销' },
      card: { type: 'raw', data: card([], '已撤销') },
    };
    await expect(lin.press(message, '保存', { form: { note: '' } })).rejects.toThrow('required');
    await lin.press(message, '解释疏导').then((out) => expect(out.toast?.content).toBe('已撤销'));
    expect(sim.cardText(message)).toBe('已撤销');
    message.content = content;
    await lin.press(message, { a: 'undo' });
    message.content = content;
    const saved = await lin.press(message, '保存', {
      form: { note: '问低保', mode: '电话', day: '2026-11-21' },
    });
    expect(saved.card).toEqual(card([], '已撤销'));
    expect(actions).toMatchObject([
      { tag: 'overflow', option: 'explain', value: { a: 'more' } },
      { tag: 'button', value: { a: 'undo', visit: 7 } },
      {
        tag: 'button',
        name: 'save',
        value: { a: 'save' },
        form_value: { note: '问低保', mode: 'phone', day: '2026-11-21 +0800' },
      },
    ]);
    expect(sim.complaints).toEqual([]);

    const answers: [unknown, number][] = [
      [{ schema: '2.0' }, 200672],
      [{ card: { type: 'raw', data: { elements: [] } } }, 200830],
      [{ card: { type: 'raw', data: card([{ tag: 'note' }]) } }, 200673],
      [{ toast: { type: 'loud', content: '!' } }, 200672],
    ];
    for (const [bad, code] of answers) {
      message.content = content;
      answer = bad;
      expect((await lin.press(message, '撤销')).error?.code).toBe(code);
    }
    expect(sim.complaints).toHaveLength(answers.length);
  });

  it('takes a delayed update twice within half an hour, after the answer', async () => {
    const sim = await start({ clock: () => 1_800_000_000_000 });
    const lin = sim.addUser({ name: '林一' });
    const tokens: unknown[] = [];
    await webhook(sim, (payload) => {
      tokens.push((payload.event as JsonObject).token);
      return {};
    });
    const to = client(sim);
    await sendCard(to, lin.openId, card([button('办', { a: 1 })]));
    const message = sim.private(lin).lastCard();
    if (!message) throw new Error('no card');
    await lin.press(message, '办');
    const update = (token: unknown, title: string) =>
      to.request({
        method: 'POST',
        url: '/open-apis/interactive/v1/card/update',
        data: { token, card: card([button('办', { a: 1 })], title) },
      });
    await update(tokens[0], '一');
    await update(tokens[0], '二');
    expect((await codeOf(update(tokens[0], '三'))).code).toBe(300040);
    expect(sim.cardText(message)).toBe('二\n[办]');
    await lin.press(message, '办');
    await sim.advance(30 * 60_000 + 1);
    expect((await codeOf(update(tokens[1], '四'))).code).toBe(300030);
  });
});

describe('long connection', () => {
  async function connect(sim: FeishuSim, handle: (event: JsonObject) => unknown): Promise<WSClient> {
    const dispatcher = new EventDispatcher({ logger: quiet, loggerLevel: LoggerLevel.error }).register<
      Record<string, (event: JsonObject) => unknown>
    >({
      'im.message.receive_v1': handle,
      'card.action.trigger': handle,
    });
    const ws = new WSClient({
      appId: sim.appId,
      appSecret: sim.appSecret,
      domain: sim.baseUrl,
      logger: quiet,
      wsConfig: { pingTimeout: 0.2 },
    });
    closers.push(() => ws.close({ force: true }));
    sim.transport = 'longconn';
    await ws.start({ eventDispatcher: dispatcher });
    await sim.waitFor(() => sim.connections === 1, { what: 'a connection' });
    return ws;
  }

  it('delivers fragmented events to the official WSClient and reads its acks and card answers', async () => {
    const sim = await start({ fragments: 3 });
    const heard: JsonObject[] = [];
    await connect(sim, (event) => {
      heard.push(event);
      return event.event_type === 'card.action.trigger'
        ? { toast: { type: 'info', content: '收到' }, card: { type: 'raw', data: card([], '已办') } }
        : undefined;
    });
    const lin = sim.addUser({ name: '林一' });
    expect(await lin.sayPrivately('走访 3号楼')).toMatchObject({ acked: true, status: 200 });
    expect(heard[0]).toMatchObject({ message: { content: '{"text":"走访 3号楼"}' } });
    await sendCard(client(sim), lin.openId, card([button('办', { a: 1 })]));
    const message = sim.private(lin).lastCard();
    if (!message) throw new Error('no card');
    expect(await lin.press(message, '办')).toMatchObject({ toast: { content: '收到' } });
    expect(sim.cardText(message)).toBe('已办');
    expect(sim.complaints).toEqual([]);
  });

  it('re-pushes what a throwing handler did not take, and reconnects after dropped and silent sockets', async () => {
    const sim = await start({ ackTimeoutMs: 300, longconn: { PingInterval: 0.4 } });
    let fail = true;
    let heard = 0;
    await connect(sim, () => {
      heard += 1;
      if (fail) throw new Error('no');
    });
    const lin = sim.addUser({ name: '林一' });
    expect(await lin.sayPrivately('走访')).toMatchObject({ acked: false, status: 500 });
    fail = false;
    await sim.advance(15_000);
    expect(sim.events[0]?.attempts.at(-1)?.acked).toBe(true);
    expect(heard).toBe(2);

    sim.dropSockets();
    expect(await lin.sayPrivately('断了')).toMatchObject({ acked: false, why: 'no connection' });
    await sim.waitFor(() => sim.connections === 1, { what: 'the reconnect' });
    await sim.advance(15_000);
    expect(heard).toBe(3);

    sim.silence();
    expect(await lin.sayPrivately('半开')).toMatchObject({ acked: false, why: 'no ack in time' });
    await sim.waitFor(() => sim.connections === 0, { what: 'the watchdog' });
    sim.silence(false);
    await sim.waitFor(() => sim.connections === 1, { what: 'the second reconnect' });
    await sim.advance(15_000);
    expect(heard).toBe(4);
    expect(sim.pings).toBeGreaterThan(0);
  });

  it('turns wrong credentials away at the endpoint', async () => {
    const sim = await start();
    const failed = new Promise<Error>((resolve) => {
      const ws = new WSClient({
        appId: sim.appId,
        appSecret: 'wrong',
        domain: sim.baseUrl,
        logger: quiet,
        onError: resolve,
      });
      closers.push(() => ws.close({ force: true }));
      void ws.start({ eventDispatcher: new EventDispatcher({ logger: quiet }) });
    });
    expect((await failed).message).toContain('514');
    expect(sim.connections).toBe(0);
  });
});
