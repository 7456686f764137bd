import { clean, fold, withoutSpaces } from './text/normalise.ts';
import { personAt, surnameLength, titleLength } from './text/person.ts';
import { readingsOf, soundsAlike } from './text/pinyin.ts';
import { FEMALE_TITLES, MALE_TITLES, RELATIONS } from './text/words/titles.ts';

interface NameParts {
  surname: string;
  /** Null for 张某, 李大爷, 老李: only the surname is known. */
  given: string | null;
  title: string;
}

/** Without spaces, mentions and the 家 of 张某家; full-width letters and middle dots in one form. */
export function normaliseName(text: string): string {
  const typed = withoutSpaces(fold(clean(text)));
  const bare = typed.startsWith('@') ? typed.slice(1) : typed;
  return bare.length > 2 && bare.includes('家') ? bare.replace(/家[里中]?$/, '') : bare;
}

/** True for what may stand as a person: 钱秀兰, 张某, 李大爷, 老李, 阿依古丽·买买提. */
export function isPersonName(text: string): boolean {
  const name = normaliseName(text);
  const found = personAt(name, 0, name.length, true);
  return found !== null && found.end === name.length;
}

/** 张 of 张桂芳 and of 老张, 上官 of 上官云; null where no surname is known (阿依古丽, David). */
export function surnameOf(text: string): string | null {
  return partsOf(normaliseName(text)).surname || null;
}

/** '张桂芳' → '张某', as lists show it (decision 7: never asterisks). Without a known surname the first character stands. */
export function maskName(text: string): string {
  const name = normaliseName(text);
  const surname = partsOf(name).surname || (Array.from(name)[0] ?? '');
  return `${surname}某`;
}

/** As surnames these are read otherwise than as words (单 shan, 解 xie). */
const SURNAME_READINGS: Readonly<Record<string, string>> = {
  单: 'shan',
  解: 'xie',
  仇: 'qiu',
  曾: 'zeng',
  查: 'zha',
  区: 'ou',
  朴: 'piao',
  盖: 'ge',
  缪: 'miao',
  尉: 'yu',
  万: 'wan',
  冼: 'xian',
  覃: 'qin',
  乐: 'yue',
  员: 'yun',
  召: 'shao',
  令: 'ling',
  任: 'ren',
  华: 'hua',
  折: 'she',
  黑: 'he',
};

/**
 * The key for finding a name by its sound: '钱秀兰' and '钱秀蓝' are both 'qian xiu lan'. Without tones, one
 * reading a character, the surname's own reading first; what is no Chinese character stays, in lower case.
 */
export function pinyinOf(text: string): string {
  const name = normaliseName(text);
  let key = '';
  for (const char of name) {
    const surname = key === '' ? SURNAME_READINGS[char] : undefined;
    key += (key === '' ? '' : ' ') + (surname ?? readingsOf(char)[0] ?? char);
  }
  return key.toLowerCase();
}

/**
 * Whether two spellings mean one person at one address (decision 24): the same sound is the same person; where one
 * side gives only a surname and a title (卜奶奶 beside 卜玉兰) it may be; 张大爷 and 张奶奶 are two.
 */
export function samePerson(a: string, b: string): 'same' | 'maybe' | 'different' {
  const left = normaliseName(a);
  const right = normaliseName(b);
  if (left === '' || right === '') return 'maybe';
  if (left === right) return 'same';
  const one = partsOf(left);
  const two = partsOf(right);
  if (!soundsAlike(one.surname, two.surname)) return soundsAlike(left, right) ? 'same' : 'different';
  if (genderOf(one.title) * genderOf(two.title) < 0) return 'different';
  if (isKin(one.title) !== isKin(two.title)) return 'maybe';
  if (one.given === null || two.given === null) return 'maybe';
  return soundsAlike(one.given, two.given) ? 'same' : 'different';
}

function partsOf(name: string): NameParts {
  const nick = /^[老小大阿]/.test(name) ? surnameLength(name, 1) : 0;
  if (nick > 0) {
    const tail = name.slice(1 + nick);
    if (tail === '' || /^[头汉太]$/.test(tail) || titleLength(tail, 0, tail.length) === tail.length) {
      return { surname: name.slice(1, 1 + nick), given: null, title: tail };
    }
  }
  const length = name.includes('·') ? 0 : surnameLength(name, 0);
  if (length === 0) return { surname: '', given: name, title: '' };
  const surname = name.slice(0, length);
  const rest = name.slice(length);
  const hidden = /^某{1,2}/.exec(rest)?.[0].length ?? 0;
  if (hidden > 0 || isTitle(rest)) return { surname, given: null, title: rest.slice(hidden) };
  for (const given of [2, 1]) {
    const title = rest.slice(given);
    if (title !== '' && isTitle(title)) return { surname, given: rest.slice(0, given), title };
  }
  return { surname, given: rest === '' ? null : rest, title: '' };
}

function isTitle(text: string): boolean {
  return text !== '' && (titleLength(text, 0, text.length) === text.length || isKin(text));
}

function isKin(title: string): boolean {
  return RELATIONS.some((word) => title.endsWith(word));
}

/** 1 for a title of men, -1 for one of women, 0 for either. */
function genderOf(title: string): number {
  if (MALE_TITLES.has(title)) return 1;
  return FEMALE_TITLES.has(title) ? -1 : 0;
}
