/** What may pass into a group: allow-lists, one for each kind of fact (decisions 7, 8). */

import { CLOSE_KINDS, STATE_WORDS } from '../src/domain/issue-types.ts';
import { COMMAND_WORDS } from '../src/domain/text/command-words.ts';
import { tellsOnSomeone } from '../src/domain/text/estate-name.ts';
import { isTopic } from '../src/domain/text/topic-list.ts';

const STATES: ReadonlySet<string> = new Set([...Object.values(STATE_WORDS), ...Object.values(CLOSE_KINDS)]);
const COMMANDS: ReadonlySet<string> = new Set(COMMAND_WORDS.map((each) => each.chinese));
const NAME = /^[\p{Script=Han}A-Za-z（）、\d]{1,24}$/u;

/**
 * A building label: an estate, village or street by its ending, then numbered parts down to the building, and no
 * room. What stands in front without such an ending, and what tells on somebody with one, is not shown.
 */
const AREA = '小区|花园|家园|新村|公寓|大院|社区|新区|苑|院|村|庄|屯|路|街|巷|里|坊|弄|园|庭|城|湾|府|居';
const SITE = '网格|市场|广场|学校|活动室|门口';
const ENDS = '号院|号楼|号|栋|幢|座|组|队|社|巷|弄|网格|区|期|院|排|门口';
const PART = `第?[A-Za-z\\d东西南北中前后甲乙丙丁]{1,4}(?:${ENDS})`;
const NUMBERED = new RegExp(`^(?:${PART}){1,3}$`, 'u');
const NAMED = new RegExp(
  `^(?<stem>[\\p{Script=Han}A-Za-z\\d]{1,8}?)(?<ending>${AREA})(?<number>(?:${PART}){0,3})$`,
  'u',
);
const STANDING = new RegExp(`^(?<stem>[\\p{Script=Han}]{1,8}?)(?<ending>${SITE})$`, 'u');
/** The number behind words that are not shown: figures only, for 东 in 王东5号楼 is his name, and no room. */
const BARE_NUMBER = new RegExp(
  `^[\\p{Script=Han}A-Za-z]*?\\p{Script=Han}((?:\\d{1,3}(?:${ENDS.replace('|号|', '|')})|\\d{1,2}号)+)$`,
  'u',
);

/** The group-safe form of a building, its number alone where the name tells on somebody, or '' when it could carry anything else. */
export function safeBuilding(label: string): string {
  const text = label.normalize('NFKC').replace(/\s+/g, '');
  if (text.length > 24 || /\d{5,}/.test(text)) return '';
  if (NUMBERED.test(text)) return text;
  const { stem, ending, number = '' } = (NAMED.exec(text) ?? STANDING.exec(text))?.groups ?? {};
  if (stem !== undefined && ending !== undefined)
    return text.length > 16 || tellsOnSomeone(stem, ending) ? number : text;
  return BARE_NUMBER.exec(text)?.[1] ?? '';
}

/** One of the 19 topics. */
export function safeTopic(topic: string): string | null {
  return isTopic(topic) ? topic : null;
}

/** A word of the state table. */
export function safeState(state: string): string | null {
  return STATES.has(state) ? state : null;
}

/** A word of the command table. */
export function safeCommand(word: string | null): string | null {
  return word !== null && COMMANDS.has(word) ? word : null;
}

/** The roster's name of an organisation or a role, or the label of a clause's count: no long number, no mark-up. */
export function safeName(name: string | null): string | null {
  return name !== null && NAME.test(name) && !/\d{3,}/.test(name) ? name : null;
}

export function safeDue(due: string | null): string | null {
  return due !== null &&
    !/\d{5,}/.test(due) &&
    /^[\d年月日周一二三四五六天今昨明后前已刚过到期超个工作小时限分:：（）还有\s—-]{1,40}$/u.test(due)
    ? due
    : null;
}
