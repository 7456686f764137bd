import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDingTalkPlace, type DingTalkPlace } from './dingtalk-place.ts';
import { SECRET } from './place.ts';
import { buildProgram, type Program, type Server } from './server.ts';

/** Whatever of people and chats went in: names, nicks, titles, phones, rooms, words, files. */
const PERSONAL = [
  ...['贺立新', '石小红', '李梅香', '来访客', '春暖花开', '桂花苑', '张桂芳', '陈奶奶', '赵七斤'],
  ...['13812345678', '11010519491231002X', '3号楼2单元', '2单元501'],
  ...['肝癌', '低保咨询', '楼道灯', '换了灯泡', '家里漏雨', '夜里打人', '住户花名册'],
];
const PUBLIC_URL = 'http://office.test';

let program: Program;
let place: DingTalkPlace;
/** Everything that the servers of both ways in have written. */
let output = '';
/** What stood in links that people were sent. */
let links: string[] = [];

beforeAll(async () => {
  program = await buildProgram();
  place = await createDingTalkPlace();
  const { sim } = place;
  const byHttp = await program.server(place.env({ DINGTALK_MODE: 'webhook', PUBLIC_URL }));
  sim.connectHttp({
    url: `${PUBLIC_URL}/webhook/dingtalk`,
    fetch: (url, init) => {
      const headers = new Headers(init.headers);
      headers.delete('host');
      return fetch(`${byHttp.url}${url.slice(PUBLIC_URL.length)}`, { ...init, headers });
    },
  });
  await work(byHttp);
  await forge(byHttp);
  expect(await byHttp.stop()).toBe(0);
  sim.transport = 'stream';
  const byStream = await program.server(place.env({ DINGTALK_MODE: 'stream', PUBLIC_URL }));
  await sim.waitFor(() => sim.connections === 1, { what: 'the Stream connection' });
  await work(byStream);
  sim.pushRaw('{"data":"张桂芳 13812345678"');
  sim.pushRaw(
    JSON.stringify({ type: 'CALLBACK', headers: { topic: '/v1.0/im/bot/messages/get' }, data: '张桂芳' }),
  );
  sim.dropSockets();
  await sim.waitFor(() => sim.connections === 1, { what: 'the next connection' });
  expect(await byStream.stop()).toBe(0);
  output = byHttp.output() + byStream.output();
  expect(sim.complaints).toEqual([]);
}, 180_000);
afterAll(async () => {
  await place.close();
  program.remove();
});

let turn = 0;

/** The main job with everything that can go wrong on the way. */
async function work(server: Server): Promise<void> {
  const { sim, group, user } = place;
  const [secretary, xiaohong] = [user('贺立新'), user('石小红')];
  turn += 1;
  const cards = () => sim.private(secretary).messages.filter(({ msgType }) => msgType === 'card');
  const before = cards().length;
  await xiaohong.say(group, '/走访 3号楼2单元501 张桂芳 电话13812345678 肝癌 低保咨询 11010519491231002X', {
    at: true,
    twist: (body) => ({ ...body, senderNick: '春暖花开' }),
  });
  await xiaohong.say(group, `/诉求 6号楼 陈奶奶 楼道灯坏了三天没人修`, { at: true });
  await sim.waitFor(() => cards().length > before);
  const card = cards().at(-1);
  if (card) await secretary.press(card, '按建议办');
  await xiaohong.sayPrivately(`/办 ${turn} 换了灯泡`);
  await xiaohong.sayPrivately(`/改期 ${turn} 家里漏雨`);
  // Somebody whom nobody knows, and a file that is no roster.
  const stranger = sim.addUser({ name: '来访客' });
  await sim.addMembers(group, [stranger], secretary);
  await stranger.say(group, '/走访 7号楼 赵七斤 家里漏雨', { at: true });
  await secretary.sayPrivately('住户花名册.xlsx', { type: 'file', bytes: Buffer.from('no workbook') });
  await secretary.sayPrivately('/文字版');
  await sim.waitFor(() =>
    sim
      .private(secretary)
      .texts()
      .some((text) => text.includes('文字版开着')),
  );
  await secretary.sayPrivately(`/${turn}`);
  await secretary.sayPrivately('/文字版 关');
  // DingTalk refuses, breaks off and answers nonsense.
  const faults = (['error', 'drop-before', 'drop-after', 'html'] as const).map((mode) =>
    sim.fail({ path: /robot|card/, times: 2, mode, status: 400, code: 'invalidParameter' }),
  );
  sim.expireTokens();
  await xiaohong.sayPrivately('/走访 3号楼2单元501 张桂芳 夜里打人');
  // A command that throws in the middle.
  const disk = new Database(place.path);
  disk.exec('alter table visitor rename to visitor_away');
  await xiaohong.say(group, '/走访 3号楼2单元501 张桂芳 低保咨询', { at: true });
  disk.exec('alter table visitor_away rename to visitor');
  disk.close();
  await sim.waitFor(() => server.output().includes('an event failed'), { what: 'the failure in the log' });
  await sim.waitFor(() => faults.some(({ hits }) => hits > 0), { what: 'a call that fails' });
  for (const fault of faults) fault.cancel();
  const texts = Object.values(sim.messages).map((message) => sim.cardText(message));
  links = [...links, ...texts.flatMap((text) => text.match(/\/f\/(\S+)/u)?.[1] ?? [])];
}

/** Pushes that are none, or somebody else's; links that are none. */
async function forge(server: Server): Promise<void> {
  const { sim } = place;
  const body = { msgtype: 'text', text: { content: '张桂芳 13812345678' }, senderNick: '来访客' };
  await sim.rawPost(body, sim.robotHeaders({ secret: 'another' }));
  await sim.rawPost(body, sim.robotHeaders({ timestamp: '1' }));
  await sim.rawPost('{"张桂芳', sim.robotHeaders());
  const at = (path: string) => `${PUBLIC_URL}/webhook/dingtalk${path}`;
  await sim.rawPost({ userId: '张桂芳', content: '低保咨询' }, sim.cardHeaders({ secret: 'x' }), at('/card'));
  const packed = sim.pack({ EventType: 'chat_add_member', Title: '桂花苑群' }, { token: 'another' });
  await sim.rawPost(packed.body, {}, at(`/event?${packed.query}`));
  await fetch(`${server.url}/webhook/dingtalk/${encodeURIComponent('张桂芳')}?phone=13812345678`, {
    method: 'POST',
  });
  await fetch(`${server.url}/f/${encodeURIComponent('张桂芳')}`);
}

describe('what a log at level trace holds of DingTalk', () => {
  it('was written while all of it happened', () => {
    const disk = new Database(place.path, { readonly: true });
    const count = (what: string) => disk.prepare(`select count(*) from ${what}`).pluck().get();
    expect({
      visits: count('visit'),
      issues: count("issue where state <> 'reported'"),
      failed: count("inbox where status = 'failed'"),
    }).toEqual({ visits: 4, issues: 2, failed: 2 });
    disk.close();
    expect(links.length).toBeGreaterThan(0);
  });

  it('is of use: what failed is there, by code', () => {
    expect(output).toContain('SQLITE_ERROR');
    expect(output).toMatch(/bad_signature/);
    expect(output).toMatch(/Stream/);
  });

  it.each(PERSONAL)('holds nothing of %s', (word) => {
    expect(output).not.toContain(word);
  });

  it('holds no secret, no token, no address that is an authority of its own', () => {
    const { clientSecret, aesKey, token } = place.sim;
    for (const secret of [clientSecret, aesKey, token, SECRET]) {
      expect(secret.length).toBeGreaterThan(8);
      expect(output).not.toContain(secret);
    }
    expect(output).not.toMatch(/access_token=|sendBySession|session=|ticket=/);
    for (const link of links) expect(output).not.toContain(link);
  });

  it('holds no platform id of a person or a chat, for whoever knows it can write there', () => {
    const { sim, group, user } = place;
    const ids = ['贺立新', '石小红', '李梅香'].flatMap((name) => [user(name).staffId, user(name).unionId]);
    for (const id of [...ids, group, ...sim.messages.map(({ chatId }) => chatId)])
      expect(output).not.toContain(id);
  });
});
