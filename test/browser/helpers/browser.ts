import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { expect } from 'vitest';

export const PHONE = { width: 390, height: 844 };
export const DESKTOP = { width: 1280, height: 900 };

const QUIET = [
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Debian's Chromium; CHROMIUM names another one. */
export function launch(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--lang=zh-CN', ...QUIET],
  });
}

export interface Visitor {
  context: BrowserContext;
  page: Page;
  /** Errors of the page's own script and refused resources. */
  errors: string[];
}

/** A fresh browser profile at one size. */
export async function visitor(
  browser: Browser,
  viewport: { width: number; height: number },
): Promise<Visitor> {
  const context = await browser.newContext({ viewport, locale: 'zh-CN' });
  const page = await context.newPage();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => {
    if (
      message.type() === 'error' &&
      !/ERR_(CONNECTION|INCOMPLETE_CHUNKED|EMPTY_RESPONSE)/.test(message.text())
    )
      errors.push(message.text());
  });
  return { context, page, errors };
}

/** Opens the room as one person and waits for the stream. */
export async function openAs(page: Page, base: string, person: string, chat?: string): Promise<void> {
  await page.goto(`${base}/?as=${person}${chat ? `&chat=${chat}` : ''}`);
  await page.waitForSelector('body[data-stream=open]');
}

/** Types a line into a chat and sends it with Enter. */
export async function say(page: Page, chat: string, text: string): Promise<void> {
  await page.fill(`#text-${chat}`, text);
  await page.press(`#text-${chat}`, 'Escape');
  await page.press(`#text-${chat}`, 'Enter');
}

/** Nothing sticks out at the side. */
export async function expectNoSideScroll(page: Page): Promise<void> {
  const wide = await page.evaluate(
    'document.documentElement.scrollWidth - document.documentElement.clientWidth',
  );
  expect(wide).toBe(0);
}
