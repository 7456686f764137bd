/** What may pass into a group: allow-lists, one for each kind of fact (decisions 7, 8). */

/** Topics and states come from our own tables; anything else is not shown. */
const WORD = /^[\p{Script=Han}A-Za-z（）、：:\d/-]{1,24}$/u;
/** A building label ends in a word for a building, a village group, a grid, a street number … and holds no room. */
const BUILDING =
  /^[\p{Script=Han}A-Za-z]{0,8}(?:[A-Za-z\d]{1,4}(?:号院|号楼|号|栋|幢|座|组|队|社|巷|弄|网格|区|期|院)){1,3}$|^[\p{Script=Han}]{2,8}(?:小区|花园|家园|苑|院|村|社区|网格|市场|广场|学校|活动室|门口)$/u;

/** The group-safe form of a building, or '' when it could carry anything else. */
export function safeBuilding(label: string): string {
  const text = label.normalize('NFKC').replace(/\s+/g, '');
  return BUILDING.test(text) && !/\d{5,}/.test(text) ? text : '';
}

export function safeWord(word: string | null): string | null {
  return word !== null && WORD.test(word) ? word : null;
}

export function safeDue(due: string | null): string | null {
  return due !== null &&
    /^[\d年月日周一二三四五六天今昨明后前已刚过到期超个工作小时限分:：（）还有\s—-]{1,40}$/u.test(due)
    ? due
    : null;
}
