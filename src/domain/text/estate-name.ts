import { CharSet } from './char-set.ts';
import { fold } from './normalise.ts';
import { type FoundPerson, personAt } from './person.ts';
import { findSensitive } from './sensitive.ts';
import { wordEnds } from './word-breaks.ts';
import { COMMON_SURNAMES, OTHER_SURNAMES } from './words/surnames.ts';
import { RELATIONS, TELLING_ROLES, TITLES, WEAK_TITLES } from './words/titles.ts';

/**
 * Whether the name in front of a building's number is an estate's, or tells on somebody (decisions 7, 8; care 1, 2):
 * people write 刑满释放刘强大院5号楼, and the ending alone makes no estate of it. In doubt it tells: a group loses
 * the estate's name then and keeps the number.
 */
export function tellsOnSomeone(stem: string, ending: string): boolean {
  const whole = stem + ending;
  if (findSensitive(whole).length > 0 || TELLING.test(stem.replace(/家属$/u, '')) || LATIN_NAME.test(stem))
    return true;
  if (VILLAGE.test(ending) && VILLAGE_STEM.test(stem)) return false;
  return holdsPerson(stem, ending);
}

const SURNAME = `[${COMMON_SURNAMES}${OTHER_SURNAMES}]`;
const words = (list: readonly string[]): string[] => list.filter((word) => word.length > 1);

/** What a household is, suffers or did, whose relative someone is, how he is called. */
const TELLING = new RegExp(
  [
    ...words(TELLING_ROLES),
    ...words(TITLES).filter((title) => !WEAK_TITLES.has(title)),
    ...words(RELATIONS),
    ...'某 户 病 疾 癌 访 残 贫 毒 刑 犯 暴 赌 嫖 偷 债 亡 死 遗 孕 聋 哑 盲 瞎 瘫 疯 傻 癫 痴 瘸 瘾 寡 孤 罪 拘 判 逃 欠 酗 尸 穷'.split(
      ' ',
    ),
    ...'爷 奶 叔 婶 姐 哥 嫂 姨 妈 爸 爹 媳 妻 妾 娃 婴'.split(' '),
    ...'三无 留守 失独 单亲 离婚 离异 失业 下岗 光棍 优抚 退役 退伍 困难 释放 矫正 坐牢 劳改 前科 精神 重点户'.split(
      ' ',
    ),
    ...'流浪 乞丐 小三 出轨 情妇 同性恋 法轮 邪教 传销 黑社会 感染 阳性 卧床 轮椅 堕胎 吵架 打架 打人 闹事 酒鬼 去世 租户 租客 房东 邻居 老婆 老公 孩子 儿子 闺女 亲家 婆家 娘家 人家 户主 信教 基督'.split(
      ' ',
    ),
  ].join('|'),
  'u',
);
/** A name in letters: SOHO may go, WangQiang must. */
const LATIN_NAME = /[a-z]{3,}|[A-Za-z]{5,}/u;
/** What a family's name stands before by itself: 王家庄, 张家湾, 小李村. */
const VILLAGE = /^(?:村|庄|屯|湾|新村|社区|路|街|巷|坊|弄)$/u;
const BUILT = '庄桥湾沟塘堡店营屯村坊寨坪坝集镇口浦崖洼坳冲畈垌墩台嘴咀宅楼铺岗圩泥土沙坡';
/** Shapes of land that end given names too: 张江 is a place, 李长江 a man. */
const NATURE = '山江河湖岭石水港';
const LAND = BUILT + NATURE;
const VILLAGE_STEM = new RegExp(`^(?:[大小前后东西南北上下中]?${SURNAME}家?|${SURNAME}家?[${LAND}])$`, 'u');
const HAMLET = new RegExp(`^(?:[大小前后东西南北上下]?${SURNAME}家?[${LAND}]|${SURNAME}家)$`, 'u');

/** Surnames that are words as well: two characters that begin so are an estate more often than a man (金龙, 华强). */
const WORDY = new CharSet('金高白江龙万石方康文常雷武夏田林温');
/** These hardly stand but in given names. */
const PERSONAL =
  /[婷娜萍莉莎芬芹茜菲菁娟娥婕嫣姗姣娅媛婧妮娣琳慧淑娴倩霞雯俊杰伟鹏涛磊斌刚浩轩燕芳敏洁玲艳勇军]$/u;
const COMMON = new CharSet(COMMON_SURNAMES);
/** Endings that end given names too: 李春城 is a man where nothing but the number follows. */
const NAME_ENDING = /^[城园庭苑居]$/u;

function holdsPerson(stem: string, ending: string): boolean {
  // 家属院 of a works is nobody's own.
  const text = fold(stem.replace(/家属$/u, ''));
  if (HAMLET.test(text)) return YARD.test(ending) && OWN.test(text);
  // 杨梅家院: a word as well, but whose home it is says 家.
  if (YARD.test(ending) && COMMON.at(text, 0) && /^.{2,3}家$/u.test(text)) return true;
  for (let at = 0; at < text.length; at++) {
    const found = personAt(text, at, text.length, false) ?? personAt(text, at, text.length, true);
    if (found && isPerson(text, at, found, YARD.test(ending))) return true;
  }
  const whole = text + ending;
  if (!NAME_ENDING.test(ending) || whole.length > 3 || wordEnds(text).one) return false;
  const found = personAt(whole, 0, whole.length, false);
  return (
    found?.end === whole.length &&
    found.kind === 'full' &&
    isPlainSurname(whole, 0) &&
    isPerson(whole, 0, found, false)
  );
}

const OWN = new RegExp(`[家${NATURE}]$`, 'u');
const ENDS_BUILT = new RegExp(`[${BUILT}]$`, 'u');
const ENDS_NATURE = new RegExp(`[${NATURE}]$`, 'u');

/** Somebody's own more often than an estate: 王家大院, 方强院. */
const YARD = /院$|^门口$/u;

function isPerson(text: string, at: number, { end, kind, sure }: FoundPerson, yard: boolean): boolean {
  const body = text.slice(at, end);
  if (kind === 'some' || kind === 'title') return body !== `${body.charAt(0)}家`;
  if (kind === 'nick') return sure || (at === 0 && end === text.length);
  if (kind === 'minority') return sure && body.length >= 3;
  if (ENDS_BUILT.test(body)) return false;
  if (body.length >= 3) return sure;
  // Two characters: only where they close the name or 家 follows, and no word of the dictionary.
  const closes = end === text.length || text.charAt(end) === '家';
  if (!closes || wordEnds(body).one || (ENDS_NATURE.test(body) && !yard)) return false;
  return PERSONAL.test(body) || isPlainSurname(text, at) || (yard && COMMON.at(text, at));
}

function isPlainSurname(text: string, at: number): boolean {
  return COMMON.at(text, at) && !WORDY.at(text, at);
}
