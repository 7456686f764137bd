import { describe, expect, it } from 'vitest';
import type { Inbound } from '../../../src/platforms/platform.ts';
import { listen, setUp, to } from './outbound-kit.ts';

const text = { text: '已记 · 3号楼 1户' };

async function withGroup(...args: Parameters<typeof setUp>) {
  const { sim, platform } = await setUp(...args);
  const lin = sim.addUser({ name: '林一' });
  const group = sim.addGroup({ name: '第一支部', members: [lin], withBot: true });
  return { sim, platform, lin, group };
}

describe('messages by the API', () => {
  it('a line to a group and one to a person arrive, each at the price of one call', async () => {
    const { sim, platform, lin, group } = await withGroup();
    const first = await platform.deliver(to(group, text));
    const second = await platform.deliver(to(lin.staffId, { text: '走访已记' }));
    expect(first).toMatchObject({ status: 'sent', spent: { calls: 1, pushes: 0 } });
    expect(second).toMatchObject({ status: 'sent', spent: { calls: 1, pushes: 0 } });
    expect(sim.group(group).lastText()).toBe(text.text);
    expect(sim.private(lin).lastText()).toBe('走访已记');
    expect(sim.used).toEqual({ calls: 2, pushes: 0 });
    expect(sim.messages.map((each) => each.id)).toEqual(
      [first, second].map((each) => (each.status === 'sent' ? each.messageId : '')),
    );
    expect(sim.complaints).toEqual([]);
  });

  it('HTTP 200 is not success: each answer is read for the one it was for', async () => {
    const { sim, platform, lin, group } = await withGroup();
    sim.setReachable(lin, 'invalid');
    expect(await platform.deliver(to(lin.staffId, text))).toMatchObject({
      status: 'failed',
      code: 'invalid_staff_id',
    });
    sim.setReachable(lin, 'throttled');
    expect(await platform.deliver(to(lin.staffId, text))).toMatchObject({
      status: 'retry',
      code: 'flow_controlled',
    });
    sim.fail({ path: /groupMessages/, mode: 'raw', status: 200, body: '{}' });
    expect(await platform.deliver(to(group, text))).toMatchObject({
      status: 'unknown',
      code: 'no_message_id',
    });
    expect(sim.messages).toEqual([]);
  });

  it('says for good that a group is out of reach, and waits where an operator can help', async () => {
    const { sim, platform, group } = await withGroup();
    sim.stopBot(group);
    expect(await platform.deliver(to(group, text))).toMatchObject({ status: 'retry', code: 'bot.stopped' });
    sim.stopBot(group, false);
    sim.removeBotFrom(group);
    expect(await platform.deliver(to(group, text))).toMatchObject({ status: 'failed', reason: /不在群里/ });
    await sim.dissolve(group).catch(() => undefined);
    expect(await platform.deliver(to(group, text))).toMatchObject({
      status: 'failed',
      code: 'group.disbanded',
    });
  });

  it.each([
    [
      'Forbidden.AccessDenied.ApiCountLimitForOrg',
      403,
      { status: 'retry', code: 'quota', afterMs: 3_600_000 },
    ],
    ['Forbidden.AccessDenied.QpsLimitForAppkeyAndApi', 403, { status: 'retry', afterMs: 1_000 }],
    ['toomuch.msg', 400, { status: 'retry', afterMs: 60_000 }],
    ['unknown.send.result', 400, { status: 'unknown' }],
    ['invalidParameter.msgParam.tooLong', 400, { status: 'failed', reason: '内容太长' }],
    ['invalidParameter.robotCode.auth', 400, { status: 'retry', afterMs: 600_000 }],
    ['somethingNew', 400, { status: 'failed', code: 'somethingNew' }],
    ['somethingNew', 500, { status: 'unknown' }],
  ])('reads %s at HTTP %i', async (code, status, expected) => {
    const { sim, platform, group } = await withGroup();
    sim.fail({ path: '/v1.0/robot', mode: 'error', code, status });
    expect(await platform.deliver(to(group, text))).toMatchObject(expected);
  });

  it('the month used up comes from the organisation itself, too', async () => {
    const { sim, platform, group } = await withGroup({ monthly: { calls: 1, pushes: 1 } });
    await platform.deliver(to(group, text));
    expect(await platform.deliver(to(group, text))).toMatchObject({ status: 'retry', code: 'quota' });
    expect(sim.used.calls).toBe(1);
  });

  it('an address that is shut out gets a page, not an answer: nothing was sent', async () => {
    const { sim, platform, group } = await withGroup();
    sim.fail({ path: '/v1.0/robot', mode: 'html' });
    expect(await platform.deliver(to(group, text))).toMatchObject({ status: 'retry', afterMs: 300_000 });
    sim.fail({ path: '/v1.0/robot', mode: 'raw', status: 200, body: '{"status":1111,"wait":5}' });
    expect(await platform.deliver(to(group, text))).toMatchObject({ status: 'retry', afterMs: 300_000 });
    expect(sim.messages).toEqual([]);
  });

  it('silence leaves a message in doubt, for DingTalk does not know it again', async () => {
    const { sim, platform, group } = await withGroup({}, () => ({ callTimeoutMs: 150 }));
    await platform.deliver(to(group, text));
    sim.fail({ path: '/v1.0/robot', mode: 'hang' });
    expect(await platform.deliver(to(group, text))).toMatchObject({ status: 'unknown', code: 'timeout' });
    sim.fail({ path: '/v1.0/robot', mode: 'drop-after' });
    expect(await platform.deliver(to(group, text))).toMatchObject({ status: 'unknown' });
    expect(platform.state().up).toBe(false);
  });

  it('what never left is tried again', async () => {
    const { sim, platform, group } = await withGroup();
    await sim.close();
    expect(await platform.deliver(to(group, text))).toMatchObject({
      status: 'retry',
      code: 'token_ECONNREFUSED',
      spent: { calls: 0, pushes: 0 },
    });
    expect(platform.state()).toMatchObject({ up: false, detail: /DINGTALK_CLIENT_SECRET/ });
  });

  it('a long text is cut with a sentence that says so', async () => {
    const { sim, platform, group } = await withGroup();
    expect(await platform.deliver(to(group, { text: '长'.repeat(9000) }))).toMatchObject({ status: 'sent' });
    expect(sim.group(group).lastText()).toMatch(/^长{4000,}……（还有，这里放不下）$/);
  });
});

describe('answers in a group', () => {
  const answersOf = ([said]: Inbound[]) => {
    if (said?.kind !== 'message') throw new Error('nothing was said');
    return { messageId: said.messageId, personId: said.sender.id };
  };

  it('name the person by the webhook of his message, which takes a push and no call', async () => {
    const { sim, platform, lin, group } = await withGroup();
    const seen = listen(sim, platform);
    await lin.say(group, '走访 3号楼 张某', { at: true });
    const out = to(group, text, { kind: 'reply', answers: answersOf(seen) });
    const delivery = await platform.deliver(out);
    expect(delivery).toMatchObject({
      status: 'sent',
      messageId: `wh:${out.uuid}`,
      spent: { calls: 0, pushes: 1 },
    });
    expect(sim.group(group).last()?.at).toEqual([lin.staffId]);
    expect(sim.group(group).lastText()).toBe('@林一 已记 · 3号楼 1户');
    expect(await platform.deliver({ ...out, kind: 'recall', messageId: `wh:${out.uuid}` })).toMatchObject({
      status: 'failed',
    });
    expect(sim.complaints).toEqual([]);
  });

  it('go by the API, without the @, once the webhook is over or unknown', async () => {
    const { sim, platform, lin, group } = await withGroup();
    const seen = listen(sim, platform);
    await lin.say(group, '走访 3号楼 张某', { at: true });
    const answers = answersOf(seen);
    await sim.advance(91 * 60_000);
    expect(await platform.deliver(to(group, text, { answers }))).toMatchObject({
      spent: { calls: 1, pushes: 0 },
    });
    await platform.deliver(to(group, text, { answers: { ...answers, messageId: 'of an earlier run' } }));
    expect(sim.group(group).texts()).toEqual([text.text, text.text]);
    expect(sim.complaints).toEqual([]);
  });

  it('a webhook that says no is no reason to say nothing', async () => {
    const { sim, platform, lin, group } = await withGroup();
    const seen = listen(sim, platform);
    await lin.say(group, '走访 3号楼 张某', { at: true });
    sim.fail({ path: '/robot/sendBySession', mode: 'error', code: 300001 });
    expect(await platform.deliver(to(group, text, { answers: answersOf(seen) }))).toMatchObject({
      status: 'sent',
      spent: { calls: 1 },
    });
    expect(sim.group(group).texts()).toEqual([text.text]);
  });

  it('never come to a twenty-first a minute, which would shut the group for ten', async () => {
    const { sim, platform, lin, group } = await withGroup();
    const seen = listen(sim, platform);
    await lin.say(group, '走访 3号楼 张某', { at: true });
    const answers = answersOf(seen);
    for (let index = 0; index < 21; index += 1) await platform.deliver(to(group, text, { answers }));
    expect(sim.messages.map((each) => each.via)).toEqual([...Array<string>(20).fill('webhook'), 'api']);
    expect(sim.throttled).toBe(0);
    await sim.advance(61_000);
    await platform.deliver(to(group, text, { answers }));
    expect(sim.messages.at(-1)?.via).toBe('webhook');
  });

  it('in doubt are not said a second time', async () => {
    const { sim, platform, lin, group } = await withGroup();
    const seen = listen(sim, platform);
    await lin.say(group, '走访 3号楼 张某', { at: true });
    sim.fail({ path: '/robot/sendBySession', mode: 'drop-after' });
    expect(await platform.deliver(to(group, text, { answers: answersOf(seen) }))).toMatchObject({
      status: 'unknown',
    });
    expect(sim.group(group).texts()).toHaveLength(1);
  });
});

describe('taking back', () => {
  it('recalls in a group and in private', async () => {
    const { sim, platform, lin, group } = await withGroup();
    for (const id of [group, lin.staffId]) {
      const sent = await platform.deliver(to(id, text));
      if (sent.status !== 'sent') throw new Error('not sent');
      const recall = to(id, { text: '' }, { kind: 'recall', messageId: sent.messageId });
      expect(await platform.deliver(recall)).toMatchObject({ status: 'sent' });
    }
    expect(sim.messages.map((each) => each.deleted)).toEqual([true, true]);
    expect(sim.complaints).toEqual([]);
  });

  it('says that a message unknown to DingTalk cannot be taken back', async () => {
    const { platform, group } = await withGroup();
    const recall = to(group, { text: '' }, { kind: 'recall', messageId: 'nobody-knows' });
    expect(await platform.deliver(recall)).toMatchObject({ status: 'failed' });
  });

  it('has no reactions, no forwarding and no updates of messages', async () => {
    const { sim, platform, group } = await withGroup();
    for (const kind of ['react', 'forward', 'update'] as const) {
      const out = to(group, text, { kind, messageId: 'pqk' });
      expect(await platform.deliver(out)).toMatchObject({ status: 'failed' });
    }
    expect(sim.calls).toEqual([]);
  });
});
