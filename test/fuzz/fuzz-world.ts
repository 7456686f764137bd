import { createQueries } from '../../db/queries/index.ts';
import { makeCalendar } from '../../src/domain/calendar.ts';
import { dayOf } from '../../src/lib/day.ts';
import type { Log } from '../../src/lib/log.ts';
import { createVault } from '../../src/lib/vault.ts';
import { openContent, type Payload, renderView } from '../../src/office/payload.ts';
import { VIEWS } from '../../src/views/index.ts';
import { createWorld, type World } from '../helpers/world.ts';
import type { Delivery, JsonObject, SimUser } from '../simulators/feishu/index.ts';

/** Said and known in 第一支部 alone: whoever has nothing to do with it must never be shown one of them. */
export const CANARIES = ['欧阳惠', '肝硬化', '13912345678', '孙女小禾', '4917室', '贾正', '邻居打架'];

const VIEW_BY_NAME = new Map(VIEWS.map((view) => [view.name, view]));
/** As in the helper's world. */
const SECRET = 'a secret for tests, long enough …';

export interface FuzzWorld extends World {
  /** Everything that was logged as an error: a sound house logs none, whatever comes in. */
  errors: string[];
  /** A member of another branch, of another community: nobody's neighbour, secretary or handler. */
  outsider: SimUser;
  /** The outsider's own bound group. */
  elsewhere: string;
  /** What waits to be sent to these chats or people, as it would be read; then forgotten. */
  drain(...targetIds: string[]): string[];
  /** The rows that hold 第一支部's records, as text. */
  records(): string;
}

/** 第一支部 with records full of canaries, 第九支部 with an outsider, and an office that sends nothing by itself. */
export async function createFuzzWorld(): Promise<FuzzWorld> {
  const errors: string[] = [];
  const keep = (fields: Record<string, unknown>, text: string) => {
    errors.push(`${text} ${JSON.stringify(fields)}`);
  };
  const log: Log = { debug() {}, info() {}, warn() {}, error: keep };
  const world = await createWorld({ jobs: [], log });
  const { q } = world.office;
  const now = world.clock.now();
  await seedRecords(world);
  await world.settle();
  await world.office.stop();
  const street = world.orgs.梧桐街道 ?? null;
  const far = q.orgs.create({ parentId: street, name: '枫林社区', kind: '社区', now }).id;
  world.orgs.第九支部 = q.orgs.create({ parentId: far, name: '第九支部', kind: '党支部', now }).id;
  const outsider = world.person('方远', '第九支部');
  const elsewhere = world.sim.addGroup({ name: '第九支部工作群', members: [outsider], withBot: true });
  const chat = q.chats.seen({ connection: world.connection, externalId: elsewhere, name: '第九支部工作群' });
  q.chats.bind(chat.id, { purpose: 'work', orgId: world.orgs.第九支部, by: null, now });

  const vault = createVault(SECRET);
  const reading = createQueries({ store: world.store, vault });
  const calendar = makeCalendar();
  function read(payload: Payload): string {
    if ('sealed' in payload) return JSON.stringify(openContent(vault, payload));
    if (!('view' in payload)) return '';
    const viewer = payload.viewer === null ? null : reading.members.actor(payload.viewer, dayOf(now));
    return JSON.stringify(renderView(VIEW_BY_NAME, { q: reading, now, calendar, viewer }, payload));
  }

  return Object.assign(world, {
    errors,
    outsider,
    elsewhere,
    drain(...targetIds: string[]) {
      const rows = world.store.db.all<{ payload: string; target_id: string }>(
        'select payload, target_id from outbox',
      );
      const texts = rows
        .filter((row) => targetIds.includes(row.target_id))
        .map((row) => read(JSON.parse(row.payload) as Payload));
      world.store.db.run('delete from outbox');
      return texts;
    },
    records: () => JSON.stringify(RECORDS.map((query) => world.store.db.all(query))),
  });
}

const RECORDS = [
  "select * from org where name not in ('枫林社区', '第九支部')",
  "select * from member where name <> '方远'",
  "select r.* from role r join member m on m.id = r.member_id where m.name <> '方远'",
  'select * from household where id <= 2',
  'select * from pairing where household_id <= 2',
  "select * from chat where name <> '第九支部工作群'",
  'select * from visit where id <= 2',
  'select * from visitor where visit_id <= 2',
  'select * from issue where id <= 2',
  'select * from issue_step where issue_id <= 2',
  'select * from adoption',
];

async function seedRecords(world: World): Promise<void> {
  world.household('3号楼2单元4917室', '欧阳惠', '石小红');
  const say = (who: string, line: string): Promise<Delivery> | undefined =>
    world.users[who]?.sayPrivately(line);
  await say('石小红', '/走访 3号楼2单元4917室 欧阳惠 肝硬化，电话13912345678，孙女小禾没人接');
  await say('李梅', '/走访 5号楼 贾正 邻居打架');
  await say('石小红', '/诉求 3号楼2单元4917室 欧阳惠 肝硬化要办大病救助 13912345678');
  await say('石小红', '/诉求 5号楼 贾正 邻居打架，楼道灯坏了三天没人修');
}

/** A press that no card of ours made: any action, any value, from any card. */
export function press(
  world: FuzzWorld,
  by: SimUser,
  made: { value: JsonObject; form?: JsonObject; messageId?: string; chatId?: string },
): Promise<Delivery> {
  return world.sim.push('card.action.trigger', {
    operator: { tenant_key: world.sim.tenantKey, open_id: by.openId, union_id: by.unionId },
    token: 'c-fuzz',
    action: { tag: 'button', value: made.value, ...(made.form ? { form_value: made.form } : {}) },
    host: 'im_message',
    context: { open_message_id: made.messageId ?? 'om_none', open_chat_id: made.chatId ?? 'oc_none' },
  });
}
