import { pinyin } from 'pinyin-pro';
import { fold } from './text/normalise.ts';
import { surnameLength, titleLength } from './text/person.ts';
import { soundsAlike } from './text/pinyin.ts';

interface NameParts {
  surname: string;
  /** '' where only a title or 某 was said. */
  given: string;
  titled: boolean;
}

/** 老王 and 小王 are 王 and somebody. */
const NICK = /^[老小大阿]/;

function partsOf(name: string): NameParts {
  const text = fold(name).replace(/[\s·.]/g, '').replace(/家里?$/, '');
  const nick = NICK.test(text) && text.length === 2 && surnameLength(text, 1) === 1;
  if (nick) return { surname: text.slice(1), given: '', titled: true };
  const length = surnameLength(text, 0);
  if (length === 0) return { surname: '', given: text, titled: false };
  const rest = text.slice(length);
  if (/^某+$/.test(rest)) return { surname: text.slice(0, length), given: '', titled: true };
  const title = titleLength(text, length, text.length);
  if (title > 0 && title === rest.length) return { surname: text.slice(0, length), given: '', titled: true };
  for (let at = length + 1; at < text.length; at += 1) {
    if (titleLength(text, at, text.length) === text.length - at) return { surname: text.slice(0, length), given: text.slice(length, at), titled: true };
  }
  return { surname: text.slice(0, length), given: rest, titled: false };
}

/** Spaces, dots and 家里 aside: how a name is compared and kept. */
export function normaliseName(name: string): string {
  return fold(name).replace(/\s+/g, '').replace(/家里?$/, '');
}

/** Toneless pinyin of a whole name (`zhang mou`): the look-up key of homophones. */
export function pinyinOf(name: string): string {
  const text = normaliseName(name);
  return text === '' ? '' : pinyin(text, { toneType: 'none', surname: 'head' });
}

/**
 * Are two names one person? `yes`: the same or the same in pinyin; `maybe`: surname and title (陈奶奶) against a
 * full name of that surname (陈玉兰), or two different titles; `no` otherwise (decision 24).
 */
export function samePerson(a: string, b: string): 'yes' | 'maybe' | 'no' {
  const left = normaliseName(a);
  const right = normaliseName(b);
  if (left === '' || right === '') return 'no';
  if (left === right || soundsAlike(left, right)) return 'yes';
  const one = partsOf(left);
  const other = partsOf(right);
  if (one.surname === '' || !soundsAlike(one.surname, other.surname)) return 'no';
  if (one.given !== '' && other.given !== '') return soundsAlike(one.given, other.given) ? 'yes' : 'no';
  return 'maybe';
}

/** 张 of 张桂芳, 欧阳 of 欧阳娜; '' where no surname is known. */
export function surnameOf(name: string): string {
  return partsOf(normaliseName(name)).surname;
}

/** 张某 of 张桂芳: never with asterisks, which are Markdown (decision 7). */
export function maskName(name: string): string {
  const surname = surnameOf(name);
  return surname === '' ? '某某' : `${surname}某`;
}
