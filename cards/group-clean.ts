/** What may pass into a group: allow-lists, one for each kind of fact (decisions 7, 8). */

import { CLOSE_KINDS, STATE_WORDS } from '../src/domain/issue-types.ts';
import { COMMAND_WORDS } from '../src/domain/text/command-words.ts';
import { isTopic } from '../src/domain/text/topic-list.ts';

const STATES: ReadonlySet<string> = new Set([...Object.values(STATE_WORDS), ...Object.values(CLOSE_KINDS)]);
const COMMANDS: ReadonlySet<string> = new Set(COMMAND_WORDS.map((each) => each.chinese));
const NAME = /^[\p{Script=Han}A-Za-z（）、\d]{1,24}$/u;

/**
 * A building label: an estate, village or street by its ending, then numbered parts down to the building, and no
 * room. What stands in front without such an ending could be a person or his trouble, and is not shown.
 */
const AREA =
  '[\\p{Script=Han}A-Za-z\\d]{1,8}?(?:小区|花园|家园|新村|公寓|大院|社区|新区|苑|院|村|庄|屯|路|街|巷|里|坊|弄|园|庭|城|湾|府|居)';
const PART =
  '第?[A-Za-z\\d东西南北中前后甲乙丙丁]{1,4}(?:号院|号楼|号|栋|幢|座|组|队|社|巷|弄|网格|区|期|院|排|门口)';
const SITE = '[\\p{Script=Han}]{2,8}(?:网格|市场|广场|学校|活动室|门口)';
const BUILDING = new RegExp(`^(?:(?:${AREA})?(?:${PART}){1,3}|${AREA}|${SITE})$`, 'u');
const TELLS = /某|户|病|癌|访|残|贫|低保|爷|奶|叔|婶|阿姨/u;

/** The group-safe form of a building, or '' when it could carry anything else. */
export function safeBuilding(label: string): string {
  const text = label.normalize('NFKC').replace(/\s+/g, '');
  return text.length <= 16 && BUILDING.test(text) && !TELLS.test(text) && !/\d{5,}/.test(text) ? text : '';
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
