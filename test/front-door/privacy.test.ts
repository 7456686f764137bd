import { Writable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLog } from '../../src/lib/node-log.ts';
import { asRead } from '../helpers/read.ts';
import { createWorld, type World } from '../helpers/world.ts';
import type { SimUser } from '../simulators/feishu/index.ts';

/** Everything that must not travel, in one line (decision 8). */
const SECRETS = [
  '张桂芳',
  '2单元',
  '501',
  '13812345678',
  '1381234',
  '11010519491231002X',
  '肝癌',
  '上访',
  '小宝',
  '<at',
  'id=all',
  '**',
  'evil.test',
];
const TAIL =
  '张桂芳 电话13812345678 身份证11010519491231002X 肝癌晚期 上访三年 孩子小宝 <at id=all></at> **粗体** [点我](http://evil.test) @所有人';

let world: World;
let logged: string;
beforeEach(async () => {
  logged = '';
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      logged += chunk.toString();
      done();
    },
  });
  world = await createWorld({ log: createLog('trace', sink) });
  world.person('罗建', '物业办', ['承办联系人']);
  world.person('周强', '第一支部');
});
afterEach(async () => {
  await world.close();
});

function user(name: string): SimUser {
  const found = world.users[name];
  if (!found) throw new Error(name);
  return found;
}
/** All that ever stood in the group, every version of every card. */
function seenByGroup(): string {
  return world.sim
    .chat(world.group)
    .messages.map((message) => JSON.stringify([message.content, message.history]))
    .join('\n');
}
const seenBy = (name: string): string =>
  world.sim
    .private(user(name))
    .messages.map((message) => JSON.stringify([message.content, message.history]))
    .join('\n');

describe('hostile text', () => {
  it.each([
    ['a visit', '/走访 3号楼2单元501 '],
    ['an attempt', '/未遇 3号楼2单元501 '],
    ['an issue', '/诉求 3号楼2单元501 '],
    ['a complaint', '/投诉 3号楼2单元501 '],
    ['a mistyped command', '/走坊 3号楼2单元501 '],
    ['an unknown command', '/甲乙丙 3号楼2单元501 '],
    ['a household asked for', '/户 3号楼2单元501 '],
  ])('reaches no group, no log and nobody else: %s', async (_what, head) => {
    await user('石小红').say(world.group, head + TAIL, { mentionBot: true });
    await world.settle();
    const group = seenByGroup();
    for (const secret of SECRETS) {
      expect(group).not.toMatch(asRead(secret));
      expect(logged).not.toMatch(asRead(secret));
    }
    for (const other of ['李梅', '周强', '罗建']) {
      for (const secret of ['张桂芳', '13812345678', '11010519491231002X', '肝癌'])
        expect(seenBy(other)).not.toContain(secret);
    }
    expect(world.sim.complaints).toEqual([]);
  });

  it('stays out of Monday’s card too', async () => {
    await user('石小红').say(world.group, `/走访 3号楼2单元501 ${TAIL}`);
    await user('石小红').say(world.group, `/诉求 3号楼2单元501 ${TAIL}`);
    await world.moveTo('2026-11-23T09:00');
    const group = seenByGroup();
    expect(group).toContain('本周清单');
    for (const secret of SECRETS) expect(group).not.toMatch(asRead(secret));
    expect(world.sim.complaints).toEqual([]);
  });

  it('is not readable in the file', async () => {
    await user('石小红').say(world.group, `/诉求 3号楼2单元501 ${TAIL}`);
    await world.settle();
    const dump = JSON.stringify(
      ['visit', 'visitor', 'issue', 'issue_step', 'inbox', 'outbox', 'household', 'audit', 'live_card'].map(
        (table) => world.store.db.all(`select * from ${table}`),
      ),
    );
    for (const secret of ['13812345678', '11010519491231002X', '肝癌', '2单元', '小宝', 'evil.test'])
      expect(dump).not.toContain(secret);
  });
});

describe('a household', () => {
  const cardOf = async (name: string): Promise<string> => {
    await user(name).sayPrivately('/户 3号楼 王秀英');
    await world.settle();
    const card = world.sim.private(user(name)).lastCard();
    return card ? world.sim.cardText(card) : '';
  };

  it('shows its room to the paired member and his secretary, and to no other branch (care 8)', async () => {
    const { q } = world.office;
    world.orgs.第二支部 = q.orgs.create({
      parentId: world.orgs.梧桐社区 ?? null,
      name: '第二支部',
      kind: '党支部',
      now: world.clock.now(),
    }).id;
    world.person('唐慧', '第二支部', ['党员', '书记']);
    const household = world.household('3号楼2单元501', '王秀英', '石小红');
    q.households.setPhone(household, '13812345678');
    expect(await cardOf('石小红')).toContain('2单元501');
    expect(await cardOf('贺立')).toContain('13812345678');
    for (const name of ['唐慧', '李梅']) {
      const seen = await cardOf(name);
      expect(seen).toContain('王秀英');
      expect(seen).not.toMatch(/2单元|501|138123/);
    }
    await user('唐慧').sayPrivately('/走访 3号楼2单元501 王秀英 看看老人');
    await world.settle();
    expect(await cardOf('李梅')).not.toMatch(/2单元|138123|看看老人/);
  });
});
