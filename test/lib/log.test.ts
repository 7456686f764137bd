import { describe, expect, it } from 'vitest';
import { AppError } from '../../src/lib/errors.ts';
import { describeError } from '../../src/lib/log.ts';
import { createLog } from '../../src/lib/node-log.ts';

function lines(write: (log: ReturnType<typeof createLog>) => void): Record<string, unknown>[] {
  const out: string[] = [];
  write(createLog('info', { write: (line: string) => void out.push(line) }));
  return out.map((line) => JSON.parse(line));
}

describe('the log', () => {
  it('writes one JSON object a line, with its level by name', () => {
    expect(lines((log) => log.info({ port: 3000 }, '已启动'))).toMatchObject([
      { level: 'info', port: 3000, msg: '已启动' },
    ]);
    expect(lines((log) => log.debug({}, '看不见'))).toEqual([]);
  });

  it('strikes out what could hold a word or a secret, at the top and one level down', () => {
    const written = lines((log) =>
      log.warn({ name: '张某', text: '低保咨询', out: { content: '低保', token: 't-secret', id: 7 } }, 'x'),
    );
    expect(JSON.stringify(written)).not.toMatch(/张某|低保|t-secret/);
    expect(written).toMatchObject([{ out: { id: 7 } }]);
  });

  it('keeps of an error its name, code and place, not its message', () => {
    const error = new TypeError('张某 13800000000', {
      cause: Object.assign(new Error('低保'), { code: 'SQLITE_FULL' }),
    });
    const [written] = lines((log) => log.error({ error }, '出错'));
    expect(written).toMatchObject({ error: { name: 'TypeError', cause: { code: 'SQLITE_FULL' } } });
    expect(JSON.stringify(written)).toContain('log.test.ts');
    expect(JSON.stringify(written)).not.toMatch(/张某|13800000000|低保/);
  });

  it('says the same of an error that was described before it came here', () => {
    const error = Object.assign(new TypeError('张某'), { code: 'SQLITE_FULL' });
    const [once] = lines((log) => log.error({ error }, '出错'));
    const [twice] = lines((log) => log.error({ error: describeError(error) }, '出错'));
    expect(twice?.error).toEqual(once?.error);
    expect(twice).toMatchObject({ error: { name: 'TypeError', code: 'SQLITE_FULL' } });
    const [other] = lines((log) => log.error({ error: { name: '张某', note: '低保' } }, '出错'));
    expect(other?.error).toEqual({ name: 'object' });
  });

  it('keeps the sentence that we wrote for the operator', () => {
    const error = new AppError('config', { userText: '您好', operatorText: 'PORT is wrong' });
    expect(describeError(error)).toMatchObject({
      name: 'AppError',
      code: 'config',
      message: 'PORT is wrong',
    });
    expect(describeError('thrown text')).toEqual({ name: 'string' });
  });
});
