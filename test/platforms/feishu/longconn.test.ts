import { describe, expect, it } from 'vitest';
import { CommitFailed } from '../../../db/store.ts';
import type { Answer, Inbound } from '../../../src/platforms/platform.ts';
import type { FeishuSim, FeishuSimOptions } from '../../simulators/feishu/index.ts';
import { card, type platformOf, setUp, to } from './sim-platform.ts';

const LONGCONN = { mode: 'longconn', encryptKey: undefined, verificationToken: undefined } as const;

async function connect(
  deliver: (inbound: Inbound) => Promise<Answer>,
  options: FeishuSimOptions = {},
): Promise<{ sim: FeishuSim; platform: ReturnType<typeof platformOf> }> {
  const { sim, platform } = await setUp(
    { longconn: { ReconnectInterval: 0.1, ReconnectNonce: 0.05 }, ...options },
    LONGCONN,
  );
  sim.transport = 'longconn';
  await platform.start?.(deliver);
  await sim.waitFor(() => sim.connections === 1 && platform.state().up);
  return { sim, platform };
}

describe('the long connection', () => {
  it('brings the same inbound as the webhook, acknowledged after it was kept', async () => {
    let keep: (() => void) | undefined;
    const got: Inbound[] = [];
    const { sim } = await connect((inbound) => {
      got.push(inbound);
      return new Promise((resolve) => {
        keep = () => resolve({});
      });
    });
    const user = sim.addUser({ name: '石小红' });
    const group = sim.addGroup({ withBot: true, name: '第一支部', members: [user] });
    const said = user.say(group, '走访 3号楼 张某 低保咨询', { mentionBot: true });
    await sim.waitFor(() => keep);
    expect(sim.events.at(-1)?.attempts.some((attempt) => attempt.acked)).toBe(false);
    keep?.();
    expect(await said).toMatchObject({ acked: true, status: 200 });
    expect(got).toMatchObject([
      {
        kind: 'message',
        dedupeKey: expect.stringMatching(/^msg:om_/),
        text: '走访 3号楼 张某 低保咨询',
        mentionsBot: true,
        chat: { id: group, type: 'group' },
        sender: { id: user.openId },
      },
    ]);
  });

  it('asks for the push again when the commit failed', async () => {
    let tries = 0;
    const { sim } = await connect(async () => {
      tries += 1;
      if (tries === 1) throw new CommitFailed(new Error('SQLITE_FULL'));
      return {};
    });
    const user = sim.addUser({ name: '石小红' });
    expect(await user.sayPrivately('走访 3号楼')).toMatchObject({ acked: false, status: 500 });
    await sim.advance(16_000);
    expect(tries).toBe(2);
    expect(sim.events.at(-1)?.attempts.at(-1)).toMatchObject({ acked: true });
  });

  it('answers a press with toast and card, pieces of a long event put together', async () => {
    const got: Inbound[] = [];
    const answer: Answer = {
      toast: { text: '已交石小红', tone: 'good' },
      card: card('第128号', { status: '办理中' }),
    };
    const { sim, platform } = await connect(
      async (inbound) => {
        got.push(inbound);
        return answer;
      },
      { fragments: 3 },
    );
    const user = sim.addUser({ name: '贺立' });
    const blocks = [
      {
        kind: 'buttons' as const,
        buttons: [{ label: '按建议办', action: 'issue.accept', value: { issue: 128 } }],
      },
    ];
    await platform.deliver(to(user.openId, { card: card('第128号', { blocks }) }));
    const message = await sim.waitFor(() => sim.private(user).lastCard());
    const outcome = await user.press(message, '按建议办');
    expect(outcome).toMatchObject({ toast: { type: 'success', content: '已交石小红' } });
    expect(outcome.error).toBeUndefined();
    expect(sim.cardText(message)).toContain('办理中');
    expect(got).toMatchObject([
      {
        kind: 'action',
        action: 'issue.accept',
        value: { issue: 128 },
        chat: { type: 'p2p' },
        messageId: message.id,
      },
    ]);
    expect(sim.complaints).toEqual([]);
  });

  it('comes back after the socket broke', async () => {
    const got: Inbound[] = [];
    const { sim, platform } = await connect(async (inbound) => {
      got.push(inbound);
      return {};
    });
    expect(platform.state()).toMatchObject({ up: true, reconnects: 0, changedAt: expect.any(Number) });
    sim.dropSockets();
    await sim.waitFor(() => !platform.state().up);
    await sim.waitFor(() => sim.connections === 1 && platform.state().up);
    expect(platform.state()).toMatchObject({ up: true, reconnects: 1 });
    await sim.addUser({ name: '石小红' }).sayPrivately('待我办');
    expect(got).toHaveLength(1);
  });

  it('says that it was refused, and stops when asked', async () => {
    const { sim, platform } = await setUp({}, LONGCONN);
    sim.refuseConnections(514);
    await platform.start?.(async () => ({}));
    await sim.waitFor(() => platform.state().detail.includes('被拒绝'));
    expect(platform.state()).toMatchObject({ up: false, detail: expect.stringContaining('514') });
    await platform.stop?.();
    expect(sim.connections).toBe(0);
  });

  it('leaves no socket behind', async () => {
    const { sim, platform } = await connect(async () => ({}));
    expect(sim.connections).toBe(1);
    await platform.stop?.();
    await sim.waitFor(() => sim.connections === 0);
  });
});
