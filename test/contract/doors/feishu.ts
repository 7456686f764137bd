import { openStore } from '../../../db/node.ts';
import { createApp } from '../../../src/app.ts';
import { accepting } from '../../../src/http/accept.ts';
import { movableClock } from '../../../src/lib/clock.ts';
import { silentLog } from '../../../src/lib/log.ts';
import { assembleOffice } from '../../../src/office/assemble.ts';
import { createFeishu } from '../../../src/platforms/feishu/index.ts';
import { createFeishuSim, type SimMessage, type SimUser } from '../../simulators/feishu/index.ts';
import { type Door, moveOffice, PEOPLE, SECRET, STRANGER, settleTown, WEDNESDAY } from '../door.ts';

export async function feishuDoor(transport: 'webhook' | 'longconn'): Promise<Door> {
  const clock = movableClock(WEDNESDAY, { frozen: true });
  const sim = await createFeishuSim({ clock: clock.now, limits: false });
  const { appId, appSecret, encryptKey, verificationToken, baseUrl } = sim;
  const feishu = createFeishu({
    appId,
    appSecret,
    encryptKey,
    verificationToken,
    baseUrl,
    mode: transport,
    log: silentLog,
    now: clock.now,
  });
  const store = openStore(':memory:');
  const office = assembleOffice({ store, secret: SECRET, clock, platforms: [feishu], log: silentLog });
  await office.start();
  const app = createApp({
    platforms: [feishu],
    sink: office.deliver,
    ready: () => true,
    now: clock.now,
    log: silentLog,
  });
  const url = 'http://office.test/webhook/feishu';
  if (transport === 'longconn') {
    sim.transport = 'longconn';
    await feishu.start?.(accepting(office.deliver, silentLog));
    await sim.waitFor(() => sim.connections === 1, { what: 'the long connection' });
  } else {
    sim.connectWebhook({ url, fetch: async (input, init) => app.request(input as string, init) });
  }
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
    connection: feishu.connection,
    idOf: (name) => user(name).openId,
    group,
    now: clock.now(),
  });
  const settle = () => office.settle(10_000);
  const labels = (card: SimMessage) => sim.buttons(card).map((button) => button.label);
  return {
    office,
    store,
    members,
    clock,
    async say(name, text) {
      await user(name).say(group, text);
      await settle();
    },
    async tell(name, text) {
      await user(name).sayPrivately(text);
      await settle();
    },
    async act(name, { label, form }) {
      const card = [...sim.private(user(name)).cards()]
        .reverse()
        .find((each) => labels(each).includes(label));
      if (!card) throw new Error(`${name} has no button ${label}`);
      await user(name).press(card, label);
      await settle();
      if (!form) return;
      const submit = labels(card).find((each) => each !== '返回') ?? '';
      await user(name).press(card, submit, { form });
      await settle();
    },
    private: (name) => sim.private(user(name)).texts(),
    group: () => sim.chat(group).texts(),
    async again() {
      const last = sim.events.at(-1);
      if (last) await sim.repush(last.eventId);
      await settle();
    },
    ...(transport === 'webhook'
      ? {
          forged: async () =>
            (
              await app.request(url, {
                method: 'POST',
                headers: {
                  'content-type': 'application/json',
                  'x-lark-request-timestamp': String(Math.floor(clock.now() / 1000)),
                  'x-lark-request-nonce': 'n',
                  'x-lark-signature': '0'.repeat(64),
                },
                body: JSON.stringify({ encrypt: Buffer.alloc(64).toString('base64') }),
              })
            ).status,
        }
      : {}),
    fail: (times) => void sim.fail({ path: '/open-apis/im/', times, mode: 'error', status: 503, code: 2200 }),
    complaints: () => sim.complaints,
    moveTo: (time) => moveOffice(office, clock, time),
    async close() {
      await feishu.stop?.();
      await office.stop();
      await sim.close();
      store.close();
    },
  };
}
