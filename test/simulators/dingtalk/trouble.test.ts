import { describe, expect, it } from 'vitest';
import { hook, loggedIn, start } from './test-kit.ts';

const NOVEMBER = Date.parse('2026-11-18T15:00:00+08:00');

describe('limits', () => {
  it('lets twenty a second into one API, and does not count what it refuses', async () => {
    const sim = await start({ clock: () => NOVEMBER });
    const group = sim.addGroup({ name: '第一支部', withBot: true });
    const to = await loggedIn(sim);
    for (let count = 0; count < 20; count += 1) await to.toGroup(group, 'sampleText', { content: '一' });
    const refused = await to.toGroup(group, 'sampleText', { content: '一' });
    expect(refused).toMatchObject({
      status: 403,
      code: 'Forbidden.AccessDenied.QpsLimitForAppkeyAndApi',
    });
    expect(
      (await to.call('POST', '/v1.0/robot/groups/robots/query', { openConversationId: group })).status,
    ).toBe(200);
    expect([sim.used.calls, sim.throttled]).toEqual([21, 1]);
    await sim.advance(1001);
    expect((await to.toGroup(group, 'sampleText', { content: '一' })).status).toBe(200);
    expect(sim.complaints).toEqual([]);
  });

  it('ends the month after its calls; tokens and contacts stay free; the next month is a new one', async () => {
    const sim = await start({ clock: () => NOVEMBER });
    const lin = sim.addUser({ name: '林一' });
    const group = sim.addGroup({ name: '第一支部', withBot: true });
    const to = await loggedIn(sim);
    sim.use({ calls: 4999 });
    expect((await to.toGroup(group, 'sampleText', { content: '一' })).status).toBe(200);
    expect(await to.toGroup(group, 'sampleText', { content: '一' })).toMatchObject({
      status: 403,
      code: 'Forbidden.AccessDenied.ApiCountLimitForOrg',
    });
    const found = await to.call('POST', '/topapi/v2/user/get', { userid: lin.staffId });
    expect(found.json.result).toMatchObject({ userid: lin.staffId, name: '林一' });
    await sim.advance(13 * 86_400_000);
    await to.login();
    expect((await to.toGroup(group, 'sampleText', { content: '一' })).status).toBe(200);
    expect(sim.used.calls).toBe(1);
  });

  it('pushes robot messages without their text once the pushes are used up, and nothing else', async () => {
    const sim = await start({ monthly: { pushes: 1 } });
    const lin = sim.addUser({ name: '林一' });
    const group = sim.addGroup({ name: '第一支部', withBot: true });
    const seen = hook(sim);
    await lin.sayPrivately('一');
    await lin.sayPrivately('二');
    expect(seen[0]?.body.text).toEqual({ content: '一' });
    expect(seen[1]?.body).toMatchObject({ msgtype: 'text', errorCode: 20001 });
    expect(seen[1]?.body.text).toBeUndefined();
    const added = await sim.addMembers(group, [lin]);
    expect(added).toMatchObject({ pushed: false, why: 'month used up' });
    const webhook = await fetch(String(seen[0]?.body.sessionWebhook), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ msgtype: 'text', text: { content: '好' } }),
    });
    expect(await webhook.json()).toMatchObject({ errcode: 90020 });
    expect(sim.used.pushes).toBe(1);
  });
});

describe('injected troubles', () => {
  it('meets drops before and after the work, errors of both families, pages of HTML', async () => {
    const sim = await start();
    const group = sim.addGroup({ name: '第一支部', withBot: true });
    const to = await loggedIn(sim);
    const send = () => to.toGroup(group, 'sampleText', { content: '一' });
    sim.fail({ path: '/v1.0/robot', mode: 'drop-before' });
    await expect(send()).rejects.toThrow();
    expect(sim.messages).toHaveLength(0);
    const dropped = sim.fail({ path: '/v1.0/robot', mode: 'drop-after' });
    await expect(send()).rejects.toThrow();
    expect([sim.messages.length, dropped.hits]).toEqual([1, 1]);
    sim.fail({ mode: 'error-after', code: 'unknown.send.result', status: 500 });
    expect(await send()).toMatchObject({ status: 500, code: 'unknown.send.result' });
    expect(sim.messages).toHaveLength(2);
    sim.fail({ mode: 'html' });
    expect((await send()).json.text).toContain('访问过于频繁');
    sim.fail({ mode: 'raw', body: '{"status":1111}' });
    expect((await send()).json).toEqual({ status: 1111 });
    sim.fail({ mode: 'error', code: 90018 });
    expect(await to.call('POST', '/topapi/v2/user/get', { userid: 'x' })).toMatchObject({
      status: 200,
      code: '90018',
    });
    expect(sim.messages).toHaveLength(2);
    sim.withhold('qyapi_robot_sendmsg');
    expect((await send()).json).toMatchObject({
      code: 'Forbidden.AccessDenied.AccessTokenPermissionDenied',
      accessdenieddetail: { requiredScopes: ['qyapi_robot_sendmsg'] },
    });
    expect((await to.call('POST', '/v1.0/robot/none', {})).status).toBe(404);
    expect(sim.complaints).toEqual(['POST /v1.0/robot/none: no such API']);
  });

  it('uploads media of the known kinds, which messages may then carry', async () => {
    const sim = await start();
    const group = sim.addGroup({ name: '第一支部', withBot: true });
    const to = await loggedIn(sim);
    const { json } = await to.call('POST', '/v1.0/oauth2/accessToken', {
      appKey: sim.clientId,
      appSecret: sim.clientSecret,
    });
    const upload = async (name: string) => {
      const form = new FormData();
      form.append('type', 'file');
      form.append('media', new Blob(['rows']), name);
      const url = `${sim.baseUrl}/media/upload?access_token=${String(json.accessToken)}`;
      return (await (await fetch(url, { method: 'POST', body: form })).json()) as Record<string, unknown>;
    };
    expect((await upload('month.csv')).errcode).toBe(40005);
    const { media_id: mediaId } = await upload('month.xlsx');
    const param = { mediaId, fileName: 'month.xlsx', fileType: 'xlsx' };
    expect((await to.toGroup(group, 'sampleFile', param)).status).toBe(200);
  });
});
