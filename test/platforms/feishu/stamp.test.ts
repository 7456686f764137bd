import { describe, expect, it } from 'vitest';
import { parseStamp } from '../../../src/platforms/feishu/stamp.ts';

const AT = Date.UTC(2026, 9, 4, 10, 23, 46);

describe('parseStamp', () => {
  it.each([
    [String(AT / 1000)],
    [String(AT)],
    [`${AT}000`],
    [`${AT}000000`],
    [AT / 1000],
    [AT],
    ['2026-10-04 18:23:46 +0800 CST'],
    ['2026-10-04 18:23:46.000290112 +0800 CST m=+3612.1'],
    ['2026-10-04 18:23:46 +0800 +0800'],
    ['2026-10-04 10:23:46 +0000 UTC'],
    ['2026-10-04T10:23:46Z'],
    ['2026-10-04T18:23:46+08:00'],
  ])('reads %s', (stamp) => expect(parseStamp(stamp)).toBe(AT));

  it('keeps the milliseconds of a Go time', () => {
    expect(parseStamp('2026-10-04 18:23:46.052290112 +0800 CST m=+3612.1')).toBe(AT + 52);
    expect(parseStamp('2026-10-04 18:23:46.5 +0800 CST')).toBe(AT + 500);
  });

  it.each([
    '',
    'soon',
    '-1',
    '0',
    '2026-10-04',
    '2026-13-44 18:23:46 +0800 CST',
    null,
    undefined,
    {},
    Number.NaN,
    -5,
  ])('does not read %s', (stamp) => expect(parseStamp(stamp)).toBeUndefined());
});
