import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPlace, type Place, SECRET, user } from './place.ts';
import { buildProgram, type Program, type Server } from './server.ts';

/** Whatever of people went in: names, phones, ids, rooms, words. */
const PERSONAL = [
  ...['高远山', '贺立新', '石小红', '李梅香', '来访客', '钱守一', '孙大圣'],
  ...['张桂芳', '陈奶奶', '周阿婆', '赵七斤'],
  ...['13812345678', '13900001111', '11010519491231002X'],
  ...[
    '3号楼2单元',
    '2单元501',
    '9号楼1单元',
    '肝癌',
    '低保咨询',
    '楼道灯',
    '换了灯泡',
    '家里漏雨',
    '夜里打人',
  ],
];

let program: Program;
let place: Place;
let server: Server;
/** What the commands printed. */
let printed = '';

beforeAll(async () => {
  program = await buildProgram();
  place = await createPlace();
  const command = async (args: string[]) => {
    const { code, output } = await program.command(args, place.env());
    printed += `${output}\n`;
    return code;
  };
  const people = join(place.folder, '成员.csv');
  const homes = join(place.folder, '户.csv');
  writeFileSync(
    people,
    '姓名,角色,组织,手机号\n钱守一,党员,梧桐社区/第一支部,13900001111\n孙大圣,没有的角色,没有的组织,138\n',
  );
  writeFileSync(homes, '地址,户主,社区\n9号楼1单元101室,周阿婆,梧桐社区\n');
  expect(await command(['import', people])).toBe(2);
  expect(await command(['import', people, '--skip-bad'])).toBe(0);
  expect(await command(['import', homes])).toBe(0);
  expect(await command(['import', homes])).toBe(0);
  expect(await command(['policy', 'adopt', 'xian', '--from', '2026-10-01', '--org', '梧桐社区'])).toBe(0);
  expect(await command(['backup', join(place.folder, 'b.db')])).toBe(0);
  server = await program.server(place.env());
  place.sim.connectWebhook({ url: `${server.url}/webhook/feishu` });
  await work();
  expect(await command(['tick', '--now', '2026-11-23T08:35+08:00'])).toBe(0);
  expect(await server.stop()).toBe(0);
}, 120_000);
afterAll(async () => {
  await place.close();
  program.remove();
});

/** The main job with everything that can go wrong on the way. */
async function work(): Promise<void> {
  const { sim, group } = place;
  const [secretary, xiaohong] = [user(place, '贺立新'), user(place, '石小红')];
  const cards = (who: typeof xiaohong) => sim.private(who).cards();
  await xiaohong.say(group, '/走访 3号楼2单元501 张桂芳 电话13812345678 肝癌 低保咨询 11010519491231002X');
  await xiaohong.say(group, '/诉求 6号楼 陈奶奶 楼道灯坏了三天没人修');
  await sim.waitFor(() => cards(secretary).length > 0);
  const ask = cards(secretary).at(-1);
  if (ask) await secretary.press(ask, '按建议办');
  await xiaohong.sayPrivately('/办 1 换了灯泡');
  // Somebody new, taken into the roster, whose line runs then.
  const stranger = sim.addUser({ name: '来访客' });
  const before = cards(secretary).length;
  await sim.addMembers(group, [stranger], secretary);
  await stranger.say(group, '/走访 7号楼 赵七斤 家里漏雨');
  await sim.waitFor(() => cards(secretary).length > before);
  const card = cards(secretary).at(-1);
  if (card) await secretary.press(card, sim.buttons(card)[0]?.label ?? '', { form: { p0: 'new:党员' } });
  // The platform refuses, breaks off and answers nonsense; the SDK's errors hold whole requests.
  for (const mode of ['error', 'drop-before', 'drop-after'] as const)
    sim.fail({ path: /\/im\/v1\/messages/, times: 2, mode, status: 400, code: 230001 });
  sim.fail({ path: /tenant_access_token/, times: 2, mode: 'error', status: 400, code: 10014 });
  sim.expireTokens();
  await xiaohong.sayPrivately('/走访 3号楼2单元501 张桂芳 夜里打人');
  await xiaohong.sayPrivately('/户 3号楼 张桂芳');
  // A command that throws in the middle, a push that is no push, and ones that are not ours.
  const disk = new Database(place.path);
  disk.exec('alter table visitor rename to visitor_away');
  await xiaohong.say(group, '/走访 3号楼2单元501 张桂芳 低保咨询');
  disk.exec('alter table visitor_away rename to visitor');
  disk.close();
  await sim.rawPost('{"encrypt":"张桂芳 13812345678"}');
  await sim.rawPost({ schema: '2.0', event: { text: '张桂芳 低保咨询' }, token: sim.verificationToken });
  const push = sim.pack({ type: 'event_callback', token: 'x', event: { text: '张桂芳' } });
  await sim.rawPost(push.body, { ...push.headers, 'x-lark-signature': 'f'.repeat(64) });
  await fetch(`${server.url}/webhook/feishu/${encodeURIComponent('张桂芳')}?phone=13812345678`, {
    method: 'POST',
  });
  await sim.waitFor(() => server.output().includes('an event failed'), { what: 'the failure in the log' });
}

describe('what a log at level trace holds', () => {
  it('was written while all of it happened', () => {
    const disk = new Database(place.path, { readonly: true });
    const count = (what: string) => disk.prepare(`select count(*) from ${what}`).pluck().get();
    expect({
      visits: count('visit'),
      issues: count("issue where state <> 'reported'"),
      admitted: count("member where name = '来访客'"),
      imported: count("member where name = '钱守一'"),
      failed: count("inbox where status = 'failed'"),
    }).toEqual({ visits: 3, issues: 1, admitted: 1, imported: 1, failed: 1 });
    disk.close();
  });

  it('is of use: what failed is there, by code and number', () => {
    const lines = server
      .output()
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines.some((line) => line.msg === 'an event failed' && line.code === 'SQLITE_ERROR')).toBe(true);
    expect(lines.some((line) => line.code === 'bad_signature' && line.status === 401)).toBe(true);
    expect(lines.some((line) => line.sdk === 'feishu')).toBe(true);
  });

  it.each(PERSONAL)('holds nothing of %s', (word) => {
    expect(server.output()).not.toContain(word);
  });

  it('holds no secret, also when the SDK fails on it', () => {
    const { appSecret, encryptKey, verificationToken, tenantKey } = place.sim;
    const output = server.output();
    for (const secret of [appSecret, encryptKey, verificationToken, tenantKey, SECRET]) {
      expect(secret.length).toBeGreaterThan(8);
      expect(output).not.toContain(secret);
      expect(printed).not.toContain(secret);
    }
    expect(output).not.toMatch(/Bearer |t-[A-Za-z0-9]{12,}|app_secret/);
  });

  it('holds no platform id of a person, for whoever knows it can write to him', () => {
    for (const { openId, unionId } of Object.values(place.users)) {
      expect(server.output()).not.toContain(openId);
      expect(server.output()).not.toContain(unionId);
    }
  });
});

describe('what the commands print', () => {
  it('says how it went without telling who is in the file', () => {
    expect(printed).toContain('已导入：人员 新增1');
    expect(printed).toContain('第3行');
    for (const word of ['钱守一', '周阿婆', '13900001111', '9号楼1单元', '张桂芳', '陈奶奶'])
      expect(printed).not.toContain(word);
  });
});
