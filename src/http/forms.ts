import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { Log } from '../lib/log.ts';
import { closedPage, type PageModel } from '../office/page-model.ts';
import { formPage } from '../web/forms/page.tsx';
import { STYLE } from '../web/forms/style.ts';
import { isCommitFailed } from './accept.ts';

/** The signed pages of one office, here or elsewhere. */
export interface FormPages {
  open(token: string): PageModel | Promise<PageModel>;
  send(token: string, sent: Record<string, string | string[]>): Promise<PageModel>;
}

interface FormsOptions {
  /** Undefined: there is no such office. */
  pages: (c: Context) => FormPages | undefined | Promise<FormPages | undefined>;
  log: Log;
}

/** A form's texts are a thousand characters each; nothing is ever this large. */
const BODY_MAX = 64 * 1024;
/** Longer than any link of ours. */
const TOKEN_MAX = 4_000;

const NO_OFFICE = closedPage(404, '打不开这个链接', '没有这个单位，或者它停用了。');
const NOT_KEPT = closedPage(503, '刚才没记上', '请返回上一页，再点一次。');
const FOREIGN = closedPage(403, '没有记', '这一步要在自己的页面上点。请回到聊天里，重新打开链接。');
const TOO_LARGE = closedPage(422, '写得太长了', '请返回上一页，写短一点再点。');

/** `/f/<token>` (contract: routes): GET shows and never acts, POST is the press. Nobody keeps a copy, nobody indexes it. */
export function forms({ pages, log }: FormsOptions): Hono {
  const app = new Hono();
  const orBusy = async (work: () => Promise<PageModel>): Promise<PageModel> => {
    try {
      return await work();
    } catch (error) {
      if (!isCommitFailed(error)) throw error;
      log.error({ path: 'form' }, '没能落盘');
      return NOT_KEPT;
    }
  };
  app.use(async (c, next) => {
    await next();
    if (!c.res.headers.has('Cache-Control')) c.header('Cache-Control', 'no-store');
    c.header('X-Robots-Tag', 'noindex, nofollow');
    c.header('Referrer-Policy', 'no-referrer');
  });

  app.get('/style.css', (c) =>
    c.body(STYLE, 200, { 'Content-Type': 'text/css; charset=utf-8', 'Cache-Control': 'max-age=3600' }),
  );

  app.get('/:token', async (c) => {
    const found = await pages(c);
    if (!found) return answer(c, NO_OFFICE);
    return answer(c, await orBusy(async () => found.open(tokenOf(c))));
  });

  app.post('/:token', bodyLimit({ maxSize: BODY_MAX, onError: (c) => answer(c, TOO_LARGE) }), async (c) => {
    if (!isOwn(c)) return answer(c, FOREIGN);
    const found = await pages(c);
    if (!found) return answer(c, NO_OFFICE);
    const sent = await readSent(c);
    return answer(c, await orBusy(() => found.send(tokenOf(c), sent)));
  });
  return app;
}

const tokenOf = (c: Context): string => (c.req.param('token') ?? '').slice(0, TOKEN_MAX);

function answer(c: Context, model: PageModel): Response | Promise<Response> {
  // Links and the sheet of styles are beside this page, whatever stands before it in the address.
  return c.html(formPage(model), model.status);
}

/**
 * Another site cannot send our forms, for the link is the secret; browsers that say where a form came from are asked all
 * the same. Under `no-referrer` they say `null` for our own.
 */
function isOwn(c: Context): boolean {
  const site = c.req.header('sec-fetch-site');
  if (site) return site === 'same-origin' || site === 'none';
  const origin = c.req.header('origin');
  if (!origin || origin === 'null') return true;
  return URL.canParse(origin) && new URL(origin).host === c.req.header('host');
}

/** Fields by name; one that was sent several times is a list. Anything that is no form's body is empty. */
async function readSent(c: Context): Promise<Record<string, string | string[]>> {
  const type = c.req.header('content-type')?.split(';')[0]?.trim();
  if (type !== 'application/x-www-form-urlencoded') return {};
  const sent = new Map<string, string[]>();
  for (const [name, value] of new URLSearchParams(await c.req.text()))
    sent.set(name, [...(sent.get(name) ?? []), value]);
  // `name[]` is a field of several choices, also when one was chosen.
  return Object.fromEntries(
    [...sent].map(([name, values]) =>
      name.endsWith('[]')
        ? [name.slice(0, -2), values]
        : [name, (values.at(-1) ?? '').replaceAll('\r\n', '\n')],
    ),
  );
}
