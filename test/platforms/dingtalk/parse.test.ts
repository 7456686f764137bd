import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Log } from '../../../src/lib/log.ts';
import { silentLog } from '../../../src/lib/log.ts';
import type { Inbound } from '../../../src/platforms/platform.ts';
import {
  CLIENT_ID,
  cardPush,
  dingtalk,
  eventPush,
  HOUR,
  inboundOf,
  message,
  NOW,
  press,
  privately,
  robotPush,
} from './pushes.ts';

const platform = dingtalk();
const read = (over: object): Inbound => inboundOf(platform.receive(robotPush(message(over))));
const pressed = (params: object, over: object = {}): Inbound =>
  inboundOf(platform.receive(cardPush(press(params, over))));
const told = (event: object): Inbound => inboundOf(platform.receive(eventPush(event)));

const ROBOT = { dingtalkId: '$:LWCP_v1:$robot' };
const person = (id: string) => ({ dingtalkId: `$:LWCP_v1:$${id}`, staffId: id });

describe('a robot message', () => {
  it('in a group', () => {
    expect(read({})).toEqual({
      kind: 'message',
      connection: `dingtalk:${CLIENT_ID}`,
      dedupeKey: 'msg:msg-1',
      at: NOW - 1000,
      messageId: 'msg-1',
      chat: { id: 'cid1==', type: 'group', name: '第一支部' },
      sender: { id: 'staff1', alias: '石小红' },
      text: '走访 3号楼 张某',
      mentionsBot: true,
      mentions: [],
    });
  });

  it('in private', () => {
    expect(read({ ...privately, text: { content: '待我办\n' } })).toMatchObject({
      chat: { id: 'cid9==', type: 'p2p' },
      text: '待我办',
      mentionsBot: false,
    });
  });

  it.each<[string, object, object]>([
    ['content beside text', { text: undefined, content: '帮助' }, { text: '帮助' }],
    ['a stamp that is text', { createAt: String(NOW - 5) }, { at: NOW - 5 }],
    ['no stamp', { createAt: undefined }, { at: NOW }],
    ['not among the called', { isInAtList: false }, { mentionsBot: false }],
    ['no word about who was called', { isInAtList: undefined }, { mentionsBot: true }],
    ['only the call', { text: { content: ' ' } }, { kind: 'message', text: '', mentionsBot: true }],
    ['a comma after the call', { text: { content: '，走访3号楼' } }, { text: '走访3号楼' }],
    ['the robot’s @ left in', { text: { content: '@连心 走访3号楼' } }, { text: '走访3号楼' }],
    ['lines', { text: { content: ' 走访\n3号楼  张某 ' } }, { text: '走访\n3号楼 张某' }],
  ])('%s', (_, over, expected) => {
    expect(read(over)).toMatchObject(expected);
  });

  it('knows one person who is called by name and id', () => {
    const atUsers = [ROBOT, person('staff7')];
    expect(read({ atUsers, text: { content: ' 走访 3号楼 张某 和@李梅 一起' } })).toMatchObject({
      text: '走访 3号楼 张某 和李梅 一起',
      mentions: [{ id: 'staff7', name: '李梅' }],
    });
    expect(read({ atUsers, text: { content: ' @李梅 请假 明天' } })).toMatchObject({
      text: '请假 明天',
      mentions: [{ id: 'staff7', name: '李梅' }],
    });
  });

  it('does not guess which name belongs to which id', () => {
    const atUsers = [ROBOT, person('staff7'), person('staff8')];
    expect(read({ atUsers, text: { content: ' 走访3号楼 张某 @李梅 @周强' } })).toMatchObject({
      text: '走访3号楼 张某',
      mentions: [
        { id: '', name: '李梅' },
        { id: '', name: '周强' },
      ],
    });
    expect(read({ atUsers, text: { content: ' 走访3号楼 张某' } })).toMatchObject({
      text: '走访3号楼 张某',
      mentions: [
        { id: 'staff7', name: '' },
        { id: 'staff8', name: '' },
      ],
    });
  });

  it('leaves a mail address alone and drops @所有人', () => {
    expect(read({ text: { content: ' 发到 a@b.cn' } })).toMatchObject({ text: '发到 a@b.cn' });
    expect(read({ text: { content: ' @所有人 走访3号楼' } })).toMatchObject({
      text: '走访3号楼',
      mentions: [],
    });
  });

  it.each<[string, object, string]>([
    [
      'a message of a person',
      { text: { content: 'x', isReplyMsg: true, repliedMsg: { msgId: 'm0' } } },
      'm0',
    ],
    ['one of ours', { originalMsgId: 'm0', originalProcessQueryKey: 'pqk-1' }, 'pqk-1'],
    ['the older form', { quoteMessage: { msgId: 'm9' } }, 'm9'],
  ])('says which message it answers: %s', (_, over, expected) => {
    expect(read(over)).toMatchObject({ kind: 'message', replyTo: expected });
  });

  it.each<[string, object, object]>([
    ['picture', { msgtype: 'picture', content: { downloadCode: 'd1' } }, { text: '', images: ['d1'] }],
    [
      'an older picture',
      { msgtype: 'picture', content: { pictureDownloadCode: 'd2' } },
      { text: '', images: ['d2'] },
    ],
    [
      'rich text',
      {
        msgtype: 'richText',
        content: {
          richText: [{ text: '走访 3号楼 ' }, { type: 'picture', downloadCode: 'd1' }, { text: '张某' }],
        },
      },
      { text: '走访 3号楼 张某', images: ['d1'] },
    ],
  ])('%s in a group', (_, over, expected) => {
    expect(read({ text: undefined, ...over })).toMatchObject({ kind: 'message', ...expected });
  });

  it.each<[string, object, object]>([
    [
      'speech by its words',
      { msgtype: 'audio', content: { duration: 900, downloadCode: 'd', recognition: '待我办' } },
      { kind: 'message', text: '待我办' },
    ],
    ['speech without words', { msgtype: 'audio', content: { recognition: '' } }, { type: 'robot/audio' }],
    [
      'a file',
      { msgtype: 'file', content: { downloadCode: 'd3', fileName: '名册.xlsx' } },
      { kind: 'message', text: '', files: [{ name: '名册.xlsx', key: 'd3' }] },
    ],
    [
      'a file without its code',
      { msgtype: 'file', content: { fileName: '名册.xlsx' } },
      { type: 'robot/file' },
    ],
    [
      'a video',
      { msgtype: 'video', content: { downloadCode: 'd' } },
      { kind: 'unsupported', type: 'robot/video' },
    ],
    [
      'what nobody knows',
      { msgtype: 'chatRecord', content: {} },
      { kind: 'unsupported', type: 'robot/chatRecord' },
    ],
    ['an empty text', { text: { content: ' ' } }, { kind: 'unsupported', type: 'robot/text' }],
  ])('%s in private', (_, over, expected) => {
    expect(read({ ...privately, text: undefined, ...over })).toMatchObject(expected);
  });

  it.each<[string, object, string]>([
    ['the month is used up', { text: undefined, errorCode: 20001, errorMessage: 'x' }, 'quota-exhausted'],
    ['the same by its other name', { text: undefined, errCode: '20001' }, 'quota-exhausted'],
    ['words are missing', { text: undefined }, 'quota-exhausted'],
    [
      'a picture without its content',
      { msgtype: 'picture', text: undefined, errorCode: 20001 },
      'quota-exhausted',
    ],
    ['not published', { senderStaffId: undefined }, 'robot/text'],
    ['somebody of another organisation', { senderCorpId: 'dingother' }, 'robot/text'],
    ['no conversation', { conversationId: '' }, 'robot/text'],
    ['no id', { msgId: undefined }, 'robot/text'],
    [
      'nothing at all',
      Object.fromEntries(Object.keys(message()).map((key) => [key, undefined])),
      'quota-exhausted',
    ],
  ])('is good for nothing: %s', (_, over, type) => {
    expect(read(over)).toMatchObject({ kind: 'unsupported', type });
  });

  it('tells the operator which setting makes messages useless, once an hour', () => {
    const lines: string[] = [];
    const log: Log = { ...silentLog, warn: (_, text) => lines.push(text) };
    let now = NOW;
    const noisy = dingtalk({ log, now: () => now });
    const push = () => noisy.receive(robotPush(message({ senderStaffId: undefined })));
    push();
    push();
    expect(lines).toEqual([expect.stringContaining('发布应用版本')]);
    now += HOUR;
    push();
    expect(lines).toHaveLength(2);
    expect(lines.join()).not.toContain('张某');
  });
});

describe('a card press', () => {
  it('carries action and value', () => {
    expect(pressed({ action: 'issue.accept', value: '{"issue":128,"ok":true}' })).toEqual({
      kind: 'action',
      connection: `dingtalk:${CLIENT_ID}`,
      dedupeKey: expect.stringMatching(/^evt:[0-9a-f]{40}$/),
      at: NOW,
      chat: { id: '', type: 'p2p' },
      messageId: 'track-1',
      sender: { id: 'staff1' },
      action: 'issue.accept',
      value: { issue: 128, ok: true },
      form: {},
    });
  });

  it('is told from the next one, but not from itself', () => {
    const key = (params: object, how = {}) =>
      inboundOf(platform.receive(cardPush(press(params), how))).dedupeKey;
    const first = key({ action: 'a.b', value: '{}' });
    expect(key({ action: 'a.b', value: '{}' })).toBe(first);
    expect(key({ action: 'a.c', value: '{}' })).not.toBe(first);
    expect(key({ action: 'a.b', value: '{}' }, { timestamp: String(NOW + 1) })).not.toBe(first);
  });

  const content = JSON.stringify({ cardPrivateData: { actionIds: ['1'] }, params: { action: 'a.b' } });
  it.each<[string, object]>([
    [
      'under `value`',
      { content: undefined, value: JSON.stringify({ cardPrivateData: { params: { action: 'a.b' } } }) },
    ],
    ['with params beside', { content }],
    ['as an object', { content: { cardPrivateData: { params: { action: 'a.b' } } } }],
  ])('is read %s', (_, over) => {
    expect(pressed({}, over)).toMatchObject({ kind: 'action', action: 'a.b' });
  });

  it.each<[string, object, object, object]>([
    ['marked by our card', { value: '{"_g":"cid1==","issue":1}' }, {}, { id: 'cid1==', type: 'group' }],
    [
      'a space that names a group',
      {},
      { spaceId: 'cid1==', spaceType: 'IM_GROUP' },
      { id: 'cid1==', type: 'group' },
    ],
    ['an open space id', {}, { spaceId: 'dtv1.card//IM_GROUP.cid1==' }, { id: 'cid1==', type: 'group' }],
    ['a robot’s space', {}, { spaceId: 'im_robot.staff1', spaceType: 'IM' }, { id: '', type: 'p2p' }],
    ['a bare conversation, for the office to know', {}, { spaceId: 'cid1==' }, { id: 'cid1==', type: 'p2p' }],
    ['nothing', {}, { spaceId: undefined, spaceType: undefined }, { id: '', type: 'p2p' }],
  ])('says where it was made: %s', (_, params, over, chat) => {
    const inbound = pressed({ action: 'a.b', ...params }, over);
    expect(inbound).toMatchObject({ kind: 'action', chat });
    expect(inbound).not.toHaveProperty('value._g');
  });

  it('brings a form in our own shapes', () => {
    const form = {
      reason: '缺配件',
      unit: { index: 1, value: '物业办' },
      who: { index: [0, 2], value: ['a', 'c'] },
      day: '2026-11-30',
      instant: '2026-11-29T16:00:00.000Z',
      sure: true,
      count: 3,
      none: null,
    };
    const expected = {
      reason: '缺配件',
      unit: '物业办',
      who: ['a', 'c'],
      day: '2026-11-30',
      instant: '2026-11-30',
      sure: 'true',
      count: '3',
    };
    expect(pressed({ action: 'a.b', value: '{}', form })).toMatchObject({ form: expected });
    expect(pressed({ action: 'a.b', form: JSON.stringify(form) })).toMatchObject({ form: expected });
  });

  it.each<[string, object, object]>([
    ['no action', { value: '{}' }, {}],
    ['nobody', { action: 'a.b' }, { userId: undefined }],
    ['no card', { action: 'a.b' }, { outTrackId: '' }],
    ['broken content', {}, { content: '{"cardPriv' }],
  ])('is none of ours: %s', (_, params, over) => {
    expect(pressed(params, over)).toMatchObject({ kind: 'unsupported', type: 'card.actionCallback' });
  });
});

describe('an event', () => {
  const group = { chatId: 'chat1', openConversationId: 'cid1==', operator: 'staff0', title: '第一支部' };
  const upper = (event: Record<string, unknown>) =>
    Object.fromEntries(
      Object.entries(event).map(([key, value]) => [key[0]?.toUpperCase() + key.slice(1), value]),
    );

  it.each<[string, string, object[]]>([
    ['chat_add_member', 'users-added', [{ id: 'u1' }, { id: 'u2' }]],
    ['chat_remove_member', 'users-removed', [{ id: 'u1' }, { id: 'u2' }]],
    ['chat_quit', 'users-removed', [{ id: 'u1' }, { id: 'u2' }]],
    ['chat_disband', 'chat-gone', [{ id: 'u1' }, { id: 'u2' }]],
    ['im_cool_app_install', 'bot-added', []],
    ['im_cool_app_uninstall', 'bot-removed', [{ id: 'u1' }, { id: 'u2' }]],
  ])('%s in either spelling', (type, change, users) => {
    const event = { ...group, userId: ['u1', 'u2'] };
    const expected = {
      kind: 'membership',
      change,
      dedupeKey: 'evt:e-1',
      at: NOW - 7,
      chat: { id: 'cid1==', type: 'group', name: '第一支部', external: false },
      operator: { id: 'staff0' },
      users,
    };
    expect(told({ EventType: type, EventTime: NOW - 7, eventId: 'e-1', ...event })).toMatchObject(expected);
    expect(told({ EventType: type, EventTime: NOW - 7, EventId: 'e-1', ...upper(event) })).toMatchObject(
      expected,
    );
  });

  it.each(['user_leave_org', 'user_add_org', 'robot_msg_recall', 'org_change', ''])(
    'of type "%s" is remembered and nothing else',
    (type) => {
      const inbound = told({ EventType: type, eventId: 'e-2', UserId: ['u1'] });
      expect(inbound).toMatchObject({ kind: 'unsupported', type: type || 'unknown', dedupeKey: 'evt:e-2' });
    },
  );

  it('without a group or an id is still told apart', () => {
    const first = told({ EventType: 'chat_disband', ChatId: 'chat1' });
    expect(first).toMatchObject({ kind: 'unsupported', type: 'chat_disband' });
    expect(told({ EventType: 'chat_disband', ChatId: 'chat2' }).dedupeKey).not.toBe(first.dedupeKey);
  });
});

describe('whatever comes', () => {
  it('is read without an error', () => {
    const odd = fc.object({
      key: fc.constantFrom(...Object.keys(message()), 'content', 'recognition', 'richText'),
    });
    fc.assert(
      fc.property(odd, fc.jsonValue(), (body, data) => {
        expect(platform.receive(robotPush({ ...message(), ...body })).kind).toBe('inbound');
        expect(platform.receive(cardPush({ ...press({}), ...body, content: data })).kind).toBe('inbound');
        expect(platform.receive(eventPush({ EventType: 'chat_add_member', ...body })).kind).toBe('inbound');
      }),
    );
  });
});
