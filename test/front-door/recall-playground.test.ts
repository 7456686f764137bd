import { expect, it } from 'vitest';
import { openStore } from '../../db/node.ts';
import { pinyinOf } from '../../src/domain/names.ts';
import { movableClock } from '../../src/lib/clock.ts';
import { silentLog } from '../../src/lib/log.ts';
import { assembleOffice } from '../../src/office/assemble.ts';
import { createPlayground } from '../../src/platforms/playground/index.ts';
import { createStage } from '../../src/web/playground/stage.ts';
import { WEDNESDAY } from '../helpers/world.ts';

it('withdraws the visit in the playground as well, and takes our line out of the room', async () => {
  const clock = movableClock(WEDNESDAY, { frozen: true });
  const playground = createPlayground({
    clock,
    people: [{ id: 'shi', name: '石小红' }],
    groups: [{ id: 'work', name: '第一支部工作群', members: ['shi'] }],
  });
  const store = openStore(':memory:');
  const secret = 'a secret for tests, long enough …';
  const office = assembleOffice({ store, secret, clock, platforms: [playground], log: silentLog, jobs: [] });
  const { q } = office;
  const now = clock.now();
  const org = q.orgs.create({ parentId: null, name: '第一支部', kind: '党支部', now }).id;
  const member = q.members.create({
    name: '石小红',
    pinyin: pinyinOf('石小红'),
    orgId: org,
    communityId: null,
    day: '2026-01-01',
    now,
  });
  q.members.grant(member.id, org, '党员', '2026-01-01');
  q.members.link(playground.connection, 'shi', member.id);
  const chat = q.chats.seen({ connection: playground.connection, externalId: 'work' });
  q.chats.bind(chat.id, { purpose: 'work', orgId: org, by: null, now });
  await office.start();
  const stage = createStage(playground, {
    clock,
    deliver: office.deliver,
    tick: async () => ({ sent: 0, failed: 0 }),
    nextDue: office.nextDue,
    settle: () => office.settle(),
    commands: () => [],
  });
  expect(await stage.say({ as: 'shi', chat: 'work', text: '/走访 3号楼 张某 低保咨询' })).toBeNull();
  await office.settle();
  const room = () => playground.rooms.messages('work');
  const [mine, ours] = room();
  expect(ours?.content).toMatchObject({ text: '已记 · 3号楼 1户' });
  expect(q.visits.latestBy(member.id)).toBeDefined();
  expect(await stage.recall('shi', mine?.id ?? '')).toBeNull();
  await office.settle();
  expect(q.visits.latestBy(member.id)).toBeUndefined();
  expect(room().map((each) => each.recalled)).toEqual([true, true]);
  await office.stop();
  store.close();
});
