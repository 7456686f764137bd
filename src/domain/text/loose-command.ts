/**
 * Lines of private chat that say a command in the middle of a sentence: 我昨天去3号楼走访了张大爷, 有居民反映垃圾没人清.
 * Only what tells of a thing done: questions and plans (这周还要走访几户？) are left to the caller.
 */
export interface LooseCommand {
  name: 'visit' | 'issue';
  word: string;
  /** Where what follows begins; the whole sentence is read when the word stands inside it. */
  restAt: number;
}

const REPORTED =
  /^(?:我?有|听)?(?:一?位|个|些)?(?:居民|群众|村民|住户|业主|商户|邻居|大家|老百姓)们?(?:来?电话?|来)?(反映|反应|投诉|求助|报修)(?:说|称|了)?/;
const DONE = /(走访|看望|慰问|探望|入户|家访|拜访)(?:了|完|过)/;
const PAST_FIRST =
  /^(?:我们?|咱们?)?(?:刚|今天|今早|今晚|今儿|昨[天晚日儿]|前[天晚]|大前天|上午|下午|早上|晚上|中午|上?周[一二三四五六日天]|\d{1,2}月\d{1,2}[日号]?)/;
const VISITED = /(走访|看望|慰问|探望|入户|家访|拜访)/;
const NOT_DONE = /[几吗么?？]|多少|还差|怎么|什么|明天|后天|下周|下月|计划|准备|打算|要不要|应该|没|未|别/;
/** Looking further than this finds words of the story and no longer the act. */
const WINDOW = 28;

/** The command inside a sentence; null when the sentence tells of none. */
export function looseCommand(folded: string): LooseCommand | null {
  const reported = REPORTED.exec(folded);
  if (reported) return { name: 'issue', word: reported[1] ?? '', restAt: reported[0].length };
  const opening = folded.slice(0, WINDOW);
  const first = VISITED.exec(opening);
  if (!first || NOT_DONE.test(opening.slice(0, first.index + 4))) return null;
  const told = DONE.exec(opening) ?? (PAST_FIRST.test(opening) ? first : null);
  return told ? { name: 'visit', word: told[1] ?? '', restAt: 0 } : null;
}
