import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectNoSideScroll, launch, openAs, PHONE, say, visitor } from './helpers/browser.ts';
import { type PlaygroundServer, startPlayground } from './helpers/playground-server.ts';
import { findFaults, NO_FAULTS } from './helpers/readable.ts';

let browser: Browser;
let server: PlaygroundServer;
/** A phone's browser with scripts turned off: what the pages promise to do without. */
let phone: BrowserContext;

beforeAll(async () => {
  browser = await launch();
  server = await startPlayground();
  phone = await browser.newContext({ viewport: PHONE, locale: 'zh-CN', javaScriptEnabled: false });
});
afterAll(async () => {
  await phone.close();
  expect(await server.stop()).toBe(0);
  await browser.close();
});

const CHAT = 'p2p-shi-xiaohong';
const WORDS = /文字版开着/;
const RECEIPT = /走访已记 · 3号楼2单元501/;

const bot = (room: Page) => room.locator('.pane.is-p2p .message.is-bot');

/** The link of what the bot wrote to her about this, opened on the phone. The room is full of older messages, with links too. */
async function openLink(room: Page, about: RegExp): Promise<Page> {
  const link = bot(room).filter({ hasText: about }).locator('a[target=_blank]').last();
  await link.waitFor();
  const page = await phone.newPage();
  await page.goto((await link.getAttribute('href')) ?? '');
  return page;
}

describe('signed pages in a real browser, without a script', () => {
  it('opens from a card in words, is readable on a phone, and changes what it is for', async () => {
    const guest = await visitor(browser, PHONE);
    const room = guest.page;
    await openAs(room, server.base, 'shi-xiaohong', CHAT);
    await say(room, CHAT, '文字版');
    await bot(room).filter({ hasText: WORDS }).first().waitFor();
    await say(room, CHAT, '走访 3号楼2单元501 张某 低保咨询');

    const page = await openLink(room, RECEIPT);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await expectNoSideScroll(page);
    expect(await findFaults(page)).toEqual(NO_FAULTS);

    await page.getByText('修改', { exact: true }).click();
    await page.getByLabel('什么事').fill('低保材料已交');
    await expectNoSideScroll(page);
    expect(await findFaults(page)).toEqual(NO_FAULTS);
    await page.locator('form.card button[type=submit]').click();
    await page.getByRole('status').waitFor();
    await page.getByText('低保材料已交').waitFor();
    // What was sent stays as it was; the way there shows the visit as it is now.
    const later = await openLink(room, RECEIPT);
    await later.getByText('低保材料已交').waitFor();
    expect(guest.errors).toEqual([]);
    await guest.context.close();
  });

  it('says in large words why a link that was changed does not open', async () => {
    const page = await phone.newPage();
    const answer = await page.goto(`${server.base}/f/v1.not-a-token`);
    expect(answer?.status()).toBe(404);
    await page.getByText('链接不完整或者改动过').waitFor();
    await expectNoSideScroll(page);
  });
});
