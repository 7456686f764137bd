import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { COMMANDS } from '../../src/commands/index.ts';
import type { Json, JsonObject, SimUser } from '../simulators/feishu/index.ts';
import { CANARIES, createFuzzWorld, type FuzzWorld, press } from './fuzz-world.ts';
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

const ACTIONS = COMMANDS.flatMap((command) =>
  Object.keys(command.actions ?? {}).map((key) => `${command.name}.${key}`),
);
const KEYS = [
  'word',
  'unsure',
  'issue',
  'v',
  'visit',
  'batch',
  'event',
  'member',
  'household',
  'org',
  'chat',
  'form',
  'handler',
  'to',
  'day',
  'whom',
  'reason',
  'result',
  'topic',
  'text',
  'note',
  'place',
  'person',
  'name',
  'role',
  'connection',
  'page',
  'kind',
  'channel',
  'answer',
  'satisfaction',
  'what',
  'id',
  'system',
  'from',
  'until',
  'line',
  'message',
  'option',
  '_p',
  '__proto__',
  'constructor',
];
const known = () => [
  ...Object.values(world.members),
  ...Object.values(world.orgs),
  ...world.store.db.all<{ batch: string }>('select batch from visit').map((row) => row.batch),
];

const value = fc.oneof(
  { weight: 5, arbitrary: fc.integer({ min: 0, max: 9 }) },
  { weight: 2, arbitrary: fc.nat({ max: 200 }).map((at) => ({ known: at })) },
  {
    weight: 1,
    arbitrary: fc.constantFrom('1', '2', '', 'true', '2026-11-20', 'xian', '党员', 'm1', 'u4', 'good'),
  },
  { weight: 1, arbitrary: fc.constantFrom(-1, 0.5, 1e300, Number.MAX_SAFE_INTEGER, true, false, null) },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 2 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 12 }) },
);
const values = fc.dictionary(fc.constantFrom(...KEYS), value, { maxKeys: 8 });
const action = fc.oneof(
  { weight: 12, arbitrary: fc.constantFrom(...ACTIONS) },
  {
    weight: 1,
    arbitrary: fc.constantFrom('office.retry', 'bind.start', 'x', '.', 'issue.', '__proto__.x', ''),
  },
);
/** Ids that really are somebody's, put in where the generator asked for one. */
function real(made: Record<string, unknown>): JsonObject {
  const ids = known();
  return Object.fromEntries(
    Object.entries(made).map(([key, each]) => {
      const asked = typeof each === 'object' && each !== null && 'known' in each;
      return [key, (asked ? ids[Number(each.known) % ids.length] : each) as Json];
    }),
  );
}
const leaks = (texts: readonly string[]): string[] =>
  CANARIES.filter((canary) => texts.some((text) => text.includes(canary)));

it('the measure itself: whose records they are sees them', async () => {
  await world.users.石小红?.sayPrivately('/日记');
  expect(leaks(world.drain(world.users.石小红?.openId ?? ''))).toContain('欧阳惠');
});

describe('a hand-made card value', () => {
  it(
    'changes nothing of other people’s, shows nothing of theirs, and never breaks',
    async () => {
      const before = world.records();
      await fc.assert(
        fc.asyncProperty(action, values, values, fc.boolean(), async (name, given, form, inGroup) => {
          const answer = await press(world, world.outsider, {
            value: { a: name, ...real(given) },
            form: real(form),
            chatId: inGroup ? world.elsewhere : 'oc_none',
          });
          expect(answer.status).toBe(200);
          const told = world.drain(world.outsider.openId);
          expect(leaks([JSON.stringify(answer.body), ...told])).toEqual([]);
          expect(world.errors).toEqual([]);
        }),
        share(0.2),
      );
      expect(world.records()).toBe(before);
    },
    PATIENCE,
  );

  it.each(ACTIONS)(
    '%s without its values does nothing to the records, and says so if it needs them',
    async (name) => {
      const before = world.records();
      for (const by of [world.outsider, world.users.贺立 as SimUser]) {
        const answer = await press(world, by, { value: { a: name } });
        expect(answer.status).toBe(200);
        expect(world.errors).toEqual([]);
      }
      expect(world.records()).toBe(before);
    },
  );

  it.each(ACTIONS)('%s with other people’s real ids, wherever it is pressed', async (name) => {
    const before = world.records();
    const batches = world.store.db.all<{ batch: string }>('select batch from visit where id <= 2');
    for (const { batch } of batches) {
      for (const n of [1, 2]) {
        const ids = Object.fromEntries(KEYS.map((key) => [key, key === 'batch' ? batch : n]));
        for (const chatId of [world.elsewhere, 'oc_none']) {
          for (const own of [{}, { _p: 1 }]) {
            const value = { ...ids, ...own, a: name } as JsonObject;
            const answer = await press(world, world.outsider, { value, chatId });
            const read = [
              JSON.stringify(answer.body),
              ...world.drain(world.outsider.openId, world.elsewhere),
            ];
            expect(leaks(read)).toEqual([]);
          }
        }
      }
    }
    expect(world.errors).toEqual([]);
    expect(world.records()).toBe(before);
  });

  it(
    'of another version than the matter has does nothing, whoever presses it',
    async () => {
      const secretary = world.users.贺立 as SimUser;
      const stepping = ACTIONS.filter((name) =>
        /^(issue|triage|handle|told|evaluate|promise|reopen)\./.test(name),
      );
      const issues = () => world.store.db.all('select * from issue where id <= 2');
      const before = issues();
      const wrong = fc.oneof(
        fc.integer({ min: -3, max: 60 }).filter((v) => v !== 1),
        fc.constantFrom('1', '', null, true, 1.5, [1], { v: 1 }),
      );
      await fc.assert(
        fc.asyncProperty(
          fc.constantFrom(...stepping),
          fc.constantFrom(1, 2),
          wrong,
          values,
          async (name, issue, v, form) => {
            const { v: _, issue: __, ...rest } = real(form);
            const answer = await press(world, secretary, {
              value: { a: name, issue, v: v as Json },
              form: rest,
            });
            expect(answer.status).toBe(200);
            expect(issues()).toEqual(before);
            world.drain('');
          },
        ),
        share(0.05),
      );
      expect(world.errors).toEqual([]);
    },
    PATIENCE,
  );

  it('of somebody who has left is answered with one sentence', async () => {
    const gone = world.sim.addUser({ name: '不在册' });
    const before = world.records();
    for (const name of ACTIONS) {
      const answer = await press(world, gone, { value: { a: name, issue: 1, v: 1, visit: 1 } });
      expect(leaks([JSON.stringify(answer.body), ...world.drain(gone.openId)])).toEqual([]);
    }
    expect(world.records()).toBe(before);
  });
});
