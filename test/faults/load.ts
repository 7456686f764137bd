import type { Delivery, SimMessage, SimUser } from '../simulators/feishu/types.ts';
import type { HostWorld } from './host-world.ts';
import type { Random } from './random.ts';

/** Something a person did, and what came of the push. */
export interface Act {
  what: 'visit' | 'private' | 'issue' | 'chatter' | 'undo';
  by: SimUser;
  building: number;
  /** The inbox key it must have. */
  key: string;
  delivery: Delivery;
  /** Acknowledged at some time with 200, by the first push or a later one. */
  acked(): boolean;
  /** Only of a press: it was answered with more than an error toast. */
  accepted: boolean;
}

/** Counts of a run, for the table. */
export interface Counts {
  rounds: number;
  kills: number;
  acts: number;
  duplicates: number;
  repushes: number;
  platformFaults: number;
  locks: number;
  fullDisks: number;
  clockJumps: number;
  resets: number;
  tokenExpiries: number;
  messages: number;
  uncertain: number;
  dead: number;
}

const UNDO = '撤销这条记录';

const TEXT = {
  visit: (n: number) => `/走访 ${n}号楼 张某 低保咨询`,
  private: (n: number) => `走访 ${n}号楼 张某 送药上门`,
  issue: (n: number) => `/诉求 ${n}号楼 陈奶奶 楼道灯坏了三天没人修`,
  chatter: () => '大家辛苦了，明天见',
};

/** What somebody is going to do, drawn before anything happens, so that a seed repeats itself. */
export interface Plan {
  what: Act['what'];
  group: HostWorld['groups'][number];
  by: SimUser;
  building: number;
  /** 0 ≤ x < 1: which of several cards. */
  which: number;
}

const WHATS = ['visit', 'visit', 'visit', 'visit', 'private', 'issue', 'chatter', 'undo'] as const;

export function plan(world: HostWorld, random: Random): Plan {
  const group = random.pick(world.groups);
  return {
    what: random.pick(WHATS),
    group,
    by: random.pick(group.members),
    building: random.between(1, 99),
    which: random.next(),
  };
}

/** Does it; resolves when the push was answered or lost. Nothing to undo: a visit instead. */
export async function act(world: HostWorld, todo: Plan, breaches: string[]): Promise<Act> {
  const { by, building, group } = todo;
  const card = todo.what === 'undo' ? undoable(world, todo) : undefined;
  if (card) {
    const delivery = await by.press(card, UNDO);
    const accepted = delivery.acked && delivery.toast?.type === 'success';
    const key = `evt:${delivery.eventId}`;
    return seen(world, breaches, { what: 'undo', by, building, delivery, key, accepted });
  }
  const what = todo.what === 'undo' ? 'visit' : todo.what;
  const text = TEXT[what](building);
  const delivery = what === 'private' ? await by.sayPrivately(text) : await by.say(group.id, text);
  const key = `msg:${delivery.messageId}`;
  return seen(world, breaches, { what, by, building, delivery, key, accepted: true });
}

/** Commit before acknowledge: at the moment the 200 is read, the row is in the file for everybody (architecture). */
function seen(world: HostWorld, breaches: string[], made: Omit<Act, 'acked'>): Act {
  const event = world.sim.events.find((each) => each.eventId === made.delivery.eventId);
  const kept = made.delivery.acked && (made.what !== 'undo' || made.accepted);
  if (kept && !isKept(world, made.key)) breaches.push(`${made.key} was acknowledged before it was on disk`);
  return { ...made, acked: () => event?.attempts.some((each) => each.acked) ?? false };
}

export function isKept(world: HostWorld, key: string): boolean {
  return world.disk.prepare('select 1 from inbox where key = ?').get(key) !== undefined;
}

/** A receipt in this person's private chat that still offers 撤销. */
function undoable(world: HostWorld, { by, which }: Plan): SimMessage | undefined {
  const cards = world.sim
    .private(by)
    .cards()
    .filter((each) => world.sim.findButton(each, UNDO) !== undefined);
  return cards[Math.floor(which * cards.length)];
}
