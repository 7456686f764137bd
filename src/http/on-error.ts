import type { ErrorHandler, NotFoundHandler } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { describeError, type Log } from '../lib/log.ts';

/** The address of a platform's pushes, with or without an office in front. */
const WEBHOOK = /^(\/o\/[^/]+)?\/webhook\//;

/**
 * The last net. A platform's push gets 200, for pushing it again would meet the same error (decision 1);
 * a page gets a code. Never a stack trace, never a message of ours that could hold somebody's data.
 */
export function onError(log: Log): ErrorHandler {
  return (error, c) => {
    if (error instanceof HTTPException) return c.json({ error: 'refused' }, error.status);
    log.error({ path: c.req.path, error: describeError(error) }, '请求处理出错');
    return WEBHOOK.test(c.req.path) ? c.json({}) : c.json({ error: 'internal' }, 500);
  };
}

export const notFound: NotFoundHandler = (c) => c.json({ error: 'not_found' }, 404);
