import { openStore } from '../../../db/node.ts';
import { createApp } from '../../../src/app.ts';
import { accepting } from '../../../src/http/accept.ts';
import { movableClock } from '../../../src/lib/clock.ts';
import { silentLog } from '../../../src/lib/log.ts';
import { assembleOffice } from '../../../src/office/assemble.ts';
import { createDingTalk } from '../../../src/platforms/dingtalk/index.ts';
import { createDingTalkSim, type SimMessage, type SimUser } from '../../simulators/dingtalk/index.ts';
import {
  type Act,
  type Door,
  moveOffice,
  PEOPLE,
  PUBLIC_URL,
  SECRET,
  STRANGER,
  settleTown,
  WEDNESDAY,
} from '../door.ts';
import { pageOf } from './page.ts';

export interface DingTalkWay {
  transport: 'webhook' | 'stream';
  /** `template`: cards of the template; `page`: words and signed pages; `line`: words alone, no public address. */
  cards: 'template' | 'page' | 'line';
}

export async function dingtalkDoor({ transport, cards }: DingTalkWay): Promise<Door> {
  const clock = movableClock(WEDNESDAY, { frozen: true });
  const sim = await createDingTalkSim({ clock: clock.now, limits: false });
  const publicUrl = cards === 'line' ? undefined : PUBLIC_URL;
  const { clientId, clientSecret, robotCode, aesKey, token } = sim;
  const dingtalk = createDingTalk({
    clientId,
    clientSecret,
    robotCode,
    cardTemplateId: cards === 'template' ? sim.templateId : undefined,
    baseUrl: sim.baseUrl,
    oapiUrl: sim.baseUrl,
    mode: transport,
    aesKey,
    token,
    publicUrl,
    log: silentLog,
    now: clock.now,
  });
  const store = openStore(':memory:');
  const office = assembleOffice({
    store,
    secret: SECRET,
    clock,
    platforms: [dingtalk],
    log: silentLog,
    publicUrl,
  });
  await office.start();
  const app = createApp({
    platforms: [dingtalk],
    sink: office.deliver,
    pages: office.pages,
    ready: () => true,
    now: clock.now,
    log: silentLog,
  });
  const ask = async (input: string, init?: RequestInit) => app.request(input, init);
  if (transport === 'stream') sim.transport = 'stream';
  else sim.connectHttp({ url: `${PUBLIC_URL}/webhook/dingtalk`, fetch: ask });
  await dingtalk.start?.(accepting(office.deliver, silentLog));
  if (transport === 'stream')
    await sim.waitFor(() => sim.connections === 1, { what: 'the Stream connection' });
  if (transport === 'webhook' && cards === 'template')
    await sim.waitFor(() => sim.calls.some((call) => call.path.endsWith('/callbacks/register')));

  const users = new Map<string, SimUser>(
    [...PEOPLE.map((each) => each.name), STRANGER].map((name) => [name, sim.addUser({ name })]),
  );
  const user = (name: string): SimUser => {
    const found = users.get(name);
    if (!found) throw new Error(`nobody is called ${name}`);
    return found;
  };
  const group = sim.addGroup({ name: '第一支部工作群', members: [...users.values()], withBot: true });
  const members = await settleTown(office, {
    connection: dingtalk.connection,
    idOf: (name) => user(name).staffId,
    group,
    now: clock.now(),
  });
  const settle = () => office.settle(10_000);
  const newest = (name: string): SimMessage[] => [...sim.private(user(name)).messages].reverse();
  const labels = (card: SimMessage, who: SimUser) => sim.buttons(card, who).map((button) => button.label);

  async function press(name: string, { label, form }: Act): Promise<void> {
    const who = user(name);
    const card = newest(name).find((each) => labels(each, who).includes(label));
    if (!card)
      throw new Error(`${name} has no button ${label}:\n${sim.private(who).texts().join('\n---\n')}`);
    await who.press(card, label);
    await settle();
    if (!form) return;
    const submit = sim.buttons(card, who).find((button) => button.submit)?.label ?? '';
    await who.press(card, submit, { form });
    await settle();
  }

  /** The tap says the line, or opens the page; a form asks on its page, or its line is typed with the words. */
  async function tap(name: string, { label, form, typed = '' }: Act): Promise<void> {
    const who = user(name);
    const card = newest(name).find((each) => labels(each, who).includes(label));
    if (!card) return type(name, label, form ? typed : '');
    const tapped = await who.tap(card, label);
    await settle();
    if (tapped.kind === 'url') await pageOf(ask, tapped.url, form ?? {});
    await settle();
    if (!form || tapped.kind === 'url') return;
    // What opened is another message: its form has a page of its own, or a line.
    const opened = newest(name)[0];
    const link = opened && sim.buttons(opened, who).find((button) => button.url?.startsWith('http'));
    if (opened && link && cards === 'page') {
      const page = await who.tap(opened, link.label);
      if (page.kind === 'url') await pageOf(ask, page.url, form);
      await settle();
    } else {
      const line = lineIn(sim.cardText(opened ?? card));
      if (!line) throw new Error(`no line for ${label}: ${opened && sim.cardText(opened)}`);
      await who.sayPrivately(`${line} ${typed}`);
      await settle();
    }
  }

  /** Where no link is left for it, the message says which line does it. */
  async function type(name: string, label: string, typed: string): Promise<void> {
    const found = newest(name)
      .map((message) => lineIn(sim.cardText(message), label))
      .find(Boolean);
    if (!found)
      throw new Error(`nothing tells ${name} how to do ${label}:\n${sim.private(user(name)).lastText()}`);
    await user(name).sayPrivately(`${found} ${typed}`.trim());
    await settle();
  }

  return {
    office,
    store,
    members,
    clock,
    async say(name, text) {
      await user(name).say(group, text, { at: true });
      await settle();
    },
    async tell(name, text) {
      await user(name).sayPrivately(text);
      await settle();
    },
    act: cards === 'template' ? press : tap,
    private: (name) => sim.private(user(name)).texts(),
    group: () => sim.group(group).texts(),
    async again() {
      const last = sim.events.at(-1);
      if (last) await sim.repush(last.id);
      await settle();
    },
    ...(transport === 'webhook'
      ? {
          forged: async () =>
            (
              await sim.rawPost(
                { msgtype: 'text', text: { content: '/走访 3号楼 张某' }, msgId: 'msgForged' },
                sim.robotHeaders({ secret: 'another' }),
              )
            ).status,
        }
      : {}),
    fail: (times) =>
      void sim.fail({ path: '/v1.0/robot/', times, mode: 'error', status: 503, code: 'ServiceUnavailable' }),
    complaints: () => sim.complaints,
    moveTo: (time) => moveOffice(office, clock, time),
    async close() {
      await dingtalk.stop?.();
      await office.stop();
      await sim.close();
      store.close();
    },
  };
}

/** `… 直接发：改期 1 日期 原因`: word and number of the line that the message prints. */
function lineIn(text: string, label?: string): string | undefined {
  const word = label?.split(/[，…]/u)[0];
  const lines = [...text.matchAll(/([\p{Script=Han}]{2,8}\d?) ([A-Z0-9]{1,8})(?=[\s，；。]|$)/gu)];
  return lines.find((line) => word === undefined || line[1] === word)?.[0];
}
