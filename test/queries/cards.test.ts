import { afterEach, describe, expect, it } from 'vitest';
import { openStore } from '../../db/node.ts';
import { createQueries } from '../../db/queries/index.ts';
import { createVault } from '../../src/lib/vault.ts';

const store = openStore(':memory:');
const q = createQueries({ store, vault: createVault('a key of this test alone') });
afterEach(() => {
  store.transaction(() => {
    for (const card of q.cards.ageing(Number.MAX_SAFE_INTEGER, 100)) q.cards.retire(card.id, 1);
  });
});

const at = (messageId: string, params: Record<string, number>, subjects: string[]) =>
  q.cards.place({
    connection: 'feishu:a',
    targetType: 'user',
    targetId: 'ou_1',
    messageId,
    viewerId: 7,
    view: 'issue.card',
    params,
    subjects,
    now: 1,
  });

describe('a card that stands somewhere', () => {
  it('becomes what it shows, and follows that alone', () => {
    const first = at('om_1', { issue: 1 }, ['issue:1']);
    const second = at('om_1', { issue: 2 }, ['issue:2', 'issue:2']);
    expect(second).toMatchObject({ id: first.id, params: { issue: 2 }, viewerId: 7 });
    expect(second.version).toBeGreaterThan(first.version);
    expect(q.cards.following('issue:1')).toEqual([]);
    expect(q.cards.following('issue:2').map((card) => card.id)).toEqual([first.id]);
  });

  it('is not written when it shows the same as before', () => {
    const first = at('om_2', { issue: 3 }, ['issue:3']);
    expect(at('om_2', { issue: 3 }, ['issue:3'])).toEqual(first);
    expect(q.cards.following('issue:3')).toEqual([first]);
  });
});

describe('what may have changed since a card was rendered', () => {
  const moment = () => store.transaction(() => q.cards.moment());
  const unmoved = (subjects: string[], since: ReturnType<typeof moment>) =>
    store.transaction(() => q.cards.unmoved(subjects, since));

  it('is its own matters, and people, orgs and settings', () => {
    const before = moment();
    store.transaction(() => q.cards.following('issue:9'));
    expect(unmoved(['issue:8'], before)).toBe(true);
    expect(unmoved(['issue:8', 'issue:9'], before)).toBe(false);
    expect(unmoved(['issue:9'], moment())).toBe(true);
    store.transaction(() => q.orgs.setPhone(1, '12345'));
    expect(unmoved(['issue:8'], before)).toBe(false);
  });

  it('is anything where a card follows nothing, or nothing is known', () => {
    expect(unmoved([], moment())).toBe(false);
    expect(unmoved(['issue:8'], q.cards.moment())).toBe(false);
  });
});
