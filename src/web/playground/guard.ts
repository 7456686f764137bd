import type { Context, Next } from 'hono';

/** What the page shows is of this moment and of one person: nobody keeps a copy. */
export async function keepNoCopy(c: Context, next: Next): Promise<void> {
  await next();
  if (!c.res.headers.has('Cache-Control')) c.header('Cache-Control', 'no-store');
}

/**
 * A post must come from our own page: JSON (which no foreign form can send) and, as every browser says,
 * from the same origin. Another site open in the same browser cannot act here.
 */
export async function sameOrigin(c: Context, next: Next): Promise<Response | undefined> {
  if (c.req.method !== 'POST') {
    await next();
    return undefined;
  }
  const origin = c.req.header('origin');
  const ours = origin
    ? sameHost(origin, c.req.header('host'))
    : c.req.header('sec-fetch-site') === 'same-origin';
  const isJson = c.req.header('content-type')?.split(';')[0]?.trim() === 'application/json';
  if (!ours || !isJson) return c.json({ error: 'not_same_origin' }, 403);
  await next();
  return undefined;
}

function sameHost(origin: string, host: string | undefined): boolean {
  try {
    return new URL(origin).host === host;
  } catch {
    return false;
  }
}
