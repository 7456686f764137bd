import type { Queries } from '../../db/queries/index.ts';
import type { Org } from '../../db/queries/orgs.ts';
import { isDay, sayDay } from '../lib/day.ts';
import { findPolicy, POLICIES } from '../policies/index.ts';
import { adopt } from '../work/adopt.ts';

export interface PolicyDeps {
  office: { q: Queries; write<T>(work: () => T): Promise<T> };
  /** Epoch ms. */
  now: number;
  print(line: string): void;
}

const USAGE = '用法：lianxin policy adopt <xian|rugang> --from 2026-10-01 [--org 梧桐街道/第一支部]';

/**
 * `policy adopt <system> --from <day> [--org path]` (contract, decision 29): copies a policy as one's own. Without --org
 * for the whole office. A second call changes nothing. 0 = adopted, 2 = something is wrong and nothing was done.
 */
export async function runPolicy(
  words: readonly string[],
  options: ReadonlyMap<string, string>,
  { office, now, print }: PolicyDeps,
): Promise<number> {
  const [verb, system = ''] = words;
  const from = options.get('from') ?? '';
  const wrong = (line: string): number => {
    print(line);
    return 2;
  };
  if (verb !== 'adopt') return wrong(USAGE);
  const policy = findPolicy(system);
  if (!policy)
    return wrong(`没有这个制度：${system}。有：${POLICIES.map((each) => each.system).join('、')}。`);
  if (!isDay(from)) return wrong('--from 要写成 2026-10-01 这样的日期。');
  const found = orgFor(office.q, options.get('org'));
  if (typeof found === 'string') return wrong(found);
  const { adoption, fresh } = await office.write(() => {
    const done = adopt(office.q, policy, { orgId: found.id, from, by: null, now });
    if (done.fresh)
      office.q.audit.append({
        at: now,
        actorId: null,
        act: 'policy.adopt',
        subject: `adoption:${done.adoption.id}`,
        data: { system, orgId: found.id, from },
      });
    return done;
  });
  const where = `${found.name}《${policy.title}》${sayDay(adoption.fromDay, '')}起`;
  print(fresh ? `已采用：${where}。` : `早已采用：${where}，没有变化。`);
  return 0;
}

/** The org of a path, or the one root; a sentence when it is not to be told which. */
function orgFor(q: Queries, path: string | undefined): Org | string {
  const found = path === undefined ? q.orgs.all().filter((org) => org.parentId === null) : q.orgs.named(path);
  const [only, second] = found;
  if (!only)
    return path === undefined
      ? '还没有组织，请先导入名册：lianxin import 名册.xlsx'
      : `没有这个组织：${path}。`;
  if (second)
    return path === undefined
      ? '有几个最上级组织，请用 --org 写明是哪一个。'
      : `有几个组织叫“${path}”，请写全，例如 梧桐街道/第一支部。`;
  return only;
}
