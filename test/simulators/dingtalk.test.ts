import { describe, expect, it } from 'vitest';
import vectors from '../fixtures/dingtalk-vectors.json' with { type: 'json' };
import { cardSign, decryptEvent, encryptEvent, eventSign, robotSign } from './dingtalk/index.ts';
import { caller, loggedIn, start } from './dingtalk/test-kit.ts';

describe('vectors', () => {
  it('signs robot messages and card callbacks as the platform does', () => {
    for (const each of vectors.robotSign) expect(robotSign(each.timestamp, each.secret)).toBe(each.sign);
    for (const each of vectors.hmacTimestampOnly) {
      const sign = each.sign ?? decodeURIComponent(each.signUrlEncoded ?? '');
      expect(cardSign(each.timestamp, each.secret)).toBe(sign);
    }
  });

  it('decrypts and signs events, and encrypts the fixed ones to the same bytes', () => {
    for (const each of vectors.eventCrypto) {
      expect(decryptEvent(each.aesKey, each.encrypt)).toEqual({
        text: each.expect.plaintext,
        owner: each.ownerKey,
      });
      expect(eventSign(each.token, each.timestamp, each.nonce, each.encrypt)).toBe(each.signature);
      const random = Buffer.from(each.expect.random16);
      expect(encryptEvent(each.aesKey, each.ownerKey, each.expect.plaintext, random)).toBe(each.encrypt);
    }
    for (const each of vectors.eventCryptoComputedHere) {
      const random = Buffer.from(each.random16);
      expect(encryptEvent(each.aesKey, each.ownerKey, each.plaintext, random)).toBe(each.encrypt);
      expect(decryptEvent(each.aesKey, each.encrypt).text).toBe(each.plaintext);
      if (each.signature !== undefined)
        expect(eventSign(each.token, each.timestamp, each.nonce, each.encrypt)).toBe(each.signature);
    }
  });
});

describe('tokens', () => {
  it('hands out the same token while it lives, and refuses wrong, old and withdrawn ones', async () => {
    const sim = await start({ clock: () => 1_800_000_000_000 });
    const to = caller(sim);
    const group = sim.addGroup({ name: '第一支部', withBot: true });
    const wrong = await to.call('POST', '/v1.0/oauth2/accessToken', {
      appKey: sim.clientId,
      appSecret: 'wrong',
    });
    expect(wrong).toMatchObject({ status: 400, code: 'invalidClientIdOrSecret' });
    expect((await to.toGroup(group, 'sampleText', { content: '喂' })).code).toBe('InvalidAuthentication');
    await to.login();
    await to.login();
    expect([sim.tokensIssued, sim.tokensAsked]).toEqual([1, 2]);
    expect((await to.toGroup(group, 'sampleText', { content: '喂' })).status).toBe(200);
    await sim.advance(7_200_001);
    expect((await to.toGroup(group, 'sampleText', { content: '喂' })).status).toBe(400);
    expect((await to.call('POST', '/topapi/v2/user/get', { userid: 'x' })).code).toBe('40014');
    await to.login();
    sim.expireTokens();
    expect((await to.toGroup(group, 'sampleText', { content: '喂' })).code).toBe('InvalidAuthentication');
    expect(sim.used.calls).toBe(1);
  });
});

describe('sending', () => {
  it('shows what came into groups and private chats', async () => {
    const sim = await start();
    const lin = sim.addUser({ name: '林一' });
    const group = sim.addGroup({ name: '第一支部', members: [lin], withBot: true });
    const to = await loggedIn(sim);
    const sent = await to.toGroup(group, 'sampleText', { content: '已记 · 3号楼 1户' });
    expect(sent.json.processQueryKey).toBe(sim.messages[0]?.id);
    expect(sim.group(group).lastText()).toBe('已记 · 3号楼 1户');
    await to.toPeople([lin.staffId, 'nobody'], 'sampleActionCard2', {
      title: '走访已记',
      text: '### 走访已记\n**3号楼** 张某\n\n家中  \n无事',
      actionTitle1: '撤销',
      actionURL1: `dtmd://dingtalkclient/sendMessage?content=${encodeURIComponent('撤销 7K')}`,
      actionTitle2: '修改',
      actionURL2: 'https://office.example/f/1',
    });
    const card = sim.private(lin).lastCard();
    if (!card) throw new Error('no card');
    expect(sim.cardText(card)).toBe('走访已记\n3号楼 张某\n家中\n无事\n[撤销]\n[修改]');
    expect(sim.buttons(card).map((each) => each.label)).toEqual(['撤销', '修改']);
    expect(sim.complaints).toEqual([]);
  });

  it('names the ids that failed at HTTP 200', async () => {
    const sim = await start();
    const to = await loggedIn(sim);
    const [lin, jia, yi] = ['林一', '甲', '乙'].map((name) => sim.addUser({ name }));
    if (!lin || !jia || !yi) throw new Error('no users');
    sim.setReachable(jia, 'throttled');
    sim.setReachable(yi, 'resigned');
    const ids = [lin.staffId, jia.staffId, yi.staffId, 'nobody'];
    const { status, json } = await to.toPeople(ids, 'sampleText', { content: '好' });
    expect(status).toBe(200);
    expect(json.flowControlledStaffIdList).toEqual([jia.staffId]);
    expect(json.invalidStaffIdList).toEqual([yi.staffId, 'nobody']);
    expect(sim.messages).toHaveLength(1);
    const many = Array.from({ length: 21 }, (_, index) => `user${index}`);
    expect((await to.toPeople(many, 'sampleText', { content: '好' })).code).toBe(
      'invalidParameter.userIds.overMax',
    );
  });

  it.each([
    [
      'a parameter that is an object',
      'sampleText',
      { content: { a: 1 } },
      'invalidParameter.msgParam.invalid',
    ],
    ['a missing parameter', 'sampleMarkdown', { title: '题' }, 'invalidParameter.msgParam.invalid'],
    ['a parameter too many', 'sampleText', { content: '好', at: 'x' }, 'invalidParameter.msgParam.invalid'],
    ['no JSON', 'sampleText', 'plain words', 'invalidParameter.msgParam.invalid'],
    ['an unknown kind', 'sampleFeedCard', { title: '题' }, 'invalidParameter.msgKey.invalid'],
    ['15,001 bytes', 'sampleText', { content: '长'.repeat(5000) }, 'invalidParameter.msgParam.tooLong'],
    [
      'a button that opens nothing',
      'sampleActionCard',
      { title: '题', text: '文', singleTitle: '开', singleURL: 'javascript:1' },
      'invalidParameter.msgParam.invalid',
    ],
    [
      'a file of a kind it cannot carry',
      'sampleFile',
      { mediaId: '@l1', fileName: 'a.csv', fileType: 'csv' },
      'invalidParameter.msgParam.invalid',
    ],
  ])('refuses %s', async (_, msgKey, param, code) => {
    const sim = await start();
    const group = sim.addGroup({ name: '第一支部', withBot: true });
    const to = await loggedIn(sim);
    expect(await to.toGroup(group, msgKey, param)).toMatchObject({ status: 400, code });
    expect(sim.messages).toEqual([]);
    expect(sim.complaints).toHaveLength(1);
  });

  it('refuses places where the bot is not, and robots of other apps', async () => {
    const sim = await start();
    const to = await loggedIn(sim);
    const group = sim.addGroup({ name: '第一支部' });
    const code = async (id: string) => (await to.toGroup(id, 'sampleText', { content: '好' })).code;
    expect(await code(group)).toBe('invalidParameter.robotCode.notExsit');
    sim.addBotTo(group);
    expect(await code(group)).toBe('');
    sim.stopBot(group);
    expect(await code(group)).toBe('bot.stopped');
    await sim.dissolve(group);
    expect(await code(group)).toBe('group.disbanded');
    expect(await code('cid-unknown==')).toBe('invalid.openConversationId');
    const other = await to.call('POST', '/v1.0/robot/groupMessages/send', {
      robotCode: 'dingother',
      openConversationId: group,
      msgKey: 'sampleText',
      msgParam: '{"content":"好"}',
    });
    expect(other.code).toBe('invalidParameter.robotCode.auth');
  });

  it('complains of Markdown that is not rendered, and of an @ that names nobody', async () => {
    const sim = await start();
    const lin = sim.addUser({ name: '林一', staffId: 'user100' });
    const group = sim.addGroup({ name: '第一支部', members: [lin], withBot: true });
    const to = await loggedIn(sim);
    for (const text of [
      '| 楼 | 户 |\n|---|---|\n| 3 | 1 |',
      '```\n1\n```',
      '~~删~~',
      '上\n\n---\n\n下',
      '<b>粗</b>',
    ])
      await to.toGroup(group, 'sampleMarkdown', { title: '题', text });
    await to.toGroup(group, 'sampleText', { content: '@user100 请看' });
    expect(sim.complaints.map((each) => each.split(': ')[1])).toEqual([
      'DingTalk does not render a table',
      'DingTalk does not render a code fence',
      'DingTalk does not render strike-through',
      'DingTalk does not render a horizontal rule',
      'DingTalk does not render HTML',
      '@user100 names nobody in a message by the API (5.2)',
    ]);
  });

  it('recalls without a trace, private messages within a day', async () => {
    const sim = await start({ clock: () => 1_800_000_000_000 });
    const lin = sim.addUser({ name: '林一' });
    const group = sim.addGroup({ name: '第一支部', members: [lin], withBot: true });
    const to = await loggedIn(sim);
    const { robotCode } = sim;
    const first = (await to.toGroup(group, 'sampleText', { content: '一' })).json.processQueryKey;
    const second = (await to.toPeople([lin.staffId], 'sampleText', { content: '二' })).json.processQueryKey;
    const recalled = await to.call('POST', '/v1.0/robot/groupMessages/recall', {
      robotCode,
      openConversationId: group,
      processQueryKeys: [first, second],
    });
    expect(recalled.json.successResult).toEqual([first]);
    expect(Object.keys(recalled.json.failedResult as object)).toEqual([second]);
    expect(sim.group(group).messages).toEqual([]);
    await sim.advance(86_400_001);
    await to.login();
    const late = await to.call('POST', '/v1.0/robot/otoMessages/batchRecall', {
      robotCode,
      processQueryKeys: [second],
    });
    expect(late.json.successResult).toEqual([]);
    expect(sim.private(lin).texts()).toEqual(['二']);
  });
});
