import type { Store } from '../../db/store.ts';
import { pinyinOf } from '../../src/domain/names.ts';
import type { Office } from '../../src/office/office.ts';

/** One thing done on a card: its button, and what the form that opens is filled with. */
export interface Act {
  /** As on the card. */
  label: string;
  /** Values by the fields' names. */
  form?: Record<string, string>;
  /** The same words as one types them behind `<label> <号>`, where this is done by a line. */
  typed?: string;
}

/**
 * A platform as people use it: what they say and press goes in as the platform pushes it, what they see is what the
 * platform's simulator received. The whole contract of `platform.contract.ts` is spoken through this.
 */
export interface Door {
  readonly office: Office;
  readonly store: Store;
  readonly members: Record<string, number>;
  /** Opening hours of the door: the office's clock. */
  readonly clock: { now(): number; set(to: number): void };
  /** Says it in the work group, to the bot where the platform hears nothing else. */
  say(name: string, text: string): Promise<void>;
  /** Says it in the private chat. */
  tell(name: string, text: string): Promise<void>;
  /** On the newest private message that offers it; the way of this platform: a press, a page, a line. */
  act(name: string, act: Act): Promise<void>;
  /** Everything the bot ever said to this person, oldest first, as it stands now. */
  private(name: string): string[];
  /** All that the bot ever said in the work group. */
  group(): string[];
  /** The newest push comes a second time, exactly as it was; undefined: this platform pushes nothing. */
  again?(): Promise<void>;
  /** A push under a wrong secret: the status it got; undefined: nothing can be pushed at all. */
  forged?(): Promise<number>;
  /** The next calls to the platform fail so many times without effect; undefined: there are no calls. */
  fail?(times: number): void;
  /** Breaches of the platform's rules by the server. */
  complaints(): string[];
  /** Moves the clock, runs what falls due, and sends. */
  moveTo(time: string): Promise<void>;
  close(): Promise<void>;
}

/** Who is in the town: 梧桐街道 › 梧桐社区 › 第一支部, 物业办; 罗健 is nobody's member. */
export const PEOPLE = [
  { name: '贺立', org: '第一支部', roles: ['党员', '书记'] },
  { name: '石小红', org: '第一支部', roles: ['党员'] },
  { name: '李梅', org: '第一支部', roles: ['党员'] },
  { name: '周强', org: '物业办', roles: ['承办联系人'] },
  { name: '赵书记', org: '梧桐街道', roles: ['书记'] },
] as const;
export const STRANGER = '罗健';

const ORGS = [
  ['梧桐街道', '街道', null],
  ['梧桐社区', '社区', '梧桐街道'],
  ['第一支部', '党支部', '梧桐社区'],
  ['物业办', '承办单位', '梧桐社区'],
] as const;

/** Fills the roster, each person under his id on this connection, and binds the branch's work group. */
export async function settleTown(
  office: Office,
  input: { connection: string; idOf: (name: string) => string; group: string; now: number },
): Promise<Record<string, number>> {
  const { q } = office;
  const { connection, now } = input;
  const members: Record<string, number> = {};
  await office.write(() => {
    const orgs: Record<string, number> = {};
    for (const [name, kind, parent] of ORGS)
      orgs[name] = q.orgs.create({ parentId: parent ? (orgs[parent] ?? null) : null, name, kind, now }).id;
    for (const { name, org, roles } of PEOPLE) {
      const orgId = orgs[org] ?? 0;
      const community = org === '第一支部' ? orgs.梧桐社区 : null;
      const day = '2026-01-01';
      const row = q.members.create({ name, pinyin: pinyinOf(name), orgId, communityId: community, day, now });
      for (const role of roles) q.members.grant(row.id, orgId, role, day);
      q.members.link(connection, input.idOf(name), row.id);
      members[name] = row.id;
    }
    const chat = q.chats.seen({ connection, externalId: input.group, name: '第一支部工作群' });
    q.chats.bind(chat.id, {
      purpose: 'work',
      orgId: orgs.第一支部 ?? 0,
      by: members.贺立 ?? null,
      now,
    });
  });
  return members;
}

/** Runs job after job up to that time, as the minute's timer would. */
export async function moveOffice(office: Office, clock: Door['clock'], time: string): Promise<void> {
  const to = Date.parse(`${time}+08:00`);
  for (
    let next = office.nextDue(clock.now());
    next !== null && next <= to;
    next = office.nextDue(clock.now())
  ) {
    clock.set(next);
    await office.tick(next, 10_000);
  }
  clock.set(to);
  await office.tick(to, 10_000);
}

export const SECRET = 'a secret of the contract, long enough …';
/** Wednesday afternoon, a working day. */
export const WEDNESDAY = Date.parse('2026-11-18T15:00:00+08:00');
/** What stands on the public side, where there is one. */
export const PUBLIC_URL = 'https://lianxin.test';
