import { pinyinOf } from '../../src/domain/names.ts';
import { dayOf } from '../../src/lib/day.ts';
import { findPolicy } from '../../src/policies/index.ts';
import type { Branch, Person, Writing } from './generate.ts';
import { nameOf } from './words.ts';

const FROM = '2025-01-01';

interface Place {
  name: string;
  kind: '街道' | '社区' | '党支部';
  parent: Place | null;
  id: number;
}

/** 县委 › 街道 › 社区 › 支部, each branch with its bound work group and people; both shipped policies are adopted. */
export function writePeople(writing: Writing): Branch[] {
  const { q, size, now } = writing;
  let rootId = 0;
  writing.each([0], () => {
    rootId = q.orgs.create({ parentId: null, name: '县委', kind: '党委', now }).id;
    for (const system of ['rugang', 'xian']) {
      const policy = findPolicy(system);
      if (policy) q.work.adopt({ system, orgId: rootId, policy, fromDay: FROM, by: null, now });
    }
  });

  const streets = count(size.streets, (number) => place(`第${number}街道`, '街道', null));
  const communities = streets.flatMap((street) =>
    count(size.communitiesPerStreet, (number) => place(`${street.name}${number}社区`, '社区', street)),
  );
  const halls = communities.flatMap((community) =>
    count(size.branchesPerCommunity, (number) =>
      place(`${community.name}第${number}支部`, '党支部', community),
    ),
  );
  const made: Branch[] = [];
  writing.each([...streets, ...communities, ...halls], (each) => {
    const parentId = each.parent?.id ?? rootId;
    each.id = q.orgs.create({ parentId, name: each.name, kind: each.kind, now }).id;
    if (each.kind === '社区')
      q.orgs.create({ parentId: each.id, name: `${each.name}物业办`, kind: '承办单位', now });
    if (each.kind === '党支部') made.push(branchOf(writing, each, made.length));
  });
  const seats = made.flatMap((branch, at) =>
    count(size.membersPerBranch, (number) => ({
      branch,
      number: at * size.membersPerBranch + number,
      nth: number,
    })),
  );
  writing.each(seats, ({ branch, number, nth }) => {
    branch.members.push(personOf(writing, branch, number, nth));
  });
  return made;
}

function branchOf({ q, connection, now }: Writing, at: Place, index: number): Branch {
  const externalId = `oc_bench_${index + 1}`;
  const chat = q.chats.seen({ connection, externalId, name: `${at.name}工作群` });
  // Bound long ago, so that a card is due this week.
  q.chats.bind(chat.id, { purpose: 'work', orgId: at.id, by: null, now: now - 300 * 86_400_000 });
  return { id: at.id, communityId: at.parent?.id ?? 0, chatId: chat.id, externalId, members: [] };
}

function personOf({ q, connection, now }: Writing, branch: Branch, number: number, nth: number): Person {
  const name = nameOf(number);
  const { id } = q.members.create({
    name,
    pinyin: pinyinOf(name),
    orgId: branch.id,
    communityId: branch.communityId,
    phone: `139${String(number).padStart(8, '0')}`,
    day: FROM,
    now,
  });
  q.members.grant(id, branch.id, '党员', FROM);
  if (nth === 1) q.members.grant(id, branch.id, '书记', FROM);
  if (nth === 2) q.members.grant(id, branch.id, '副书记', FROM);
  q.members.joinCohort(id, '重点选派党员', FROM);
  const externalId = `ou_bench_${number}`;
  q.members.link(connection, externalId, id);
  const point = q.households.addContactPoint({
    memberId: id,
    name: `第${(nth % 4) + 1}网格`,
    kind: '网格',
    orgId: branch.communityId,
    day: dayOf(now - 300 * 86_400_000),
  });
  return { id, name, externalId, pointId: point.id };
}

const place = (name: string, kind: Place['kind'], parent: Place | null): Place => ({
  name,
  kind,
  parent,
  id: 0,
});
const count = <T>(many: number, make: (number: number) => T): T[] =>
  Array.from({ length: many }, (_, index) => make(index + 1));
