import { closeKindIn } from './issue-line.ts';
import type { CloseKind } from './issue-types.ts';
import { fold } from './text/normalise.ts';

/** What is done to a thing that is broken or in the way. 协调, 登记 and 看 are not here: they end nothing. */
const DO =
  '(?:维?修|修[复补缮剪理]|[更调替]?换|安装|安(?=[了好上])|装|加[装固]?|清[理运除扫走]?|打扫|扫|疏通|处理|解决|办[理妥]?|弄|搞|整[改理修]?|补[齐办上]?|拆[除走]?|搬|移[走开]?|挪|运|拉|接通|送(?!了?[^，。；]{0,5}(?:通知|单|函))|发放|退还?|报销|缴|焊|粉?刷|堵|封|盖|填|铺|铲|紧固|拖|带(?=走)|剪|砍|锯|[消灭]杀?|喷|除|冲|洗|抽[水粪污走干]|调[试整]|结清|付|补偿|赔|道歉|归还|恢复|制止|钉|绑|扶|抬|架|拧|紧|种|划|画|撤|(?<![沟打])通)';
const DONE = new RegExp(
  [
    `${DO}(?:[好完妥成掉净齐牢稳平紧通上下走到回开干白]|完毕|到位|干净|成功|[过出回]来)?了`,
    `${DO}[好上掉走完][^，。；]{1,5}了`,
    `${DO}(?:[好完妥]|完毕|到位|干净|成功)`,
    `(?:已经?|全部|均)(?:全部|都|给[他她它]?|帮[他她]?|为|上门|把[^，。；]{1,6})?${DO}`,
    `${DO}过`,
    '(?:换|修|装|清(?!楚)|通(?!知))[^，。；来去]{1,4}了$|问题[^，。；]{0,3}解决$|送[到进回][^，。；]{1,6}了|退给[^，。；]{1,5}了|换新|要回来?了|[说言]和|签[订好]?了[^，。；]{0,4}协议',
    '调解?(?:好|成功)|协调(?:好|成功)了|落实到位|已落实',
    '(?<![说讲约定谈想商量系排通应备订报看记算快还])好了',
    '能亮|亮了|来[水电气]了|有[水电气暖]了|通[水电气车]了|(?:暖气|地暖|屋里?|水|片).{0,3}热了|正常(?=$|了|使用|工作|运行|供|出)|能用|可以用|畅通|完[成工毕]|竣工|搞定|办结|结案|到账|和好|和解|恢复供|达成(?:一致|协议)|好使|管用|合格',
  ].join('|'),
  'u',
);

/** Good news in the words of bad news; each says that it is done. */
const GOOD =
  /不(?:再|会再)?[闪漏堵吵臭渗滴冒卡晃潮冷黑疼](?:[水电气烟味])?了?|没有?(?:什么|啥|任何|发现)?(?:问题|毛病|异常|异味)了?|没事了?|没再[^，。；]{0,4}|未(?:再|发现|见)[^，。；]{0,6}|(?:噪音|噪声|异?味儿?|垃圾|积水|油烟|蚊子|老鼠)[也都就]?没有?了/gu;
/** A 不 or 没 that says nothing of the matter. */
const IDLE = /不[错少仅但光]|没有?(?:收|花|要)[^，。；]{0,3}[钱费]|没有?(?:意见|异议)/gu;
/** How and whether the resident was told is another question (`toldIn`). */
const TELLING =
  /(?:明[天早晚]|今[天晚]|晚上|下午|回头|稍后|晚点|再|会|将|去|已经?|也|并|当面|打?电话|短信|纸条|微信|上门|还没有?|没有?|未|来得及|正在?|向|给|跟|和|同|她|他|群众|居民|老人|本人|家属){0,8}(?:告诉|告知|通知(?!书|单|物业|师傅|维修|电工|供电|燃气|供热|自来水|环卫|城管|保洁|厂)|转告|回复|回访|答复|说一声)[^，,。；;\s]*/gu;

/** Not yet, half, under way, planned, asked for or uncertain: any of it, and a person says how far it is. */
const OPEN: readonly RegExp[] = [
  /[没未]|无法|尚|一半|大半|部分|剩|还差|差[一两几点]|不[了好通亮够成行到动来热准上出开去给让肯愿同归能满认配理接是]|[修办换弄搞解装处][^，。；]{0,2}不|还[缺有要得需是]|仍|依然|又[坏漏闪堵停断]/u,
  /正在|在办(?!公)|送去?修|(?<!现)在[修换装清处维施协联调跟催弄搞拆补]|(?:办理?|处理|维?修|施工|抢修|安?装|装修|协调|联系|跟进|恢复|整改|进行)中|着手|开始/u,
  /明[天日早晚]|后天|下个?(?:周|星期|礼拜|月)|改天|过[几两些][天日]|过段|回头|晚点|稍后|待会|近期|[月年]底|尽快|马上|争取|准备|打算|计划|预计|拟|将[于在会要]|会[来去尽安处修换]|[要得先需再还]等|等(?:着|配件|货|料|批|厂|物业|师傅|通知|消息|他|她|人|候|待|[^，。；]{0,8}[再后到])/u,
  /申请|报告|请示|审批|立项|延期|改期|答应|承诺|保证|同意(?!了)|可能|估计|大概|也许|似乎|好像|应该|差不多|快[要好修换办弄]|如果|要是|希望|必须|需|才能|再[说看去来修换催问]|临时|暂时|(?<![首原])先(?![生进后])|警戒|围挡|警示|报修|材料|微信/u,
  /[吗么？?]|能不能|是不是|(?:他|她|人|租户|住户)(?:已经?)?搬|(?<!试)[了过][一两二三四五六七八九十几多好\d]+[次回遍趟]|[一两二三四五六七八九十几半\d]+(?:天|周|个?星期|个?月|小时|个?工作日)[之以]?内|要[一两二三四五六七八九十几半\d]|去[办修换弄]了$|换了(?:个|一)?(?:人|师傅|时间|日子)/u,
];
/** Without 了, 已 or 过 these are a wish or a date to come: 让物业修好, 周五修好. */
const WISHED =
  /要求|催|督促|责令|让|叫|请|(?:周|星期|礼拜)[一二三四五六日天末]|今[晚天]|\d[号日](?!楼|院|栋|幢)/u;
const HAPPENED = /[了已过]|完[成工毕]/u;

const EXPLAINED =
  /(?:解释|说明|讲解|疏导)(?:清楚|明白|到位|通)?[了过]|(?:说|讲|解释|说明)(?:得?很)?(?:清楚?|明白)了?|解释到位|做通[^，。；]{0,6}工作/u;

/**
 * How a matter ended by what its handler writes (decision 21); null where a person has to say so. Only words that it
 * is done close it: 没修好, 明天去看 and 已联系物业 do not. `word` is the command as typed: 办好了 and 办结 say it too.
 */
export function outcomeIn(text: string, word = ''): CloseKind | null {
  const line = fold(text);
  const named = closeKindIn(line);
  if (named !== null && named !== 'solved' && !/[没未不][^，。；]{0,2}(?:部分|已)/u.test(line)) return named;
  const clauses = line
    .replace(TELLING, ' ')
    .replace(GOOD, '好了')
    .replace(IDLE, '')
    .split(/[，,。；;！!、\s]+/u)
    .filter((clause) => clause !== '');
  if (clauses.some(isOpen)) return null;
  if (clauses.some((clause) => DONE.test(clause))) return 'solved';
  if (clauses.some((clause) => EXPLAINED.test(clause))) return 'explained';
  return /办[好完结]/u.test(word) ? 'solved' : null;
}

const isOpen = (clause: string): boolean =>
  OPEN.some((pattern) => pattern.test(clause)) || (WISHED.test(clause) && !HAPPENED.test(clause));
