import { randomBytes } from 'node:crypto';
import { openStore } from '../../db/node.ts';
import { pinyinOf } from '../../src/domain/names.ts';
import { silentLog } from '../../src/lib/log.ts';
import { assembleOffice } from '../../src/office/assemble.ts';
import type { Credentials } from '../../src/offices/credentials.ts';
import { PEOPLE, STRANGER, settleTown } from '../contract/door.ts';
import { createDingTalkSim, type DingTalkSim, type SimUser } from '../simulators/dingtalk/index.ts';

/** The town of the contract as an organisation of DingTalk, pushing to `<base>/webhook/dingtalk`. */
export interface DingTalkTown {
  sim: DingTalkSim;
  /** Where the office's addresses begin. */
  base: string;
  group: string;
  user(name: string): SimUser;
  credentials: Credentials;
}

type Fetch = (url: string, init?: RequestInit) => Promise<Response>;

export async function createDingTalkTown(now: () => number, base: string, ask: Fetch): Promise<DingTalkTown> {
  // Each organisation has a token of its own, as in life.
  const token = randomBytes(12).toString('hex');
  const sim = await createDingTalkSim({ clock: now, limits: false, ackTimeoutMs: 30_000, token });
  const names: string[] = [...PEOPLE.map(({ name }) => name), STRANGER];
  const users = new Map(names.map((name) => [name, sim.addUser({ name })]));
  const group = sim.addGroup({ name: '第一支部工作群', members: [...users.values()], withBot: true });
  sim.connectHttp({ url: `${base}/webhook/dingtalk`, fetch: ask });
  const { clientId, clientSecret, robotCode, templateId, baseUrl, aesKey } = sim;
  return {
    sim,
    base,
    group,
    user(name) {
      const found = users.get(name);
      if (!found) throw new Error(`nobody is called ${name}`);
      return found;
    },
    credentials: {
      dingtalk: {
        clientId,
        clientSecret,
        robotCode,
        cardTemplateId: templateId,
        baseUrl,
        oapiUrl: baseUrl,
        mode: 'webhook',
        aesKey,
        token,
        monthly: { calls: 0, pushes: 0 },
      },
      admins: [],
      revision: 1,
    },
  };
}

/**
 * Writes the town into a new database: everybody known by his id but one, who is in the roster and on DingTalk; that
 * they are one person is for the office to find out.
 */
export async function seedDingTalkTown(
  { sim, group, user }: DingTalkTown,
  path: string,
  secret: string,
  now: number,
): Promise<void> {
  const store = openStore(path);
  const office = assembleOffice({ store, secret, clock: { now: () => now }, platforms: [], log: silentLog });
  const connection = `dingtalk:${sim.clientId}`;
  await settleTown(office, { connection, idOf: (name) => user(name).staffId, group, now });
  const { q } = office;
  await office.write(() => {
    const orgId = q.orgs.all().find(({ name }) => name === '第一支部')?.id ?? 0;
    const row = { name: STRANGER, pinyin: pinyinOf(STRANGER), orgId, communityId: null };
    const { id } = q.members.create({ ...row, day: '2026-01-01', now });
    q.members.grant(id, orgId, '党员', '2026-01-01');
  });
  await office.stop();
  store.close();
}

/** The address of a button on a signed page. */
export function actOn(html: string, label: string, page: string): string {
  const path = new RegExp(`<form[^>]*action="([^"]+)"(?:(?!<form)[\\s\\S])*?>${label}</button>`, 'u').exec(
    html,
  )?.[1];
  if (!path) throw new Error(`no ${label} on: ${html}`);
  return new URL(path, page).href;
}

/** The newest link to a signed page that somebody was sent. */
export function pageFor({ sim, base, user }: DingTalkTown, name: string): string {
  const texts = sim.private(user(name)).texts();
  const links = texts.join('\n').match(/https?:\/\/\S+\/f\/\S+/gu) ?? [];
  const link = links.at(-1);
  if (!link?.startsWith(`${base}/f/`)) throw new Error(`${name} has no link: ${texts.join('\n')}`);
  return link;
}
