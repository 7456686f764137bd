import { describe, expect, it } from 'vitest';
import { movableClock } from '../../../src/lib/clock.ts';
import type { Outbound } from '../../../src/platforms/platform.ts';
import { createPlayground } from '../../../src/platforms/playground/index.ts';

const NOW = Date.UTC(2026, 10, 18, 7, 0);

function room() {
  const clock = movableClock(NOW, { frozen: true });
  const playground = createPlayground({
    clock,
    people: [
      { id: 'a', name: '石小红' },
      { id: 'b', name: '贺立' },
    ],
    groups: [{ id: 'g', name: '工作群', members: ['a', 'b'] }],
  });
  let n = 0;
  const send = (out: Partial<Outbound> & Pick<Outbound, 'target'>) => {
    n += 1;
    return playground.deliver({ kind: 'send', content: { text: '已记' }, uuid: `u${n}`, ...out });
  };
  return { playground, rooms: playground.rooms, clock, send };
}

const group = { type: 'chat', id: 'g' } as const;

describe('delivery into the room', () => {
  it('posts one message for a uuid, however often it is sent', async () => {
    const { rooms, send } = room();
    const first = await send({ target: group, uuid: 'same' });
    const again = await send({ target: group, uuid: 'same' });
    expect(again).toEqual(first);
    expect(rooms.messages('g')).toHaveLength(1);
    expect(rooms.messages('g')[0]).toMatchObject({ from: null, at: NOW, content: { text: '已记' } });
  });

  it('sends to a person into the chat that only this person is in', async () => {
    const { rooms, send } = room();
    const delivery = await send({ target: { type: 'user', id: 'b' } });
    expect(delivery).toMatchObject({ status: 'sent', chatId: rooms.privateChatId('b') });
    expect(rooms.chatsOf('a').map((chat) => chat.id)).toEqual(['g', 'p2p-a']);
    expect(rooms.messages('p2p-a')).toEqual([]);
    expect(rooms.messages('p2p-b')).toHaveLength(1);
  });

  it('fails for good where there is no such person or chat, and does not remember the failure', async () => {
    const { rooms, send } = room();
    expect(await send({ target: { type: 'user', id: 'nobody' }, uuid: 'x' })).toMatchObject({
      status: 'failed',
      code: 'no_chat',
    });
    expect(await send({ target: group, uuid: 'x' })).toMatchObject({ status: 'sent' });
    expect(rooms.messages('g')).toHaveLength(1);
  });

  it('changes a card in place and never goes back to an older version', async () => {
    const { rooms, send } = room();
    const sent = await send({ target: group });
    const messageId = sent.status === 'sent' ? sent.messageId : '';
    await send({ kind: 'update', target: group, messageId, version: 2, content: { text: '二' } });
    await send({ kind: 'update', target: group, messageId, version: 1, content: { text: '一' } });
    expect(rooms.messages('g')).toHaveLength(1);
    expect(rooms.message(messageId)).toMatchObject({ content: { text: '二' }, version: 2, n: 1 });
  });

  it('recalls, and then takes neither update nor reaction', async () => {
    const { rooms, send } = room();
    const sent = await send({ target: group, content: { text: '门牌501' } });
    const messageId = sent.status === 'sent' ? sent.messageId : '';
    expect(await send({ kind: 'recall', target: group, messageId })).toMatchObject({ status: 'sent' });
    expect(rooms.message(messageId)).toMatchObject({ recalled: true, content: { text: '' } });
    expect(await send({ kind: 'update', target: group, messageId })).toMatchObject({
      status: 'failed',
      code: 'recalled',
    });
    expect(await send({ kind: 'react', target: group, messageId })).toMatchObject({
      status: 'failed',
      code: 'recalled',
    });
    expect(await send({ kind: 'update', target: group, messageId: 'none' })).toMatchObject({
      status: 'failed',
      code: 'no_message',
    });
  });

  it('replies to a standing message and sends plainly when it is recalled', async () => {
    const { rooms, send } = room();
    const parent = rooms.post({ chatId: 'g', from: 'a', content: { text: '/走访' } });
    await send({ kind: 'reply', target: group, messageId: parent.id });
    expect(rooms.messages('g').at(-1)?.replyTo).toBe(parent.id);
    rooms.recall(parent.id);
    await send({ kind: 'reply', target: group, messageId: parent.id });
    expect(rooms.messages('g').at(-1)?.replyTo).toBeNull();
  });

  it('puts a reaction on a message once', async () => {
    const { rooms, send } = room();
    const parent = rooms.post({ chatId: 'g', from: 'a', content: { text: '/走访' } });
    await send({ kind: 'react', target: group, messageId: parent.id });
    await send({ kind: 'react', target: group, messageId: parent.id });
    expect(rooms.message(parent.id)?.reactions).toEqual(['已记']);
  });

  it('names the members of a group for matching with the roster', async () => {
    const { playground } = room();
    expect(await playground.chatMembers('g')).toEqual([
      { id: 'a', name: '石小红' },
      { id: 'b', name: '贺立' },
    ]);
    expect(await playground.chatMembers('none')).toEqual([]);
  });
});

describe('reading marks', () => {
  it('counts what others wrote since the person last looked', async () => {
    const { rooms, send } = room();
    rooms.post({ chatId: 'g', from: 'a', content: { text: '一' } });
    await send({ target: group });
    expect(rooms.unread('b', 'g')).toBe(2);
    expect(rooms.unread('a', 'g')).toBe(1);
    rooms.markRead('b', 'g');
    expect(rooms.unread('b', 'g')).toBe(0);
    rooms.post({ chatId: 'g', from: 'b', content: { text: '二' } });
    expect(rooms.unread('b', 'g')).toBe(0);
  });

  it('tells subscribers of every change and of reading, until they leave', async () => {
    const { rooms, send } = room();
    const heard: string[] = [];
    const leave = rooms.subscribe((event) => heard.push(event.kind));
    await send({ target: group });
    rooms.markRead('a', 'g');
    rooms.markRead('a', 'g');
    leave();
    await send({ target: group });
    expect(heard).toEqual(['message', 'read']);
  });

  it('keeps the newest messages of a long chat', () => {
    const { rooms } = room();
    const posted = Array.from({ length: 450 }, (_, n) =>
      rooms.post({ chatId: 'g', from: 'a', content: { text: String(n) } }),
    );
    expect(rooms.messages('g')).toHaveLength(400);
    expect(rooms.messages('g')[0]?.content).toEqual({ text: '50' });
    expect(rooms.message(posted[0]?.id ?? '')).toBeUndefined();
  });
});

describe('acts of the page as inbound events', () => {
  it('gives a message the dedupe key of decision 3 and takes the mention of the bot out', () => {
    const { playground, rooms } = room();
    const message = rooms.post({ chatId: 'g', from: 'a', content: { text: '@连心助手 和@贺立一起走访了' } });
    expect(playground.acts.message(message, '@连心助手 和@贺立一起走访了')).toEqual({
      kind: 'message',
      connection: 'playground',
      dedupeKey: `msg:${message.id}`,
      at: NOW,
      messageId: message.id,
      chat: { id: 'g', type: 'group' },
      sender: { id: 'a', name: '石小红' },
      text: '和贺立一起走访了',
      mentionsBot: true,
      mentions: [{ id: 'b', name: '贺立' }],
    });
  });

  it('gives every press, menu entry and recall a key of its own', () => {
    const { playground, rooms } = room();
    const message = rooms.post({ chatId: 'p2p-a', from: 'a', content: { text: '走访' } });
    const press = {
      by: 'a',
      messageId: message.id,
      chatId: 'p2p-a',
      at: NOW,
      action: 'visit.undo',
      value: { visit: 1 },
      form: {},
    };
    const events = [
      playground.acts.action(press),
      playground.acts.action(press),
      playground.acts.menu('a', 'help', NOW),
      playground.acts.recall(message, NOW),
    ];
    expect(new Set(events.map((event) => event.dedupeKey)).size).toBe(4);
    expect(events[0]).toMatchObject({
      kind: 'action',
      chat: { id: 'p2p-a', type: 'p2p' },
      action: 'visit.undo',
      value: { visit: 1 },
    });
    expect(events[3]).toMatchObject({ kind: 'recall', messageId: message.id });
  });
});

describe('rooms that go on', () => {
  it('have what was said, seen and counted, and go on counting', async () => {
    const { playground, rooms, send, clock } = room();
    const pressed = playground.acts.menu('a', 'mine', NOW);
    rooms.post({ chatId: 'g', from: 'a', content: { text: '早' } });
    const sent = await send({ target: { type: 'user', id: 'b' } });
    await send({ target: group });
    rooms.react('pm-1', '已记');
    rooms.markRead('b', 'p2p-b');
    const next = createPlayground({
      clock,
      people: rooms.people,
      groups: [{ id: 'g', name: '工作群', members: ['a', 'b'] }],
      past: structuredClone(rooms.past()),
    });
    const later = next.rooms;
    // Else the office would take it for the same press and answer as it did then.
    expect(next.acts.menu('a', 'mine', NOW).dedupeKey).not.toBe(pressed.dedupeKey);
    expect(later.messages('g')).toEqual(rooms.messages('g'));
    expect(later.messages('p2p-b')).toEqual(rooms.messages('p2p-b'));
    expect(sent).toMatchObject({ status: 'sent', messageId: later.messages('p2p-b')[0]?.id });
    expect(later.cursor()).toBe(rooms.cursor());
    expect([later.unread('b', 'p2p-b'), later.unread('b', 'g'), later.unread('a', 'g')]).toEqual([0, 2, 1]);
    expect(later.post({ chatId: 'g', from: 'b', content: { text: '好' } })).toMatchObject({
      id: 'pm-4',
      seq: 5,
    });
  });
});
