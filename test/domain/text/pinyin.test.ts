import { pinyin } from 'pinyin-pro';
import { describe, expect, it } from 'vitest';
import { readingsOf, soundsAlike } from '../../../src/domain/text/pinyin.ts';
import { OTHER_SYLLABLES, SYLLABLES } from '../../../src/domain/text/words/syllables.ts';

describe('the table of readings', () => {
  it('says what the library says, character by character', () => {
    const usual = new Map(
      Object.entries(SYLLABLES).flatMap(([syllable, chars]) =>
        [...chars].map((char) => [char, syllable] as const),
      ),
    );
    expect(usual.size).toBeGreaterThan(6700);
    for (const [char, syllable] of usual)
      expect(`${char} ${pinyin(char, { toneType: 'none', v: true })}`).toBe(`${char} ${syllable}`);
    for (const [syllable, chars] of Object.entries(OTHER_SYLLABLES)) {
      for (const char of chars)
        expect(pinyin(char, { multiple: true, toneType: 'none', type: 'array', v: true })).toContain(
          syllable,
        );
    }
  });

  it('knows characters of several readings', () => {
    expect(readingsOf('单')).toEqual(expect.arrayContaining(['dan', 'shan', 'chan']));
    expect(readingsOf('A')).toEqual(['A']);
  });
});

describe('sounding alike', () => {
  it('forgets the tones and nothing else', () => {
    expect(soundsAlike('走坊', '走访')).toBe(true);
    expect(soundsAlike('王贵芳', '王桂芳')).toBe(true);
    expect(soundsAlike('走上', '走访')).toBe(false);
    expect(soundsAlike('走', '走访')).toBe(false);
  });
});
