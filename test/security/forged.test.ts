import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createWorld, type World } from '../helpers/world.ts';

const HOUR = 3_600_000;

let world: World;
beforeEach(async () => {
  world = await createWorld({ jobs: [] });
});
afterEach(() => world.close());

const rows = (table: string) => world.store.db.all<{ n: number }>(`select count(*) as n from ${table}`)[0]?.n;
/** A line of 石小红's as Feishu would push it, or as somebody makes it. */
function pushed(options: { token?: string; appId?: string } = {}) {
  const { sim } = world;
  const author = world.users.石小红;
  if (!author) throw new Error('nobody');
  const envelope = sim.envelope('im.message.receive_v1', {
    sender: { sender_id: { open_id: author.openId }, sender_type: 'user', tenant_key: sim.tenantKey },
    message: {
      message_id: 'om_forged',
      create_time: String(world.clock.now()),
      chat_id: world.group,
      chat_type: 'group',
      message_type: 'text',
      content: '{"text":"/走访 3号楼 张某 低保咨询"}',
    },
  }) as { header: Record<string, unknown> };
  if (options.token) envelope.header.token = options.token;
  if (options.appId) envelope.header.app_id = options.appId;
  return envelope as never;
}
const stamp = () => String(Math.floor(world.clock.now() / 1000));

describe('a forged push (threat 1)', () => {
  it('counts when it is Feishu’s: what the refusals below are measured by', async () => {
    const { body, headers } = world.sim.pack(pushed());
    expect((await world.sim.rawPost(body, headers)).status).toBe(200);
    expect([rows('inbox'), rows('visit')]).toEqual([1, 1]);
  });

  it.each<[string, () => { body: string; headers: Record<string, string> }]>([
    ['in clear, without the key', () => ({ body: JSON.stringify(pushed()), headers: {} })],
    ['unsigned', () => world.sim.pack(pushed(), { signed: false })],
    [
      'signed with a guess',
      () => {
        const { body, headers } = world.sim.pack(pushed());
        return { body, headers: { ...headers, 'x-lark-signature': '0'.repeat(64) } };
      },
    ],
    [
      'encrypted and signed with another key',
      () => {
        const body = JSON.stringify({ encrypt: world.sim.encrypt(JSON.stringify(pushed()), 'another key') });
        return {
          body,
          headers: {
            'x-lark-request-timestamp': stamp(),
            'x-lark-request-nonce': 'n',
            'x-lark-signature': world.sim.sign(stamp(), 'n', body, 'another key'),
          },
        };
      },
    ],
    [
      'with one byte changed under way',
      () => {
        const { body, headers } = world.sim.pack(pushed());
        return { body: `${body} `, headers };
      },
    ],
    ['with a wrong token', () => world.sim.pack(pushed({ token: 'guessed-token' }))],
    ['of another app', () => world.sim.pack(pushed({ appId: 'cli_another' }))],
  ])('is refused and leaves nothing: %s', async (_name, make) => {
    const { body, headers } = make();
    const answer = await world.sim.rawPost(body, headers);
    expect(answer.status).toBe(401);
    expect([rows('inbox'), rows('visit'), rows('outbox')]).toEqual([0, 0, 0]);
  });
});

describe('a push that was caught on the way and is sent again', () => {
  it('has its effect once within the platform’s own time of re-pushing, and is refused after it', async () => {
    const { body, headers } = world.sim.pack(pushed());
    for (const hours of [0, 1, 6]) {
      world.clock.set(world.clock.now() + hours * HOUR);
      expect((await world.sim.rawPost(body, headers)).status).toBe(200);
      expect([rows('inbox'), rows('visit')]).toEqual([1, 1]);
    }
    world.clock.set(world.clock.now() + 2 * HOUR);
    expect(await world.sim.rawPost(body, headers)).toMatchObject({ status: 401 });
    // The stamp is signed: a new one does not help.
    const renewed = { ...headers, 'x-lark-request-timestamp': stamp() };
    expect((await world.sim.rawPost(body, renewed)).status).toBe(401);
    expect([rows('inbox'), rows('visit')]).toEqual([1, 1]);
  });

  it('says no more than a code, whatever was wrong', async () => {
    for (const body of ['', 'x', '{}', '{"encrypt":"x"}', `{"encrypt":"${'A'.repeat(64)}"}`]) {
      const answer = await world.sim.rawPost(body);
      expect([400, 401]).toContain(answer.status);
      expect(Object.keys(JSON.parse(answer.text) as object)).toEqual(['error']);
    }
  });
});
