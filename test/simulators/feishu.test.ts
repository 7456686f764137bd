import { Client } from '@larksuiteoapi/node-sdk';
import { describe, expect, it } from 'vitest';
import vectors from '../fixtures/feishu-vectors.json' with { type: 'json' };
import { signLegacyCard } from './feishu/index.ts';
import { button, card, client, codeOf, quiet, sendCard, sendText, start } from './feishu/test-kit.ts';

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

    const sent = await sendText(to, group, '已记 · 3号楼 1户');
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
    const first = await sendText(to, lin.openId, '一', 'u-1');
    await sim.advance(3_599_000);
    const again = await sendText(to, lin.openId, '一', 'u-1');
    expect(again.data?.message_id).toBe(first.data?.message_id);
    expect(sim.messages).toHaveLength(1);
    expect(sim.messages[0]?.attempts).toBe(2);
    await sim.advance(2000);
    await sendText(to, lin.openId, '一', 'u-1');
    expect(sim.messages).toHaveLength(2);
    expect(await codeOf(sendText(to, lin.openId, '一', 'u'.repeat(51)))).toMatchObject({
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
    expect(await codeOf(sendText(to, group, '喂'))).toMatchObject({ status: 400, code: 230002 });
    expect((await codeOf(sendText(to, 'ou_nobody', '喂'))).code).toBe(99992351);
    for (const [state, code] of [
      ['unavailable', 230013],
      ['resigned', 230029],
      ['blocked', 230053],
      ['ok', 0],
    ] as const) {
      sim.setReachable(lin, state);
      expect((await codeOf(sendText(to, lin.openId, '喂'))).code).toBe(code);
    }
    expect((await codeOf(sendText(to, joined, '长'.repeat(52_000)))).code).toBe(230025);
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
    for (let count = 0; count < 5; count += 1) await sendText(to, lin.openId, `第${count}条`);
    expect(await codeOf(sendText(to, lin.openId, '第六条'))).toEqual({
      status: 400,
      code: 230020,
      msg: expect.any(String),
    });
    for (const user of users.slice(1, 10)) {
      for (let count = 0; count < 5; count += 1) await codeOf(sendText(to, user.openId, '一条'));
    }
    expect(await codeOf(sendText(to, users[10]?.openId ?? '', '一条'))).toMatchObject({
      status: 429,
      code: 99991400,
      reset: '1',
    });
    await sim.advance(1001);
    expect((await codeOf(sendText(to, lin.openId, '又可以了'))).code).toBe(0);
    expect(sim.complaints).toEqual([]);
  });

  it('meets the injected troubles: dropped before, dropped after the work is done, errors, delays', async () => {
    const sim = await start();
    const lin = sim.addUser({ name: '林一' });
    const to = client(sim);
    await sendText(to, lin.openId, '先取令牌');
    const path = '/open-apis/im/v1/messages';
    sim.fail({ path, mode: 'drop-before' });
    await expect(sendText(to, lin.openId, '甲', 'u-a')).rejects.toThrow();
    expect(sim.messages).toHaveLength(1);
    const dropped = sim.fail({ path, mode: 'drop-after' });
    await expect(sendText(to, lin.openId, '甲', 'u-a')).rejects.toThrow();
    expect(sim.messages).toHaveLength(2);
    expect(dropped.hits).toBe(1);
    await sendText(to, lin.openId, '甲', 'u-a');
    expect(sim.private(lin).texts()).toEqual(['先取令牌', '甲']);
    sim.fail({ path, mode: 'error', code: 99991400 });
    expect(await codeOf(sendText(to, lin.openId, '乙'))).toMatchObject({ status: 429, reset: '1' });
    sim.fail({ path, mode: 'error', status: 502, code: 1 });
    expect((await codeOf(sendText(to, lin.openId, '乙'))).status).toBe(502);
  });
});
