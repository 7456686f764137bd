import { openStore } from '../../../db/node.ts';
import { createApp } from '../../../src/app.ts';
import { movableClock } from '../../../src/lib/clock.ts';
import { silentLog } from '../../../src/lib/log.ts';
import { assembleOffice } from '../../../src/office/assemble.ts';
import { createPlayground, type RoomMessage } from '../../../src/platforms/playground/index.ts';
import { createPlaygroundWeb } from '../../../src/web/playground/index.tsx';
import { type Door, moveOffice, PEOPLE, SECRET, STRANGER, settleTown, WEDNESDAY } from '../door.ts';

const GROUP = 'work-group';

export async function playgroundDoor(): Promise<Door> {
  const clock = movableClock(WEDNESDAY, { frozen: true });
  const names = [...PEOPLE.map((each) => each.name), STRANGER];
  const idOf = (name: string): string => `p-${names.indexOf(name)}`;
  const people = names.map((name) => ({ id: idOf(name), name }));
  const playground = createPlayground({
    clock,
    people,
    groups: [{ id: GROUP, name: '第一支部工作群', members: people.map((each) => each.id) }],
  });
  const store = openStore(':memory:');
  const office = assembleOffice({ store, secret: SECRET, clock, platforms: [playground], log: silentLog });
  await office.start();
  const settle = () => office.settle(10_000);
  const host = {
    clock,
    deliver: office.deliver,
    tick: (now: number) => office.tick(now),
    nextDue: office.nextDue,
    settle,
    commands: () => [],
  };
  const web = createPlaygroundWeb({
    playground,
    host,
    personas: people.map((each) => ({ ...each, title: '', section: '' })),
    epoch: '1',
    place: '梧桐社区',
  });
  const app = createApp({
    platforms: [playground],
    sink: office.deliver,
    ready: () => true,
    now: clock.now,
    log: silentLog,
    playground: web.app,
  });
  const members = await settleTown(office, {
    connection: playground.connection,
    idOf,
    group: GROUP,
    now: clock.now(),
  });
  const post = async (route: string, body: unknown): Promise<void> => {
    const answer = await app.request(`http://localhost/playground/${route}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: 'http://localhost', host: 'localhost' },
      body: JSON.stringify(body),
    });
    if (answer.status !== 200) throw new Error(`${route} answered ${answer.status}`);
    await settle();
  };
  const { rooms } = playground;
  const said = (chat: string): RoomMessage[] =>
    rooms.messages(chat).filter((each) => each.from === null && !each.recalled);
  const chatOf = (name: string): string => rooms.privateChatId(idOf(name));

  return {
    office,
    store,
    members,
    clock,
    say: (name, text) => post('say', { as: idOf(name), chat: GROUP, text }),
    tell: (name, text) => post('say', { as: idOf(name), chat: chatOf(name), text }),
    async act(name, { label, form }) {
      const found = said(chatOf(name))
        .reverse()
        .flatMap((message) => targetsOf(message).filter((target) => target.label === label))[0];
      if (!found) throw new Error(`${name} has no button ${label}`);
      await post('press', { as: idOf(name), ...found.press });
      if (!form) return;
      const opened = rooms.message(found.press.message);
      const target = opened && targetsOf(opened).find((each) => each.form);
      if (!target) throw new Error(`no form opened behind ${label}`);
      await post('press', { as: idOf(name), ...target.press, form: { ...target.form, ...form } });
    },
    private: (name) => said(chatOf(name)).map(textOf),
    group: () => said(GROUP).map(textOf),
    complaints: () => [],
    moveTo: (time) => moveOffice(office, clock, time),
    async close() {
      web.close();
      await office.stop();
      store.close();
    },
  };
}

interface Target {
  label: string;
  /** What the form's fields hold; undefined: a button. */
  form?: Record<string, string>;
  press: { message: string; action: string; value: Record<string, string | number | boolean> };
}

function targetsOf({ id, content }: RoomMessage): Target[] {
  if (!('card' in content)) return [];
  const at = (label: string, action: string, value = {}, form?: Target['form']): Target => ({
    label,
    form,
    press: { message: id, action, value },
  });
  return content.card.blocks.flatMap((block) => {
    if (block.kind === 'form') {
      const held = block.fields.map((field) => [field.name, 'value' in field ? (field.value ?? '') : '']);
      return [at(block.submit, block.action, block.value, Object.fromEntries(held))];
    }
    if (block.kind !== 'buttons') return [];
    return [...block.buttons, ...(block.more ?? [])].map((each) => at(each.label, each.action, each.value));
  });
}

const textOf = ({ content }: RoomMessage): string =>
  'text' in content
    ? content.text
    : [
        content.card.title,
        ...content.card.blocks.flatMap((block) => {
          if (block.kind === 'text' || block.kind === 'quote') return [block.text];
          if (block.kind === 'list') return block.items;
          return block.kind === 'fields' ? block.rows.map((row) => `${row.label} ${row.value}`) : [];
        }),
      ].join('\n');
