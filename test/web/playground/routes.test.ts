import { describe, expect, it } from 'vitest';
import { sayDate } from '../../../src/lib/day.ts';
import { fakeRoom, NOON } from './fake-host.ts';

const OURS = { 'content-type': 'application/json', origin: 'http://localhost' };

function room() {
  const made = fakeRoom();
  const post = (route: string, body: unknown, headers: Record<string, string> = OURS) =>
    made.web.app.request(`http://localhost/playground/${route}`, {
      method: 'POST',
      headers: { host: 'localhost', ...headers },
      body: JSON.stringify(body),
    });
  const html = async (query = '') => (await made.web.app.request(`http://localhost/${query}`)).text();
  return { ...made, post, html };
}

const line = { as: 'shi-xiaohong', chat: 'work-group', text: '/走访 3号楼 张某 低保咨询' };

describe('the page', () => {
  it('opens for the first person in the list, with the time, the people and the composer', async () => {
    const { html } = room();
    const page = await html();
    expect(page).toMatch(/^<!doctype html><html lang="zh-CN">/);
    expect(page).toContain('data-as="shi-xiaohong"');
    expect(page).toContain(`>${sayDate('2026-11-18')}15:00</time>`);
    expect(page).toContain('href="/?as=he-li"');
    expect(page).toContain('第一支部工作群');
    expect(page).toContain('下周一8:30');
  });

  it('shows a person no chat that he is not in', async () => {
    const { html, post } = room();
    await post('say', line);
    expect(await html('?as=shi-xiaohong')).toContain('3号楼2单元501');
    const secretary = await html('?as=he-li');
    expect(secretary).toContain('已记 · 3号楼 1户');
    expect(secretary).not.toContain('3号楼2单元501');
    expect(await html('?as=luo-jian')).not.toContain('第一支部工作群');
  });

  it('runs and loads nothing but its own files', async () => {
    const { html, web } = room();
    const page = await html();
    expect(page).not.toMatch(/<script(?![^>]* src="\/playground\/assets\/)/);
    expect(page).not.toMatch(/ style="| on[a-z]+="|<style/);
    const files = [...page.matchAll(/(?:src|href)="(\/playground\/assets\/[^"]+)"/g)].map(
      (match) => match[1] ?? '',
    );
    expect(files.length).toBeGreaterThan(5);
    for (const file of files)
      expect((await web.app.request(`http://localhost${file}`)).status, file).toBe(200);
    expect((await web.app.request('http://localhost/playground/assets/..%2f..%2fhost.ts')).status).toBe(404);
  });

  it('shows typed and sent text as text, whatever stands in it', async () => {
    const { html, post, playground } = room();
    const evil = '<img src=x onerror=alert(1)> <at id=all></at> **粗**';
    await post('say', { ...line, text: evil });
    await playground.deliver({
      kind: 'send',
      target: { type: 'chat', id: 'work-group' },
      uuid: 'evil',
      content: {
        card: {
          title: evil,
          tone: 'info',
          status: evil,
          blocks: [
            { kind: 'quote', text: evil },
            {
              kind: 'buttons',
              buttons: [
                { label: evil, action: 'a', value: { text: evil } },
                { label: '链接', action: '', url: 'javascript:alert(1)' },
              ],
            },
          ],
        },
      },
    });
    const page = await html();
    expect(page).not.toContain('<img src=x');
    expect(page).not.toContain('<at id');
    expect(page).not.toContain('javascript:');
    expect(page.split('&lt;img src=x onerror=alert(1)&gt;').length - 1).toBeGreaterThanOrEqual(5);
  });
});

describe('posts', () => {
  it('turn a typed line into an inbound message at the room’s own time', async () => {
    const { heard, post } = room();
    const answer = await post('say', line);
    expect(await answer.json()).toEqual({ toast: null });
    expect(heard).toMatchObject([
      {
        kind: 'message',
        text: line.text,
        chat: { id: 'work-group', type: 'group' },
        sender: { id: 'shi-xiaohong', name: '石小红' },
        at: NOON,
      },
    ]);
  });

  it('are refused from another site, from nowhere, and as anything but JSON', async () => {
    const { heard, post } = room();
    expect((await post('say', line, { ...OURS, origin: 'https://elsewhere.example' })).status).toBe(403);
    expect((await post('say', line, { ...OURS, origin: 'null' })).status).toBe(403);
    expect((await post('say', line, { 'content-type': 'application/json' })).status).toBe(403);
    expect((await post('say', line, { ...OURS, 'content-type': 'text/plain' })).status).toBe(403);
    expect(heard).toEqual([]);
    expect(
      (await post('say', line, { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' }))
        .status,
    ).toBe(200);
  });

  it('are refused when the body is not what it should be', async () => {
    const { heard, post } = room();
    expect((await post('say', { ...line, text: '  ' })).status).toBe(400);
    expect((await post('say', { ...line, text: '长'.repeat(4001) })).status).toBe(400);
    expect((await post('press', { as: 'he-li' })).status).toBe(400);
    expect((await post('forward', { step: 'yesterday' })).status).toBe(400);
    expect(heard).toEqual([]);
  });

  it('cannot speak in a chat that one is not in', async () => {
    const { heard, post } = room();
    for (const chat of ['p2p-he-li', 'residents-group', 'none']) {
      expect(await (await post('say', { ...line, chat })).json()).toMatchObject({ toast: { tone: 'bad' } });
    }
    expect(heard).toEqual([]);
  });

  it('press a button: the answer’s card takes the place of the pressed one, its toast goes to the presser', async () => {
    const { heard, playground, post } = room();
    await post('say', { ...line, text: '/诉求 6号楼 楼道灯坏了' });
    const card = playground.rooms.messages('p2p-he-li')[0];
    const answer = await post('press', {
      as: 'he-li',
      message: card?.id,
      action: 'issue.accept',
      value: { issue: 128 },
    });
    expect(await answer.json()).toEqual({ toast: { text: '已交石小红，12月2日前。', tone: 'good' } });
    expect(heard.at(-1)).toMatchObject({
      kind: 'action',
      action: 'issue.accept',
      value: { issue: 128 },
      messageId: card?.id,
      sender: { id: 'he-li' },
    });
    expect(playground.rooms.message(card?.id ?? '')?.content).toMatchObject({ card: { status: '办理中' } });
  });

  it('cannot press what one cannot see', async () => {
    const { heard, playground, post } = room();
    await post('say', { ...line, text: '/诉求 6号楼 楼道灯坏了' });
    const card = playground.rooms.messages('p2p-he-li')[0];
    const answer = await post('press', { as: 'shi-xiaohong', message: card?.id, action: 'issue.accept' });
    expect(await answer.json()).toMatchObject({ toast: { tone: 'bad' } });
    expect(heard.filter((event) => event.kind === 'action')).toEqual([]);
  });

  it('take back one’s own message and nobody else’s', async () => {
    const { heard, playground, post } = room();
    await post('say', line);
    const mine = playground.rooms.messages('work-group')[0];
    expect(await (await post('recall', { as: 'he-li', message: mine?.id })).json()).toMatchObject({
      toast: { tone: 'bad' },
    });
    expect(await (await post('recall', { as: 'shi-xiaohong', message: mine?.id })).json()).toEqual({
      toast: null,
    });
    expect(playground.rooms.message(mine?.id ?? '')?.recalled).toBe(true);
    expect(heard.at(-1)).toMatchObject({ kind: 'recall', messageId: mine?.id });
  });

  it('choose from the bot’s menu', async () => {
    const { heard, post } = room();
    await post('menu', { as: 'li-mei', key: 'mine' });
    expect(heard).toMatchObject([{ kind: 'menu', key: 'mine', sender: { id: 'li-mei' } }]);
  });

  it('move the clock to Monday and say what was sent on the way', async () => {
    const { clock, monday, playground, post } = room();
    const answer = await post('forward', { step: 'monday' });
    expect(await answer.json()).toEqual({
      toast: { text: '已到11月23日（周一）8:30，共送出2条', tone: 'info' },
    });
    expect(clock.now()).toBe(monday);
    expect(playground.rooms.messages('work-group')).toMatchObject([
      { at: monday, content: { card: { title: '第一支部本周清单：待研判2，超期1' } } },
    ]);
    expect(await (await post('forward', { at: '2026-11-20T08:00' })).json()).toMatchObject({
      toast: { tone: 'bad' },
    });
    expect(clock.now()).toBe(monday);
  });

  it('go one at a time when they move the clock', async () => {
    const { post } = room();
    const [first, second] = await Promise.all([
      post('forward', { step: 'monday' }),
      post('forward', { step: 'monday' }),
    ]);
    expect(await first.json()).toMatchObject({ toast: { text: expect.stringContaining('已到') } });
    expect(await second.json()).toEqual({ toast: { text: '正在快进，请稍等。', tone: 'info' } });
  });
});
