import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from '../../../src/platforms/feishu/parse.ts';
import { APP_ID, envelope, feishu, inboundOf, message, NOW, pack, read } from './pushes.ts';

const receive = (over: object, sender: object = {}) => read('im.message.receive_v1', message(over, sender));
const text = (content: string, mentions: object[] = [], over: object = {}) =>
  receive({ content: JSON.stringify({ text: content }), mentions, ...over });
const bot = { key: '@_user_1', id: { open_id: 'ou_bot' }, mentioned_type: 'bot', name: '连心助手' };
const person = { key: '@_user_2', id: { open_id: 'ou_2' }, mentioned_type: 'user', name: '李梅' };
const all = { key: '@_all', id: {}, name: '所有人' };

describe('messages', () => {
  it('reads a line in a group', () => {
    expect(receive({})).toEqual({
      kind: 'message',
      connection: `feishu:${APP_ID}`,
      dedupeKey: 'msg:om_1',
      at: NOW - 1000,
      messageId: 'om_1',
      chat: { id: 'oc_1', type: 'group' },
      sender: { id: 'ou_1' },
      text: '/走访 3号楼 张某',
      mentionsBot: false,
      mentions: [],
    });
  });

  it('knows a private chat, a topic group and what is answered', () => {
    expect(receive({ chat_type: 'p2p' })).toMatchObject({ chat: { type: 'p2p' } });
    expect(receive({ chat_type: 'topic_group', parent_id: 'om_0' })).toMatchObject({
      chat: { type: 'group' },
      replyTo: 'om_0',
    });
  });

  it.each([
    ['@_user_1 /走访 3号楼 张某', '/走访 3号楼 张某'],
    ['@_user_1，走访 3号楼', '走访 3号楼'],
    ['/走访 3号楼 张某 低保咨询 @_user_1', '/走访 3号楼 张某 低保咨询'],
    ['@_user_1 走访 @_user_2 3号楼', '走访 3号楼'],
    ['@_user_1 @_all 走访 3号楼', '走访 3号楼'],
    ['@_user_1 走访 3号楼 张某 和@_user_2 一起', '走访 3号楼 张某 和李梅 一起'],
    ['@_user_1 走访 3号楼\n走访人：@_user_2', '走访 3号楼\n走访人：李梅'],
    ['走访３号楼　张某', '走访３号楼　张某'],
    ['@_user_1 走访\n3号楼\n\n张某', '走访\n3号楼\n\n张某'],
  ])('strips mentions: %j', (content, expected) => {
    expect(text(content, [bot, person, all])).toMatchObject({ text: expected });
  });

  it('says who is meant, the bot apart and 所有人 not at all', () => {
    expect(text('@_user_1 @_user_2 @_all 好', [bot, person, all])).toMatchObject({
      mentionsBot: true,
      mentions: [{ id: 'ou_2', name: '李梅' }],
    });
    expect(text('@_user_2 好', [person])).toMatchObject({ mentionsBot: false });
  });

  it('tells a tenth mention from the first', () => {
    const tenth = { ...person, key: '@_user_10', name: '周强', id: { open_id: 'ou_10' } };
    expect(text('和@_user_10、@_user_2', [person, tenth])).toMatchObject({ text: '和周强、李梅' });
  });

  it('keeps an empty line to the bot, and no line at all', () => {
    expect(text('@_user_1 ', [bot])).toMatchObject({ kind: 'message', text: '', mentionsBot: true });
    expect(text('  ')).toMatchObject({ kind: 'unsupported', type: 'im.message.receive_v1/text' });
  });

  it('reads a rich text by its lines, with its pictures', () => {
    const post = {
      title: '走访',
      content: [
        [
          { tag: 'at', user_id: '@_user_1', user_name: '连心助手' },
          { tag: 'text', text: '3号楼 ' },
          { tag: 'a', text: '张某', href: 'https://example.cn' },
        ],
        [{ tag: 'img', image_key: 'img_1' }],
        [
          { tag: 'text', text: '低保咨询' },
          { tag: 'emotion', emoji_type: 'OK' },
        ],
      ],
    };
    const expected = { text: '走访\n3号楼 张某\n低保咨询', images: ['img_1'], mentionsBot: true };
    const over = { message_type: 'post', mentions: [bot] };
    expect(receive({ ...over, content: JSON.stringify(post) })).toMatchObject(expected);
    expect(receive({ ...over, content: JSON.stringify({ zh_cn: post }) })).toMatchObject(expected);
  });

  it('reads a bare picture', () => {
    expect(receive({ message_type: 'image', content: '{"image_key":"img_2"}' })).toMatchObject({
      kind: 'message',
      text: '',
      images: ['img_2'],
    });
  });

  it.each([
    ['another bot', {}, { sender_type: 'bot' }],
    ['an app', {}, { sender_type: 'app' }],
    ['nobody', {}, { sender_id: { open_id: null } }],
    ['recalled before it came', { content: '' }, {}],
    ['content that is no JSON', { content: '{' }, {}],
    ['an empty picture', { message_type: 'image', content: '{}' }, {}],
    ['an empty post', { message_type: 'post', content: '{"title":"","content":[[]]}' }, {}],
    ['forwarded messages', { message_type: 'merge_forward', content: '{"x":1}' }, {}],
    ['a voice', { message_type: 'audio', content: '{"file_key":"f","duration":1}' }, {}],
  ])('ignores %s by its message id', (_, over, sender) => {
    expect(receive(over, sender)).toMatchObject({ kind: 'unsupported', dedupeKey: 'msg:om_1' });
  });
});

describe('card presses', () => {
  const press = (action: object, over: object = {}, platform = feishu()) =>
    read(
      'card.action.trigger',
      {
        operator: { open_id: 'ou_1' },
        token: 'c-1',
        action: { tag: 'button', ...action },
        host: 'im_message',
        context: { open_message_id: 'om_9', open_chat_id: 'oc_9' },
        ...over,
      },
      { create_time: `${NOW}456`, event_id: 'ev-9' },
      platform,
    );

  it('reads a button, its value and the time in microseconds', () => {
    expect(press({ value: { a: 'issue.accept', issue: 128, now: true, deep: {}, list: [1] } })).toEqual({
      kind: 'action',
      connection: `feishu:${APP_ID}`,
      dedupeKey: 'evt:ev-9',
      at: NOW,
      chat: { id: 'oc_9', type: 'group' },
      messageId: 'om_9',
      sender: { id: 'ou_1' },
      action: 'issue.accept',
      value: { issue: 128, now: true },
      form: {},
    });
  });

  it('knows a card that went to a person, or lies in a private chat seen before', () => {
    expect(press({ value: { a: 'x.y', _p: 1 } })).toMatchObject({ chat: { type: 'p2p' }, value: {} });
    const platform = feishu();
    read('im.message.receive_v1', message({ chat_id: 'oc_9', chat_type: 'p2p' }), {}, platform);
    expect(press({ value: { a: 'x.y' } }, {}, platform)).toMatchObject({ chat: { type: 'p2p' } });
  });

  it('reads an entry of the menu, a select and a value written as text', () => {
    const option = JSON.stringify({ a: 'issue.escalate', issue: 3 });
    expect(press({ tag: 'overflow', option })).toMatchObject({
      action: 'issue.escalate',
      value: { issue: 3 },
    });
    expect(press({ tag: 'select_static', value: { a: 'issue.topic' }, option: '教育' })).toMatchObject({
      action: 'issue.topic',
      value: { option: '教育' },
    });
    expect(press({ value: '{"a":"x.y","n":1}' })).toMatchObject({ action: 'x.y', value: { n: 1 } });
  });

  it('reads a form by its names, a date as a day', () => {
    const form_value = {
      note: ' 低保咨询\n两行 ',
      day: '2024-04-01 +0800',
      at: '2024-04-29 07:07 +0800',
      people: ['ou_2', 3],
      ok: true,
      none: null,
    };
    expect(press({ value: { a: 'visit.save' }, name: 'edit_submit', form_value })).toMatchObject({
      form: {
        note: ' 低保咨询\n两行 ',
        day: '2024-04-01',
        at: '2024-04-29 07:07 +0800',
        people: ['ou_2'],
        ok: 'true',
      },
    });
  });

  it.each([
    ['a button that is none of ours', { value: { action: 'x' } }, {}],
    ['no value', {}, {}],
    ['a broken menu entry', { option: '{' }, {}],
    ['nobody', { value: { a: 'x.y' } }, { operator: {} }],
  ])('ignores %s', (_, action, over) => {
    expect(press(action, over)).toMatchObject({ kind: 'unsupported', type: 'card.action.trigger' });
  });
});

describe('other events', () => {
  const group = { chat_id: 'oc_1', operator_id: { open_id: 'ou_1' }, external: false, name: '第一支部' };

  it('reads the bot joining and leaving, people coming and going, the end of a group', () => {
    expect(read('im.chat.member.bot.added_v1', { ...group, external: true })).toEqual({
      kind: 'membership',
      connection: `feishu:${APP_ID}`,
      dedupeKey: 'evt:ev-1',
      at: NOW,
      change: 'bot-added',
      chat: { id: 'oc_1', type: 'group', name: '第一支部', external: true },
      operator: { id: 'ou_1' },
      users: [],
    });
    const users = [
      { name: '李梅', user_id: { open_id: 'ou_2' } },
      { name: '?', user_id: {} },
    ];
    const changes = {
      'im.chat.member.bot.deleted_v1': 'bot-removed',
      'im.chat.member.user.added_v1': 'users-added',
      'im.chat.member.user.deleted_v1': 'users-removed',
      'im.chat.member.user.withdrawn_v1': 'users-removed',
      'im.chat.disbanded_v1': 'chat-gone',
    };
    for (const [type, change] of Object.entries(changes)) {
      expect(read(type, { ...group, users })).toMatchObject({
        change,
        users: [{ id: 'ou_2', name: '李梅' }],
      });
    }
  });

  it('reads the menu with its time as number or text, in seconds or milliseconds', () => {
    for (const timestamp of [NOW, String(NOW), NOW / 1000]) {
      const operator = { operator_name: '石小红', operator_id: { open_id: 'ou_1' } };
      expect(read('application.bot.menu_v6', { operator, event_key: '记走访', timestamp })).toMatchObject({
        kind: 'menu',
        key: '记走访',
        at: NOW,
        sender: { id: 'ou_1', name: '石小红' },
      });
    }
  });

  it('reads a recall under its own event id', () => {
    const recall = {
      message_id: 'om_1',
      chat_id: 'oc_1',
      recall_time: String(NOW - 5),
      recall_type: 'message_owner',
    };
    expect(read('im.message.recalled_v1', recall)).toMatchObject({
      kind: 'recall',
      dedupeKey: 'evt:ev-1',
      at: NOW - 5,
      messageId: 'om_1',
    });
  });

  it('counts a message once under whatever event id it comes again (decision 3)', () => {
    const keys = ['ev-1', 'ev-2'].map(
      (event_id) => read('im.message.receive_v1', message(), { event_id }).dedupeKey,
    );
    expect(keys).toEqual(['msg:om_1', 'msg:om_1']);
  });

  it('accepts what it does not know, old envelopes too', () => {
    expect(read('im.message.updated_v1', {})).toMatchObject({
      kind: 'unsupported',
      type: 'im.message.updated_v1',
    });
    const v1 = { uuid: 'u-1', ts: `${NOW / 1000}.123`, token: 'vt-1', type: 'event_callback' };
    const received = feishu().receive(pack({ ...v1, event: { type: 'p2p_chat_create', app_id: APP_ID } }));
    expect(inboundOf(received)).toMatchObject({
      kind: 'unsupported',
      type: 'p2p_chat_create',
      dedupeKey: 'evt:u-1',
    });
  });

  it('is total: any JSON at all gives an inbound with a key', () => {
    const types = [
      'im.message.receive_v1',
      'card.action.trigger',
      'application.bot.menu_v6',
      'im.chat.disbanded_v1',
    ];
    const context = { connection: 'c', now: NOW, botId: () => undefined, chatType: () => undefined };
    fc.assert(
      fc.property(fc.constantFrom(...types), fc.jsonValue(), fc.jsonValue(), (type, event, part) => {
        const inner =
          typeof event === 'object' && event !== null ? { ...event, message: part, action: part } : event;
        const inbound = parse({ header: { event_type: type }, event: inner }, context);
        return inbound.dedupeKey.length > 4 && Number.isFinite(inbound.at);
      }),
    );
    expect(parse({ ...envelope('x', {}), header: null }, context).kind).toBe('unsupported');
  });
});
