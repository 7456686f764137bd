import type { Browser, Locator, Page } from 'playwright-core';
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
import { type PlaygroundServer, startPlayground } from './helpers/playground-server.ts';
import { findFaults, NO_FAULTS } from './helpers/readable.ts';

/** The built program, as `npm start` opens it without credentials: the real office, the real clock moved forward. */
let browser: Browser;
let server: PlaygroundServer;
let guest: Visitor;

beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());
beforeEach(async () => {
  server = await startPlayground();
});
afterEach(async () => {
  expect(guest.errors).toEqual([]);
  // With the page's stream still open.
  expect(await server.stop()).toBe(0);
  await guest.context.close();
});

const group = (page: Page): Locator => page.locator('.pane[data-chat=work-group]');
const privately = (page: Page): Locator => page.locator('.pane.is-p2p');

/** Becomes somebody, with the private chat in front at phone width. */
async function become(page: Page, person: string): Promise<void> {
  await openAs(page, server.base, person, `p2p-${person}`);
}

/** The newest card of the private chat that holds this text. */
function card(page: Page, text: string | RegExp): Locator {
  return privately(page).locator('.card').filter({ hasText: text }).last();
}

async function press(where: Locator, label: string): Promise<void> {
  await where.getByRole('button', { name: label, exact: true }).click();
}

/** Whoever is asked to call back, as the marks in the list of people say: neither the handler nor the secretary. */
async function whoIsAsked(page: Page): Promise<string> {
  const others = ':not([data-badge-person=shi-xiaohong], [data-badge-person=he-li])';
  const mark = page.locator(`[data-badge-person]${others}:not([hidden])`);
  await mark.first().waitFor({ state: 'attached' });
  return (await mark.first().getAttribute('data-badge-person')) ?? '';
}

async function nextMorning(page: Page, isPhone: boolean): Promise<void> {
  if (isPhone) await page.click('.forward-open');
  await page.click('[data-step=morning]');
  await page.waitForSelector('.clock[aria-busy=true]', { state: 'detached' });
}

describe.each([
  ['a phone', PHONE],
  ['a wide screen', DESKTOP],
])('the main job on %s', (_, size) => {
  it('goes from a line in the group through secretary, handler and call-back to Monday’s list', async () => {
    guest = await visitor(browser, size);
    const { page } = guest;

    // A member: a visit by the example, then a matter.
    await openAs(page, server.base, 'shi-xiaohong');
    await page.click('.pane.is-active .chip.is-example');
    await page.click('.pane.is-active .send');
    await group(page).getByText('已记 · 3号楼 1户').last().waitFor();
    await say(page, 'work-group', '/诉求 6号楼 陈奶奶 楼道灯坏了三天没人修');
    const shared = group(page).locator('.card').filter({ hasText: '6号楼' }).last();
    await shared.filter({ hasText: '待研判' }).waitFor();
    const number = (await shared.textContent())?.match(/第\d+号/)?.[0] ?? '';
    expect(number).not.toBe('');
    for (const text of await group(page).locator('.message.is-bot').allTextContents()) {
      expect(text).not.toMatch(/陈奶奶|张某|楼道灯坏了/);
    }
    await expectNoSideScroll(page);
    expect(await findFaults(page)).toEqual(NO_FAULTS);

    // Somebody else presses the secretary's button in the group.
    await openAs(page, server.base, 'zhou-qiang');
    await press(group(page).locator('.card').filter({ hasText: number }).last(), '本支部办');
    await page.getByText('这件事由书记研判。').waitFor();

    // The secretary takes the suggestion.
    await become(page, 'he-li');
    await press(card(page, number), '按建议办');
    await card(page, number).filter({ hasText: '办理中' }).waitFor();
    expect(await findFaults(page)).toEqual(NO_FAULTS);

    // The handler tells the resident, does it, and says so.
    await become(page, 'shi-xiaohong');
    await press(card(page, number), '已告诉群众');
    await card(page, number).getByLabel('怎么告诉的').selectOption({ label: '当面' });
    await press(card(page, number), '记下');
    await press(card(page, /已告诉群众。/), '办好了');
    await card(page, number).getByLabel('办得怎么样').fill('换了灯泡，晚上试过，亮了');
    await card(page, number).getByLabel('办成了哪一种').selectOption({ label: '已解决' });
    await card(page, number).getByLabel('告诉群众了吗').selectOption({ label: '当面告诉了' });
    await expectNoSideScroll(page);
    await press(card(page, number), '记下');
    await card(page, number).filter({ hasText: '待群众评价' }).waitFor();

    // Who had no hand in it asks, and the matter is closed.
    const asker = await whoIsAsked(page);
    await become(page, asker);
    await press(card(page, '请您帮忙问一句'), '满意');
    await card(page, number).getByLabel('怎么问的').selectOption({ label: '电话' });
    await card(page, number).getByLabel('谁答的').selectOption({ label: '本人' });
    await press(card(page, number), '记下');
    await card(page, number).filter({ hasText: '已解决 · 满意' }).waitFor();

    // Monday.
    await openAs(page, server.base, 'he-li');
    const lists = group(page).locator('.card').filter({ hasText: '本周清单' });
    const before = await lists.count();
    if (size === PHONE) await page.click('.forward-open');
    await page.click('[data-step=monday]');
    await page.getByText(/已到\d+月\d+日（周一）8:30/).waitFor();
    // A Monday off moves the list to the next working day (decision 32).
    for (let day = 0; day < 10 && (await lists.count()) === before; day += 1)
      await nextMorning(page, size === PHONE);
    await lists.nth(before).waitFor();
    const list = (await lists.nth(before).textContent()) ?? '';
    expect(list).toMatch(/走访\d+次/);
    expect(list).not.toMatch(/陈奶奶|张某|楼道灯/);
    await expectNoSideScroll(page);
    expect(await findFaults(page)).toEqual(NO_FAULTS);
  });
});
