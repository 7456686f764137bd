import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Desk, openDesk } from './desk.ts';

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
});
afterEach(async () => {
  expect(desk.world.sim.complaints).toEqual([]);
  await desk.close();
});

it('of two matters of one number a line means the one on which it can be done, and loses no word', async () => {
  const { q } = desk.world.office;
  desk.world.person('唐慧', '梧桐社区', ['书记']);
  // The branch's first, and the community's first, told to 唐慧 in private.
  await desk.say('石小红', '/诉求 6号楼 陈奶奶 楼道灯坏了');
  await desk.tell('唐慧', '诉求 9号楼 孙某 门口堆了垃圾');
  const both = q.issues.numbered(1, [desk.world.orgs.第一支部 ?? 0, desk.world.orgs.梧桐社区 ?? 0]);
  expect(both).toHaveLength(2);
  const [branch, community] = [
    both.find((head) => head.orgId === desk.world.orgs.第一支部),
    both.find((head) => head.orgId === desk.world.orgs.梧桐社区),
  ];
  await desk.tell('贺立', '派单 1 物业办');
  expect(q.issues.get(branch?.id ?? 0)).toMatchObject({ state: 'dispatched' });
  expect(q.issues.get(community?.id ?? 0)).toMatchObject({ state: 'reported' });
});
