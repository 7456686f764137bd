import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  DESKTOP,
  expectNoSideScroll,
  launch,
  openAs,
  PHONE,
  say,
  type Visitor,
  visitor,
} from './helpers/browser.ts';
import { fakeServer, type RoomServer } from './helpers/fake-server.ts';
import { findFaults, NO_FAULTS } from './helpers/readable.ts';

let browser: Browser;
let server: RoomServer;
let guest: Visitor | undefined;

beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());
beforeEach(async () => {
  server = await fakeServer();
});
afterEach(async () => {
  expect(guest?.errors ?? []).toEqual([]);
  await guest?.context.close();
  guest = undefined;
  await server.down();
});

async function come(person: string, size = DESKTOP): Promise<Page> {
  guest = await visitor(browser, size);
  await openAs(guest.page, server.base, person);
  return guest.page;
}

const presses = () => server.room.heard.filter((event) => event.kind === 'action');

describe.each([
  ['a phone', PHONE],
  ['a wide screen', DESKTOP],
])('on %s', (_, size) => {
  it('opens, readable and within its width, with a newcomer’s hint that stays away once put away', async () => {
    const page = await come('he-li', size);
    await say(page, 'work-group', '/诉求 6号楼 楼道灯坏了三天没人修');
    await page.waitForSelector('.pane.is-front .card');
    await expectNoSideScroll(page);
    expect(await findFaults(page)).toEqual(NO_FAULTS);
    await page.click('[data-hint-close]');
    await page.reload();
    expect(await page.isVisible('.hint')).toBe(false);
  });

  it('shows forms that are readable and labelled', async () => {
    const page = await come('shi-xiaohong', size);
    await say(page, 'work-group', '/走访 3号楼 张某 低保咨询');
    if (size === PHONE) await page.click('[data-tab=p2p-shi-xiaohong]');
    await page.click('text=修改');
    await page.waitForSelector('form.form');
    await expectNoSideScroll(page);
    expect(await findFaults(page)).toEqual(NO_FAULTS);
  });
});

describe('a newcomer', () => {
  it('clicks the example, sends it, and sees the short line beside the private card', async () => {
    const page = await come('shi-xiaohong');
    await page.click('.pane.is-front .chip.is-example');
    await page.click('.pane.is-front .send');
    await page.waitForSelector('.pane.is-front .message.is-bot');
    expect(await page.textContent('.pane.is-front .message.is-bot .bubble')).toBe('已记 · 3号楼 1户');
    expect(await page.isVisible('.pane.is-p2p .card')).toBe(true);
    expect(await page.inputValue('#text-work-group')).toBe('');
  });

  it('sees on a phone that something came in the private chat, and the mark goes when it is opened', async () => {
    const page = await come('shi-xiaohong', PHONE);
    await say(page, 'work-group', '/走访 3号楼 张某 低保咨询');
    await page.waitForSelector('[data-badge-chat=p2p-shi-xiaohong]:not([hidden])');
    await page.click('[data-tab=p2p-shi-xiaohong]');
    await page.waitForSelector('[data-badge-chat=p2p-shi-xiaohong]', { state: 'hidden' });
    expect(await page.isVisible('.pane.is-p2p .card')).toBe(true);
    expect(await page.isVisible('.pane.is-group')).toBe(false);
  });

  it('is offered commands while typing and takes one by keyboard, its arguments selected', async () => {
    const page = await come('shi-xiaohong');
    await page.focus('#text-work-group');
    await page.keyboard.type('/');
    expect(await page.locator('.pane.is-front [role=option]:visible').count()).toBe(5);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    expect(await page.inputValue('#text-work-group')).toBe('/诉求 6号楼 楼道灯坏了三天没人修');
    await page.keyboard.type('8号楼 门坏了');
    expect(await page.inputValue('#text-work-group')).toBe('/诉求 8号楼 门坏了');
    expect(server.room.heard).toEqual([]);
    await page.keyboard.press('Enter');
    await page.waitForSelector('.message.is-mine');
    expect(server.room.heard).toMatchObject([{ kind: 'message', text: '/诉求 8号楼 门坏了' }]);
  });
});

describe('a card', () => {
  it('asks before an act that asks to be asked, and does nothing on 不了', async () => {
    const page = await come('shi-xiaohong');
    await say(page, 'work-group', '/走访 3号楼 张某');
    await page.click('text=撤销这条记录');
    expect(await page.textContent('.confirm h2')).toBe('撤销这条记录？');
    await page.click('.confirm >> text=不了');
    expect(presses()).toEqual([]);
    await page.click('text=撤销这条记录');
    await page.click('.confirm >> text=确定');
    await page.waitForSelector('.toast');
    expect(presses()).toMatchObject([{ action: 'visit.undo' }]);
  });

  it('can do nothing else while a press is on its way', async () => {
    const page = await come('shi-xiaohong');
    await say(page, 'work-group', '/走访 3号楼 张某');
    const release = server.room.hold();
    await page.click('text=转为诉求');
    await page.waitForSelector('.card[aria-busy=true]');
    expect(await page.locator('.card button:not([disabled])').count()).toBe(0);
    release();
    await page.waitForSelector('.card:not([aria-busy])');
    expect(presses()).toHaveLength(1);
    expect(await page.locator('.card button[disabled]').count()).toBe(0);
  });

  it('sends a form’s values under their names and keeps what is being typed when it is drawn anew', async () => {
    const page = await come('shi-xiaohong');
    await say(page, 'work-group', '/走访 3号楼 张某');
    await page.click('text=修改');
    await page.fill('textarea[name=note]', '想问低保怎么办');
    await page.selectOption('select[name=mode]', 'phone');
    await page.uncheck('input[name=who][value="1"]');
    const { rooms } = server.room.playground;
    const card = rooms.messages('p2p-shi-xiaohong').at(-1);
    if (!card || !('card' in card.content)) throw new Error('no card');
    rooms.change(card.id, { card: { ...card.content.card, status: '刚刚有人改过' } });
    await page.waitForSelector('text=刚刚有人改过');
    expect(await page.inputValue('textarea[name=note]')).toBe('想问低保怎么办');
    await page.click('text=保存');
    await page.waitForSelector('.toast');
    expect(presses().at(-1)).toMatchObject({
      action: 'visit.save',
      form: { person: '张某', mode: 'phone', date: '2026-11-18', who: [], note: '想问低保怎么办' },
    });
  });

  it('keeps the rest of the buttons behind 更多, opened and closed by keyboard', async () => {
    const page = await come('he-li');
    await say(page, 'work-group', '/诉求 6号楼 楼道灯坏了');
    const more = page.locator('.pane.is-p2p .more');
    await more.locator('summary').focus();
    await page.keyboard.press('Enter');
    expect(await more.locator('button:visible').allTextContents()).toEqual([
      '当场已解决',
      '上报',
      '解释疏导',
    ]);
    await page.keyboard.press('Escape');
    expect(await more.locator('button:visible').count()).toBe(0);
    await page.click('text=按建议办');
    await page.waitForSelector('text=办理中');
    expect(await page.textContent('.toast')).toBe('已交石小红，12月2日前。');
  });
});

describe('the room', () => {
  it('marks whoever is waited for and opens at what waits', async () => {
    const page = await come('shi-xiaohong', PHONE);
    await say(page, 'work-group', '/诉求 6号楼 楼道灯坏了');
    await page.click('.me');
    await page.waitForSelector('[data-badge-person=he-li]:not([hidden])');
    await page.click('a[data-person=he-li]');
    await page.waitForSelector('.pane.is-p2p.is-active .card');
    expect(await page.textContent('.me .who')).toContain('贺立');
  });

  it('steps through what falls due on the way to Monday', async () => {
    const page = await come('he-li');
    await page.click('[data-step=monday]');
    await page.waitForSelector('text=第一支部本周清单');
    expect(await page.textContent('[data-clock]')).toBe('11月23日（周一）8:30');
    expect(await page.textContent('.toast')).toBe('已到11月23日（周一）8:30，共送出2条');
    expect(await page.textContent('.pane.is-front .day')).toBe('11月23日（周一）');
  });

  it('catches up by itself after the connection was cut', async () => {
    const page = await come('shi-xiaohong');
    await server.down();
    await page.waitForSelector('.offline:visible');
    await server.room.web.stage.say({ as: 'li-mei', chat: 'work-group', text: '我在六号楼' });
    await server.up();
    await page.waitForSelector('text=我在六号楼', { timeout: 20_000 });
    await page.waitForSelector('.offline', { state: 'hidden' });
    expect(await page.locator('.pane.is-front .message').count()).toBe(1);
  });

  it('takes one’s own message back', async () => {
    const page = await come('shi-xiaohong');
    await say(page, 'work-group', '李大爷住3号楼2单元501');
    await page.hover('.message.is-mine');
    await page.click('.message.is-mine .recall');
    await page.waitForSelector('.message.is-recalled');
    expect(await page.textContent('.message.is-recalled')).toBe('您撤回了一条消息');
    expect(await page.locator('text=2单元501').count()).toBe(0);
  });
});
