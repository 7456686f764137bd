import { describe, expect, it } from 'vitest';
import { robotSign } from './index.ts';
import { hook, loggedIn, start } from './test-kit.ts';

describe('robot messages by HTTP', () => {
  it('come signed, from groups only with an @, with the fields of the platform', async () => {
    const sim = await start({ clock: () => 1_800_000_000_000 });
    const lin = sim.addUser({ name: '林一' });
    const mei = sim.addUser({ name: '李梅' });
    const group = sim.addGroup({ name: '第一支部', members: [lin, mei], withBot: true });
    const seen = hook(sim);
    expect((await lin.say(group, '今天天气好')).pushed).toBe(false);
    const delivery = await lin.say(group, '/走访 和@李梅 3号楼', { at: true, mentions: [mei] });
    expect(delivery).toMatchObject({ pushed: true, acked: true, status: 200 });
    await lin.sayPrivately('/我的');
    expect(seen).toHaveLength(2);
    const [inGroup, inPrivate] = seen;
    if (!inGroup) throw new Error('nothing came');
    const { headers, body } = inGroup;
    expect(headers.get('sign')).toBe(robotSign(headers.get('timestamp') ?? '', sim.clientSecret));
    expect(body).toMatchObject({
      msgtype: 'text',
      text: { content: ' /走访 和@李梅 3号楼' },
      msgId: delivery.messageId,
      createAt: 1_800_000_000_000,
      conversationType: '2',
      conversationId: group,
      conversationTitle: '第一支部',
      isInAtList: true,
      senderNick: '林一',
      senderStaffId: lin.staffId,
      robotCode: sim.robotCode,
      sessionWebhookExpiredTime: 1_800_005_400_000,
    });
    expect((body.atUsers as { staffId?: string }[]).map((each) => each.staffId)).toEqual([
      undefined,
      mei.staffId,
    ]);
    expect(inPrivate?.body).toMatchObject({ conversationType: '1', text: { content: '/我的' } });
    expect(sim.complaints).toEqual([]);
  });

  it('bring pictures, mixed text, speech and files, and their bytes by a temporary address', async () => {
    const sim = await start({ clock: () => 1_800_000_000_000 });
    const lin = sim.addUser({ name: '林一' });
    const group = sim.addGroup({ name: '第一支部', members: [lin], withBot: true });
    const seen = hook(sim);
    const to = await loggedIn(sim);
    await lin.say(group, '楼道灯坏了', { at: true, type: 'richText' });
    await lin.sayPrivately('去看了王奶奶', { type: 'audio' });
    await lin.sayPrivately('名册.xlsx', { type: 'file', bytes: Buffer.from('PK-roster') });
    await expect(lin.say(group, '名册.xlsx', { at: true, type: 'file' })).rejects.toThrow('nobody can @');
    expect(seen.map((each) => each.body.msgtype)).toEqual(['richText', 'audio', 'file']);
    expect(seen[1]?.body.content).toMatchObject({ recognition: '去看了王奶奶' });
    const file = seen[2]?.body.content as { downloadCode: string; fileName: string };
    expect(file.fileName).toBe('名册.xlsx');
    const { robotCode } = sim;
    const got = await to.call('POST', '/v1.0/robot/messageFiles/download', {
      robotCode,
      downloadCode: file.downloadCode,
    });
    const url = String(got.json.downloadUrl);
    expect(await (await fetch(url)).text()).toBe('PK-roster');
    await sim.advance(600_001);
    expect((await fetch(url)).status).toBe(403);
  });

  it('lack senderStaffId before a version is published, and for people of other organisations', async () => {
    const sim = await start({ published: false });
    const lin = sim.addUser({ name: '林一' });
    const guest = sim.addUser({ name: '客人', outside: true });
    const group = sim.addGroup({ name: '第一支部', members: [lin, guest], withBot: true });
    const seen = hook(sim);
    await lin.sayPrivately('在吗');
    sim.published = true;
    await guest.say(group, '在吗', { at: true });
    await lin.sayPrivately('在吗');
    expect(seen.map((each) => each.body.senderStaffId)).toEqual([undefined, undefined, lin.staffId]);
    expect(seen[1]?.body.senderCorpId).not.toBe(sim.corpId);
  });

  it('may be answered at once, and come again only when the test repeats them', async () => {
    const sim = await start();
    const lin = sim.addUser({ name: '林一' });
    let status = 500;
    const seen = hook(sim, () => ({ status, json: { msgtype: 'text', text: { content: '收到' } } }));
    const first = await lin.sayPrivately('在吗');
    expect(first.acked).toBe(false);
    await sim.advance(600_000);
    expect(seen).toHaveLength(1);
    status = 200;
    await sim.repush(first);
    expect(seen[1]?.body).toEqual(seen[0]?.body);
    expect(sim.private(lin).texts()).toEqual(['收到']);
    hook(sim, () => ({ json: {} }));
    await lin.sayPrivately('在吗');
    expect(sim.complaints).toEqual(['robot answer without msgtype: {}']);
  });
});
