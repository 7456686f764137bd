import { describe, expect, it } from 'vitest';
import { createPeople } from '../../../src/platforms/dingtalk/people.ts';
import { createSessionWebhooks } from '../../../src/platforms/dingtalk/session-webhooks.ts';
import type { Inbound } from '../../../src/platforms/platform.ts';
import { message, NOW } from './pushes.ts';

describe('session webhooks', () => {
  const until = NOW + 90 * 60_000;
  const bases = ['https://api.dingtalk.com', 'http://127.0.0.1:9'];

  it('are known by message until they end, and may be asked for again', () => {
    const webhooks = createSessionWebhooks(bases);
    webhooks.remember(message({ sessionWebhookExpiredTime: String(until) }));
    const expected = {
      url: 'https://oapi.dingtalk.com/robot/sendBySession?session=s',
      conversationId: 'cid1==',
      personId: 'staff1',
    };
    expect(webhooks.take('msg-1', NOW)).toEqual(expected);
    expect(webhooks.take('msg-1', until - 1)).toEqual(expected);
    expect(webhooks.take('msg-1', until)).toBeUndefined();
    expect(webhooks.take('msg-2', NOW)).toBeUndefined();
  });

  it.each([
    ['https://oapi.dingtalk.com/robot/sendBySession?session=s', true],
    ['http://127.0.0.1:9/robot/sendBySession?session=s', true],
    ['http://oapi.dingtalk.com/robot', false],
    ['https://oapi.dingtalk.com.evil.example/robot', false],
    ['https://evildingtalk.com/robot', false],
    ['https://user:pw@oapi.dingtalk.com/robot', false],
    ['https://oapi.dingtalk.com:8443/robot', false],
    ['http://127.0.0.1:10/robot', false],
    ['file:///etc/hosts', false],
    ['', false],
  ])('only of hosts that may be believed: %s', (url, trusted) => {
    const webhooks = createSessionWebhooks(bases);
    webhooks.remember(message({ sessionWebhook: url }));
    expect(webhooks.take('msg-1', NOW) !== undefined).toBe(trusted);
  });

  it('forget the oldest first', () => {
    const webhooks = createSessionWebhooks(bases);
    for (let each = 0; each <= 5_000; each += 1) webhooks.remember(message({ msgId: `m${each}` }));
    expect(webhooks.take('m0', NOW)).toBeUndefined();
    expect(webhooks.take('m1', NOW)).toBeDefined();
    expect(webhooks.take('m5000', NOW)).toBeDefined();
  });
});

describe('people of a group', () => {
  const from = { connection: 'dingtalk:x', dedupeKey: 'evt:1', at: NOW };
  const moved = (change: 'users-added' | 'users-removed' | 'chat-gone', ...ids: string[]): Inbound => ({
    ...from,
    kind: 'membership',
    change,
    chat: { id: 'cid1==', type: 'group', external: false },
    operator: { id: '' },
    users: ids.map((id) => ({ id })),
  });

  it('are learnt from who joins, named by the directory, asked once each', async () => {
    const asked: string[] = [];
    const people = createPeople(async (id) => {
      asked.push(id);
      return id === 'outsider' ? undefined : `名${id}`;
    });
    people.note(moved('users-added', 'a', 'b', 'outsider', ''));
    people.note(moved('users-removed', 'b'));
    expect(await people.members('cid1==')).toEqual([{ id: 'a', name: '名a' }]);
    expect(await people.members('cid1==')).toEqual([{ id: 'a', name: '名a' }]);
    expect(asked.filter((id) => id === 'a')).toHaveLength(1);
    expect(await people.members('cid2==')).toEqual([]);
    people.note(moved('chat-gone'));
    expect(await people.members('cid1==')).toEqual([]);
  });

  it('are asked for again when the directory could not be reached', async () => {
    let down = true;
    const people = createPeople(async () => {
      if (down) throw new Error('ECONNREFUSED');
      return '石小红';
    });
    people.note(moved('users-added', 'a'));
    await expect(people.members('cid1==')).rejects.toThrow();
    down = false;
    expect(await people.members('cid1==')).toEqual([{ id: 'a', name: '石小红' }]);
  });
});
