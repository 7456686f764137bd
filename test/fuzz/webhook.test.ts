import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../simulators/feishu/index.ts';
import { CANARIES, createFuzzWorld, type FuzzWorld } from './fuzz-world.ts';
import { line } from './lines.ts';
import { PATIENCE, share } from './runs.ts';

let world: FuzzWorld;
beforeAll(async () => {
  world = await createFuzzWorld();
});
beforeEach(() => {
  world.errors.length = 0;
});
afterAll(async () => {
  await world.close();
});

const failed = () => world.store.db.all("select key, error from inbox where status = 'failed'");
const leaks = (texts: readonly string[]): string[] =>
  CANARIES.filter((canary) => texts.some((text) => text.includes(canary)));
const json = fc.jsonValue({ maxDepth: 4 }) as fc.Arbitrary<Json>;

describe('bytes at the door', () => {
  it(
    'are refused unless they are signed and ours: 400, 401 or 413, with a code and nothing else',
    async () => {
      const bytes = fc.oneof(
        fc.uint8Array({ maxLength: 300 }),
        json.map((value) => Buffer.from(JSON.stringify(value))),
        fc
          .record({ encrypt: fc.oneof(fc.base64String({ maxLength: 120 }), json) })
          .map((value) => Buffer.from(JSON.stringify(value))),
      );
      const header = fc.string({ maxLength: 40 }).map((text) => text.replace(/[^\x21-\x7e]/g, ''));
      const headers = fc.dictionary(
        fc.constantFrom(
          'x-lark-signature',
          'x-lark-request-timestamp',
          'x-lark-request-nonce',
          'content-type',
        ),
        header,
      );
      await fc.assert(
        fc.asyncProperty(bytes, headers, async (body, extra) => {
          const answer = await world.sim.rawPost(body, extra);
          expect([400, 401, 413]).toContain(answer.status);
          expect(answer.json).toEqual({ error: expect.stringMatching(/^[a-z_]+$/) });
        }),
        share(0.1),
      );
      expect(world.errors).toEqual([]);
    },
    PATIENCE,
  );

  it(
    'of a real push with one of them changed are refused too',
    async () => {
      const { body, headers } = world.sim.pack(world.sim.envelope('im.message.receive_v1', {}) as Json);
      const whole = Buffer.from(body);
      await fc.assert(
        fc.asyncProperty(
          fc.nat({ max: whole.length - 1 }),
          fc.integer({ min: 1, max: 255 }),
          async (at, by) => {
            const changed = Buffer.from(whole);
            changed[at] = (changed[at] ?? 0) ^ by;
            expect([400, 401]).toContain((await world.sim.rawPost(changed, headers)).status);
          },
        ),
        share(0.02),
      );
    },
    PATIENCE,
  );
});

/** Events as Feishu sends them, for something to go wrong in. */
const templates = (): [string, JsonObject][] => {
  const user = { open_id: world.outsider.openId, union_id: world.outsider.unionId, user_id: null };
  const base = { chat_id: world.elsewhere, operator_id: user, external: false };
  return [
    [
      'im.message.receive_v1',
      {
        sender: { sender_id: user, sender_type: 'user', tenant_key: world.sim.tenantKey },
        message: {
          message_id: 'om_fuzz',
          create_time: String(world.clock.now()),
          chat_id: world.elsewhere,
          chat_type: 'group',
          message_type: 'text',
          content: '{"text":"@_user_1 /走访 3号楼 张某 低保咨询"}',
          mentions: [{ key: '@_user_1', id: user, name: '连心', mentioned_type: 'bot', tenant_key: 't' }],
        },
      },
    ],
    [
      'card.action.trigger',
      {
        operator: user,
        action: { tag: 'button', value: { a: 'visit.again', visit: 1 }, form_value: { note: 'x' } },
        context: { open_message_id: 'om_1', open_chat_id: 'oc_1' },
      },
    ],
    ['application.bot.menu_v6', { operator: { operator_id: user }, event_key: 'mine', timestamp: 1 }],
    ['im.chat.member.bot.added_v1', { ...base, name: '新群', i18n_names: { zh_cn: '新群' } }],
    ['im.chat.member.bot.deleted_v1', base],
    ['im.chat.member.user.added_v1', { ...base, users: [{ name: '方远', user_id: user }] }],
    ['im.chat.disbanded_v1', { ...base, chat_id: 'oc_other' }],
    ['im.message.recalled_v1', { message_id: 'om_x', chat_id: world.elsewhere, recall_time: '1' }],
  ];
};

/** Puts something else in one place of a JSON value, chosen by `steps`. */
function spoil(value: Json, steps: readonly number[], other: Json): Json {
  const [step, ...rest] = steps;
  if (step === undefined || value === null || typeof value !== 'object') return other;
  const keys = Object.keys(value);
  const key = keys[step % Math.max(keys.length, 1)];
  if (key === undefined) return other;
  const copy = structuredClone(value) as Record<string, Json>;
  copy[key] = spoil(copy[key] ?? null, rest, other);
  return copy as Json;
}

describe('a signed event with anything in it', () => {
  it(
    'is answered with 200, kept or ignored, and breaks nothing',
    async () => {
      const spoiled = fc.array(fc.tuple(fc.array(fc.nat({ max: 9 }), { maxLength: 5 }), json), {
        maxLength: 3,
      });
      await fc.assert(
        fc.asyncProperty(fc.nat({ max: 7 }), spoiled, fc.uuid(), async (which, spoils, id) => {
          const all = templates();
          const [type, event] = all[which % all.length] ?? ['x', {}];
          const broken = spoils.reduce<Json>((made, [steps, other]) => spoil(made, steps, other), event);
          const inner = typeof broken === 'object' && broken !== null ? broken : {};
          const post = world.sim.pack(world.sim.envelope(type, inner as JsonObject, { eventId: id }));
          const answer = await world.sim.rawPost(post.body, post.headers);
          expect(answer.status).toBe(200);
          expect(leaks([answer.text, ...world.drain(world.outsider.openId)])).toEqual([]);
          expect([world.errors, failed()]).toEqual([[], []]);
        }),
        share(0.1),
      );
    },
    PATIENCE,
  );

  it(
    'around it is refused or answered, and nothing else',
    async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(fc.nat({ max: 9 }), { maxLength: 4 }), json, async (steps, other) => {
          const envelope = world.sim.envelope('im.message.receive_v1', templates()[0]?.[1] ?? {});
          const post = world.sim.pack(spoil(envelope, steps, other));
          expect([200, 400, 401]).toContain((await world.sim.rawPost(post.body, post.headers)).status);
          world.drain('');
          expect([world.errors, failed()]).toEqual([[], []]);
        }),
        share(0.05),
      );
    },
    PATIENCE,
  );
});

describe('a typed line of any kind', () => {
  it(
    'is answered, fails at nothing, and shows the one who typed it nobody else’s records',
    async () => {
      const before = world.records();
      await fc.assert(
        fc.asyncProperty(line, fc.boolean(), fc.boolean(), async (text, inGroup, mentionBot) => {
          const said = inGroup
            ? await world.outsider.say(world.elsewhere, text, { mentionBot })
            : await world.outsider.sayPrivately(text);
          expect(said.status).toBe(200);
          const group = inGroup ? world.elsewhere : 'nobody';
          const waiting = world.drain(world.outsider.openId, group);
          expect(leaks(waiting)).toEqual([]);
          expect([world.errors, failed()]).toEqual([[], []]);
        }),
        share(0.15),
      );
      expect(world.records()).toBe(before);
    },
    PATIENCE,
  );
});
