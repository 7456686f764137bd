import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DAY, HOUR } from '../../src/lib/day.ts';
import { createWorld, WEDNESDAY, type World } from '../helpers/world.ts';

let world: World;
beforeEach(async () => {
  world = await createWorld({ jobs: [] });
});
afterEach(() => world.close());

const xiaohong = () => {
  const found = world.users.石小红;
  if (!found) throw new Error('石小红');
  return found;
};
const all = <T>(query: string) => world.store.db.all<T>(query);
const count = (table: string, where = '1') =>
  all<{ n: number }>(`select count(*) as n from ${table} where ${where}`)[0]?.n;
async function beatAt(time: number): Promise<void> {
  world.clock.set(time);
  await world.office.beat();
}

describe('what is not kept for ever', () => {
  it('drops what was typed after 7 days and the key after 30, and keeps the record', async () => {
    const said = await xiaohong().say(world.group, '/走访 3号楼 张某 低保咨询');
    await world.settle();
    const card = world.sim.private(xiaohong()).lastCard();
    if (!card) throw new Error('no card');
    await xiaohong().press(card, '修改');
    await xiaohong().sayPrivately('/我的');
    await world.settle();
    await beatAt(WEDNESDAY + 7 * DAY - HOUR);
    // The visit's words stand in the visit alone.
    expect(count('inbox')).toBe(3);
    expect(count('inbox', 'body_sealed is not null')).toBe(2);
    expect(count('inbox', 'answer_sealed is not null')).toBe(1);
    await beatAt(WEDNESDAY + 7 * DAY + HOUR);
    expect(count('inbox', 'body_sealed is not null or answer_sealed is not null')).toBe(0);
    expect(count('inbox')).toBe(3);
    // The key still keeps the same event from counting twice.
    await world.sim.duplicate(said);
    expect(count('visit')).toBe(1);
    await beatAt(WEDNESDAY + 30 * DAY + 2 * HOUR);
    // The newest stays, for its number is not to be given twice.
    expect(count('inbox')).toBe(1);
    expect(count('outbox', "state = 'sent'")).toBe(0);
    expect(world.office.q.visits.diary(world.members.石小红 ?? 0, { limit: 5, offset: 0 })).toMatchObject([
      { note: '低保咨询' },
    ]);
  });

  it('says so to whom presses “again” on a line that failed and is gone', async () => {
    world.store.db.run('alter table visitor rename to visitor_away');
    await xiaohong().say(world.group, '/走访 3号楼 张某 低保咨询');
    await world.settle();
    world.store.db.run('alter table visitor_away rename to visitor');
    await beatAt(WEDNESDAY + 8 * DAY);
    const card = world.sim.private(xiaohong()).lastCard();
    if (!card) throw new Error('no card');
    const answer = await xiaohong().press(card, '再试一次');
    expect(answer.toast?.content).toBe('隔了7天以上，原话已按规定清掉了，请重新发一次。');
    expect(count('visit')).toBe(0);
  });

  it('drops a stranger’s line after 7 days', async () => {
    const stranger = world.sim.addUser({ name: '来客' });
    await stranger.sayPrivately('/走访 3号楼 张某 低保咨询');
    await beatAt(WEDNESDAY + 7 * DAY - HOUR);
    expect(count('stranger_line')).toBe(1);
    await beatAt(WEDNESDAY + 7 * DAY + HOUR);
    expect(count('stranger_line')).toBe(0);
  });

  it('drops the name a stranger goes by with his line, and keeps that he is settled', async () => {
    const names = () => all<{ value: string }>("select value from setting where key like 'seen:%'");
    const told = (): string =>
      names()
        .map((row) => row.value)
        .join();
    const administrator = world.person('于洋', '梧桐街道', ['管理员']);
    const stranger = world.sim.addUser({ name: '秦月' });
    const other = world.sim.addUser({ name: '来客' });
    await stranger.sayPrivately('我是秦月');
    await other.sayPrivately('我是吕晓');
    await world.settle();
    const card = world.sim.private(administrator).lastCard();
    if (!card) throw new Error('no card');
    expect(world.sim.cardText(card)).toContain('吕晓');
    await administrator.press(card, '确认', { form: { who: '不是我们这儿的' } });
    await world.settle();
    await beatAt(WEDNESDAY + 7 * DAY - HOUR);
    expect(told()).toMatch(/秦月.*吕晓|吕晓.*秦月/);
    await beatAt(WEDNESDAY + 7 * DAY + HOUR);
    expect(told()).not.toMatch(/秦月|吕晓/);
    expect(names()).toHaveLength(1);
    await other.sayPrivately('/走访 3号楼 张某 低保咨询');
    await world.settle();
    expect(count('stranger_line')).toBe(0);
    await beatAt(WEDNESDAY + 181 * DAY);
    expect(names()).toEqual([]);
  });

  it('gives a name that was kept before this its seven days, and lets the group list forget it', async () => {
    const { settings, chats } = world.office.q;
    const chat = chats.find(world.connection, world.group)?.id ?? 0;
    const key = `seen:${world.connection}:ou_old`;
    settings.set(key, { name: '秦月', by: 'platform', chatId: chat, outsideAt: null });
    settings.set(`unclear:${chat}`, ['ou_old', 'ou_new']);
    settings.set(`seen:${world.connection}:ou_new`, {
      name: '柳絮',
      by: 'platform',
      chatId: chat,
      outsideAt: null,
      at: WEDNESDAY + 3 * DAY,
    });
    await beatAt(WEDNESDAY);
    await beatAt(WEDNESDAY + 7 * DAY - HOUR);
    expect(settings.get(key)).toMatchObject({ name: '秦月' });
    await beatAt(WEDNESDAY + 7 * DAY + HOUR);
    expect(settings.get(key)).toBeNull();
    expect(settings.get(`unclear:${chat}`)).toEqual(['ou_new']);
  });

  it('goes on in slices until nothing is left, however much there is', async () => {
    world.store.transaction(() => {
      for (let n = 0; n < 1700; n += 1)
        world.store.db.run(
          `insert into inbox (key, connection, received_at, status, body_sealed) values ('k${n}', 'c', ${WEDNESDAY - n}, 'done', 'v1.x')`,
        );
    });
    await beatAt(WEDNESDAY + 8 * DAY);
    expect(count('inbox', 'body_sealed is not null')).toBe(0);
    expect(count('inbox')).toBe(1700);
    await beatAt(WEDNESDAY + 31 * DAY);
    expect(count('inbox')).toBe(1);
  });

  it('is looked at once an hour, and again at once when the clock was set back', async () => {
    await beatAt(WEDNESDAY + 20 * DAY);
    const old = `insert into inbox (key, connection, received_at, status, body_sealed) values ('late', 'c', ${WEDNESDAY + 12.5 * DAY}, 'done', 'v1.x')`;
    world.store.db.run(old);
    await beatAt(WEDNESDAY + 20 * DAY + HOUR / 2);
    expect(count('inbox', 'body_sealed is not null')).toBe(1);
    await beatAt(WEDNESDAY + 20 * DAY + HOUR);
    expect(count('inbox', 'body_sealed is not null')).toBe(0);
    world.store.db.run(old.replace('late', 'later'));
    await beatAt(WEDNESDAY + 19.9 * DAY);
    expect(count('inbox', 'body_sealed is not null')).toBe(0);
  });

  it('keeps the number of a failed line, the guard’s reminders, and what has not been sent', async () => {
    const old = WEDNESDAY - 500 * DAY;
    for (const statement of [
      `insert into inbox (key, connection, received_at, status) values ('failed', 'c', ${old}, 'failed')`,
      `insert into told (who, kind, at) values ('member:1', 'guard:phone', ${old}), ('x', 'stranger', ${old})`,
      `insert into job_run (job, period, scope, ran_at) values ('weekly', 'old', 'x', ${old}), ('weekly', 'new', 'x', ${WEDNESDAY - DAY})`,
      `insert into live_card (connection, target_type, target_id, message_id, view, params, posted_at, retired_at)
        values ('c', 'user', 'u', 'om_old', 'v', '{}', ${old}, ${old}), ('c', 'user', 'u', 'om_live', 'v', '{}', ${WEDNESDAY}, null)`,
      `insert into follow (subject, card_id) select 'issue:1', id from live_card`,
      ...['uncertain', 'dead', 'pending', 'sent'].map(
        (state) =>
          `insert into outbox (cause, ordinal, connection, kind, target_type, target_id, lane, payload, exempt, not_before, created_at, state, uuid, sent_at)
            values ('${state}', 0, 'c', 'send', 'user', 'u', 'answer', '{}', 1, ${WEDNESDAY + 900 * DAY}, ${old}, '${state}', 'u', ${old})`,
      ),
    ])
      world.store.db.run(statement);
    await beatAt(WEDNESDAY);
    expect(all('select key from inbox')).toEqual([{ key: 'failed' }]);
    expect(all('select kind from told')).toEqual([{ kind: 'guard:phone' }]);
    expect(all('select period from job_run')).toEqual([{ period: 'new' }]);
    expect(all('select message_id from live_card')).toEqual([{ message_id: 'om_live' }]);
    expect(count('follow')).toBe(1);
    expect(all('select state from outbox order by state')).toEqual(
      ['dead', 'pending', 'uncertain'].map((state) => ({ state })),
    );
  });
});
