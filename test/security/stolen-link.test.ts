import { afterEach, beforeEach, expect, it } from 'vitest';
import { asRead } from '../helpers/read.ts';
import { type Desk, openDesk } from '../issue/desk.ts';

const BASE = 'http://office.test';
const PHONE = '13800000000';

let desk: Desk;
let path: string;
beforeEach(async () => {
  desk = await openDesk({ publicUrl: BASE });
  await desk.tell('贺立', '/文字版');
  const { q } = desk.world.office;
  for (const [place, head] of [
    ['6号楼1单元101', '陈奶奶'],
    ['9号楼2单元202', '孙某'],
  ] as const) {
    const id = desk.world.household(place, head, '石小红');
    q.households.setPhone(id, PHONE);
  }
  await desk.say('石小红', '/走访 9号楼2单元202 孙某 低保咨询');
  await desk.say('石小红', '/诉求 6号楼1单元101 陈奶奶 楼道灯坏了三天没人修');
  path = link();
});
afterEach(() => desk.close());

function link(): string {
  const texts = desk.world.sim.private(desk.world.users.贺立 as never).texts();
  const found = texts.map((text) => /http:\/\/office\.test(\S+)/u.exec(text)?.[1]).filter(Boolean);
  return found.at(-1) ?? '';
}
const page = async (at: string): Promise<string> => (await desk.world.get(at)).text();

/** Everything that can be come to from one page by opening, and by sending each form as it stands. */
async function reach(from: string): Promise<string[]> {
  const seen: string[] = [];
  const waiting = [from];
  for (let at = waiting.pop(); at !== undefined && seen.length < 60; at = waiting.pop()) {
    const html = await page(at);
    seen.push(html);
    for (const [, next] of html.matchAll(/(?:action|href)="(v1\.[^"]+)"/gu)) {
      if (/issue\.(?:form|open)/u.test(next ?? '')) continue;
      seen.push(await page(`/f/${next}`));
    }
  }
  return seen;
}

it('shows whoever holds it that one card: no telephone, no address, no other matter', async () => {
  const all = (await reach(path)).join('\n');
  expect(all).toContain('楼道灯坏了三天没人修');
  for (const word of [PHONE, '1单元', '101', '孙某', '低保咨询', '9号楼'])
    expect(all).not.toMatch(asRead(word));
});

it('opens nothing of anybody else, however it is changed', async () => {
  for (const other of [path.slice(0, -1), `${path}A`, path.replace('/f/', '/f//'), path.toLowerCase()])
    expect(await page(other)).not.toContain('楼道灯');
});

it('leaves what was done with it under the name of its person, who sees it', async () => {
  const html = await page(path);
  const form = html.split('<form').find((part) => part.includes('>按建议办<')) ?? '';
  await desk.world.post(`/f/${/action="([^"]+)"/u.exec(form)?.[1]}`, []);
  await desk.world.settle();
  expect(desk.state()).toMatchObject({ state: 'handling', deciderId: desk.world.members.贺立 });
  await desk.tell('贺立', '1');
  const texts = desk.world.sim.private(desk.world.users.贺立 as never).texts();
  expect(texts.at(-1)).toContain('已交石小红');
});

it('is in nobody’s log and not in the database', async () => {
  const token = path.slice('/f/'.length);
  for (const table of ['inbox', 'outbox', 'live_card', 'audit', 'setting'])
    expect(JSON.stringify(desk.world.store.db.all(`select * from ${table}`))).not.toContain(token);
});
