import type { Issue } from '../../db/queries/issue-rows.ts';
import { createWorld, type World } from '../helpers/world.ts';
import type { PressOutcome, SimMessage } from '../simulators/feishu/types.ts';

export const PLAIN = '/诉求 6号楼 陈奶奶 楼道灯坏了三天没人修';
export const CALL = { channel: 'call', answerer: 'self' };

/** People at work on matters, through the front door: what each sees and presses. */
export interface Desk {
  world: World;
  /** Says it in the work group. */
  say(name: string, text: string): Promise<void>;
  tell(name: string, text: string): Promise<void>;
  /** Presses on the newest private card that has such a button; `form` answers the form that opens, if one does. */
  press(name: string, label: string, form?: Record<string, string>): Promise<string>;
  /** Presses on this very card, as it stands. */
  pressOn(name: string, card: SimMessage, label: string): Promise<PressOutcome>;
  /** The newest private card. */
  card(name: string): SimMessage;
  text(name: string): string;
  buttons(name: string): string[];
  /** All that ever stood in the work group. */
  group(): string;
  groupCard(): SimMessage;
  state(number?: number): Issue;
  later(ms: number): void;
  close(): Promise<void>;
}

export async function openDesk(
  options: { at?: number; without?: string[]; publicUrl?: string; cardLifeMs?: number } = {},
): Promise<Desk> {
  const { at, publicUrl, cardLifeMs } = options;
  const world = await createWorld({ jobs: [], at, publicUrl, cardLifeMs });
  for (const [name, org, role] of [
    ['周强', '物业办', '承办联系人'],
    ['吴敏', '物业办', '承办联系人'],
    ['赵书记', '梧桐街道', '书记'],
  ] as const) {
    if (!options.without?.includes(name)) world.person(name, org, [role]);
  }
  const { sim } = world;
  const user = (name: string) => {
    const found = world.users[name];
    if (!found) throw new Error(`nobody is called ${name}`);
    return found;
  };
  const cards = (name: string) => [...sim.private(user(name)).cards()].reverse();
  const labels = (card: SimMessage) => sim.buttons(card).map((button) => button.label);
  const desk: Desk = {
    world,
    async say(name, text) {
      await user(name).say(world.group, text);
      await world.settle();
    },
    async tell(name, text) {
      await user(name).sayPrivately(text);
      await world.settle();
    },
    async press(name, label, form) {
      const card = cards(name).find((each) => labels(each).includes(label));
      if (!card) throw new Error(`${name} has no button ${label}; the newest card: ${desk.text(name)}`);
      let outcome = await desk.pressOn(name, card, label);
      if (form) {
        const submit = labels(card).find((each) => each !== '返回');
        if (!submit) throw new Error(`no form came: ${outcome.toast?.content ?? sim.cardText(card)}`);
        outcome = await user(name).press(card, submit, { form });
        await world.settle();
      }
      return outcome.toast?.content ?? '';
    },
    async pressOn(name, card, label) {
      const outcome = await user(name).press(card, label);
      await world.settle();
      return outcome;
    },
    card(name) {
      const [newest] = cards(name);
      if (!newest) throw new Error(`${name} has no card`);
      return newest;
    },
    text: (name) => sim.cardText(desk.card(name)),
    buttons: (name) => labels(desk.card(name)),
    group: () => sim.chat(world.group).texts().join('\n'),
    groupCard() {
      const card = sim.chat(world.group).lastCard();
      if (!card) throw new Error('no card in the group');
      return card;
    },
    state(number = 1) {
      const orgs = Object.values(world.orgs);
      const [head] = world.office.q.issues.numbered(number, orgs);
      const issue = head && world.office.q.issues.get(head.id);
      if (!issue) throw new Error(`no matter ${number}`);
      return issue;
    },
    later: (ms) => world.clock.set(world.clock.now() + ms),
    async close() {
      await world.close();
    },
  };
  return desk;
}
