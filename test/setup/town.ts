import type { Role } from '../../src/domain/actor.ts';
import { pinyinOf } from '../../src/domain/names.ts';
import { ensureAdministrators } from '../../src/work/administrators.ts';
import { MEMBERS_WANTED } from '../../src/work/group-people.ts';
import { REPLAY } from '../../src/work/link-person.ts';
import { createWorld, type World } from '../helpers/world.ts';
import type { SimMessage, SimUser } from '../simulators/feishu/index.ts';

export interface Town extends World {
  /** A row of the roster that no platform id belongs to yet. */
  row(name: string, org: string, roles?: Role[]): number;
  /** Everything has been sent, every member list fetched, every kept line replayed. */
  calm(): Promise<void>;
  /** As `calm`, after the moment in which the platform's names may still come. */
  later(): Promise<void>;
  card(who: SimUser): SimMessage;
  said(who: SimUser): string;
}

/** 梧桐街道 › 梧桐社区 › 第一支部 without any person or group; one administrator, 于洋. */
export async function createTown(options: { path?: string } = {}): Promise<Town> {
  const world = await createWorld({ jobs: [], bare: true, path: options.path });
  const { q } = world.office;
  const now = world.clock.now();
  let parentId: number | null = null;
  for (const [name, kind] of [
    ['梧桐街道', '街道'],
    ['梧桐社区', '社区'],
    ['第一支部', '党支部'],
  ] as const) {
    parentId = q.orgs.create({
      parentId,
      name,
      kind,
      phone: name === '梧桐社区' ? '0000-8001' : null,
      now,
    }).id;
    world.orgs[name] = parentId;
  }
  const administrator = world.sim.addUser({ name: '于洋' });
  world.users.于洋 = administrator;
  await world.office.write(() =>
    ensureAdministrators(q, now, [{ connection: world.connection, id: administrator.openId }]),
  );
  const town: Town = {
    ...world,
    row(name, org, roles = ['党员']) {
      const orgId = world.orgs[org] ?? 0;
      const member = q.members.create({
        name,
        pinyin: pinyinOf(name),
        orgId,
        communityId: world.orgs.梧桐社区,
        day: '2024-01-01',
        now,
      });
      for (const role of roles) q.members.grant(member.id, orgId, role, '2024-01-01');
      return member.id;
    },
    async calm() {
      do {
        await world.settle();
        await new Promise((resolve) => setTimeout(resolve, 1));
      } while (q.settings.get(MEMBERS_WANTED) !== null || q.settings.get(REPLAY) !== null);
      await world.settle();
    },
    async later() {
      await town.calm();
      world.clock.set(world.clock.now() + 3_000);
      await town.calm();
    },
    card(who) {
      const card = world.sim.private(who).lastCard();
      if (!card) throw new Error(`no card for ${who.name}`);
      return card;
    },
    said: (who) => world.sim.private(who).texts().join('\n'),
  };
  return town;
}
