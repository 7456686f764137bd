import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { asRead } from '../helpers/read.ts';
import { createWorld, type World } from '../helpers/world.ts';
import type { SimMessage, SimUser } from '../simulators/feishu/index.ts';

/** What was said and known of residents here; none of it is for the people of this page. */
const SECRETS = ['张桂芳', '陈奶奶', '13812345678', '501', '低保咨询', '肝癌', '楼道灯'];
const TABLES = ['visit', 'visitor', 'issue', 'issue_step', 'household', 'pairing', 'member', 'role', 'audit'];

let world: World;
let householdId: number;
/** Everybody's cards with everything one could press on them. */
let cards: SimMessage[];

beforeEach(async () => {
  world = await createWorld({ jobs: [] });
  const { q } = world.office;
  const now = world.clock.now();
  const org = (name: string, kind: '党支部' | '社区' | '党总支', parent: string) => {
    world.orgs[name] = q.orgs.create({ parentId: world.orgs[parent] ?? null, name, kind, now }).id;
  };
  org('桂花社区', '社区', '梧桐街道');
  org('桂花总支', '党总支', '桂花社区');
  org('第二支部', '党支部', '梧桐社区');
  world.person('罗建', '物业办', ['承办联系人']);
  world.person('钱外', '桂花总支', ['党员', '书记']);
  world.person('田邻', '第二支部');
  world.person('高远', '梧桐街道', ['管理员']);
  world.users.路人 = world.sim.addUser({ name: '路人' });
  householdId = world.household('3号楼2单元501', '张桂芳', '石小红');
  await user('石小红').say(world.group, '/走访 3号楼2单元501 张桂芳 电话13812345678 肝癌 低保咨询');
  await user('石小红').say(world.group, '/诉求 6号楼 陈奶奶 楼道灯坏了三天没人修');
  await world.settle();
  cards = [user('石小红'), user('贺立')].flatMap((each) => world.sim.private(each).cards());
});
afterEach(async () => {
  expect(world.sim.complaints).toEqual([]);
  await world.close();
});

function user(name: string): SimUser {
  const found = world.users[name];
  if (!found) throw new Error(`nobody is called ${name}`);
  return found;
}
const state = () => JSON.stringify(TABLES.map((table) => world.store.db.all(`select * from ${table}`)));
/** All that somebody ever got to see in private. */
const seenBy = (name: string) =>
  JSON.stringify(world.sim.private(user(name)).messages.map((message) => [message.content, message.history]));
/** Presses what stands on somebody else's card, as if it had been forwarded to him, or made by hand. */
async function press(name: string, value: object, form?: Record<string, string>, card?: SimMessage) {
  const presser = user(name);
  const answer = await world.sim.push('card.action.trigger', {
    operator: { tenant_key: world.sim.tenantKey, open_id: presser.openId, union_id: presser.unionId },
    token: 'c-token',
    action: { value, tag: 'button', ...(form ? { form_value: form } : {}) } as never,
    host: 'im_message',
    context: { open_message_id: card?.id ?? 'om_forwarded', open_chat_id: card?.chatId ?? 'oc_forwarded' },
  });
  expect(answer.status).toBe(200);
  await world.settle();
  return JSON.stringify(answer.body);
}
const everything = (name: string, answers: string[]) => answers.join('\n') + seenBy(name);

describe('a stolen link, a forwarded card (threat 2)', () => {
  it('there is no link to steal: nothing that is sent holds an address', () => {
    expect(cards.length).toBeGreaterThanOrEqual(3);
    const sent = JSON.stringify(world.sim.messages.map((message) => [message.content, message.history]));
    expect(sent).not.toMatch(/https?:/);
    for (const card of cards)
      for (const button of world.sim.buttons(card)) expect(button.url).toBeUndefined();
  });

  it.each(['路人', '钱外', '田邻', '高远', '罗建'])(
    'does nothing and shows nothing in the hands of %s',
    async (name) => {
      const before = state();
      const answers: string[] = [];
      for (const card of cards)
        for (const button of world.sim.buttons(card)) {
          answers.push(await press(name, button.value));
          answers.push(await press(name, button.value, {}, card));
        }
      expect(answers.length).toBeGreaterThan(20);
      expect(state()).toBe(before);
      for (const secret of SECRETS) expect(everything(name, answers)).not.toMatch(asRead(secret));
    },
  );

  it('does nothing when its values are made by hand', async () => {
    const before = state();
    const answers: string[] = [];
    for (const name of ['路人', '钱外', '高远'])
      for (const value of [
        { a: 'household.open', household: String(householdId) },
        { a: 'household.full', household: householdId },
        { a: 'issue.open', issue: 1 },
        { a: 'issue.handleHere', issue: 1, version: 1 },
        { a: 'withdraw.undo', batch: '1' },
        { a: 'office.retry', event: 1 },
        { a: '__proto__.constructor' },
        { a: 'nothing.there' },
        {},
      ])
        answers.push(name, await press(name, value));
    expect(state()).toBe(before);
    for (const secret of SECRETS) expect(answers.join('\n')).not.toMatch(asRead(secret));
  });
});

describe('a curious member (threat 3)', () => {
  it('of another community gets nothing of a household or a matter', async () => {
    for (const line of [
      '/户 3号楼2单元501 张桂芳',
      '/户 张桂芳',
      '第1号',
      '1',
      '/研判',
      '/日记',
      '/我的',
      '办 1 好了',
    ])
      await user('钱外').sayPrivately(line);
    await world.settle();
    const got = world.sim.private(user('钱外')).messages;
    expect(got.length).toBeGreaterThan(5);
    for (const secret of SECRETS)
      expect(JSON.stringify(got.map((message) => message.content))).not.toMatch(asRead(secret));
  });

  it.each(['李梅', '田邻'])(
    'of the same community, not paired (%s), gets no room, phone or note, and no word of a matter',
    async (name) => {
      for (const line of ['/户 3号楼', '第1号', '/研判']) await user(name).sayPrivately(line);
      await world.settle();
      expect(world.sim.private(user(name)).messages.length).toBeGreaterThan(2);
      expect(seenBy(name)).toContain('3号楼 张桂芳');
      for (const secret of SECRETS.slice(1)) expect(seenBy(name)).not.toMatch(asRead(secret));
    },
  );

  it('who reads a household stands in the audit', async () => {
    await user('李梅').sayPrivately('/户 3号楼 张桂芳');
    await world.settle();
    const read = world.office.q.audit.of(`household:${householdId}`);
    expect(read.map((entry) => [entry.act, entry.actorId])).toContainEqual([
      'household.read',
      world.members.李梅,
    ]);
  });
});

describe('a curious administrator (threat 4)', () => {
  it('configures, and reads neither words nor rooms', async () => {
    world.sim.setReachable(user('石小红'), 'blocked');
    await user('石小红').say(world.group, '/走访 3号楼2单元501 张桂芳 肝癌');
    await world.settle();
    for (const line of [
      '/户 3号楼2单元501 张桂芳',
      '第1号',
      '/研判',
      '/日记',
      '/我的',
      '/没发出去',
      '/名册 石小红',
    ])
      await user('高远').sayPrivately(line);
    await world.settle();
    expect(world.sim.private(user('高远')).messages.length).toBeGreaterThan(5);
    expect(seenBy('高远')).toContain('没发出');
    for (const secret of SECRETS) expect(seenBy('高远')).not.toMatch(asRead(secret));
  });

  it('finds only sealed words in the file, and the audit shows that somebody changed it', () => {
    const file = JSON.stringify(
      world.store.db
        .all<{ name: string }>("select name from sqlite_master where type = 'table'")
        .map(({ name }) => world.store.db.all(`select * from ${name}`)),
    );
    for (const secret of ['13812345678', '2单元', '低保咨询', '肝癌', '楼道灯'])
      expect(file).not.toContain(secret);
    expect(world.office.q.audit.verify()).toBeNull();
    world.store.db.run('update audit set actor_id = 99 where seq = 2');
    expect(world.office.q.audit.verify()).toBe(2);
  });
});

describe('a lost phone (threat 5)', () => {
  it('is worth nothing from the moment its owner is suspended, old cards and waiting messages too', async () => {
    world.office.q.members.change(world.members.石小红 ?? 0, { status: '停用', statusFrom: '2026-11-18' });
    const before = state();
    const seen = seenBy('石小红');
    const answers: string[] = [];
    for (const card of world.sim.private(user('石小红')).cards())
      for (const button of world.sim.buttons(card))
        answers.push(await press('石小红', button.value, {}, card));
    await user('石小红').sayPrivately('/户 3号楼2单元501 张桂芳');
    await user('石小红').sayPrivately('/日记');
    await user('石小红').sayPrivately('第1号');
    await world.settle();
    expect(answers.length).toBeGreaterThan(5);
    expect(state()).toBe(before);
    const fresh = answers.join('\n') + seenBy('石小红').replace(seen.slice(0, -1), '');
    for (const secret of SECRETS) expect(fresh).not.toMatch(asRead(secret));
  });
});

describe('a card that waits for a lost phone', () => {
  it('is not sent any more', async () => {
    const fault = world.sim.fail({
      path: /\/im\/v1\/messages/,
      method: 'POST',
      times: 99,
      mode: 'error',
      status: 503,
    });
    await user('石小红').sayPrivately('/户 3号楼2单元501 张桂芳');
    await world.settle();
    expect(fault.hits).toBeGreaterThan(0);
    const seen = seenBy('石小红');
    world.office.q.members.change(world.members.石小红 ?? 0, { status: '停用', statusFrom: '2026-11-18' });
    fault.cancel();
    world.clock.set(world.clock.now() + 120_000);
    await world.settle();
    expect(seenBy('石小红')).toBe(seen);
    expect(world.store.db.all("select id from outbox where state = 'pending'")).toEqual([]);
  });
});

describe('hostile text (threat 6)', () => {
  const HOSTILE =
    '/诉求 6号楼 陈奶奶 灯坏了<at id=all></at><at user_id="all">所有人</at> **粗** [点我](https://evil.test) <font color=red>红</font> \u202e{"a":"x"} @所有人';

  it('is text and nothing else, in the group and in private: it rings nobody and links nowhere', async () => {
    await user('石小红').say(world.group, HOSTILE);
    await world.settle();
    const secretary = world.sim.private(user('贺立')).lastCard();
    if (!secretary) throw new Error('no card');
    expect(world.sim.cardText(secretary)).toContain('所有人');
    for (const message of world.sim.messages) {
      const content = JSON.stringify([message.content, message.history]);
      expect(content).not.toMatch(/<at|<font|\u202e|\\u202e/i);
      expect(content).not.toContain('lark_md');
      expect(content).not.toMatch(/"tag":"markdown"/);
    }
    expect(world.sim.chat(world.group).texts().join()).not.toMatch(/evil|所有人|粗/);
  });
});
