import type { Role } from './actor.ts';
import { surnameOf } from './names.ts';

/** Somebody of the roster who could be meant, with what he holds along the branch's line. */
export interface Worker {
  memberId: number;
  name: string;
  roles: readonly Role[];
}

export interface Blamed {
  memberId: number;
  name: string;
  /** As the line calls him: 孟飞, 贺书记. */
  said: readonly string[];
}

export interface Complaint {
  complaint: boolean;
  subjects: Blamed[];
}

/** Whoever types one of these complains, about everybody named. */
const COMPLAINT = /投诉|举报|告状/u;
/** Blame of a worker's conduct (care 11): not of what he was to repair, nor praise (态度很好), nor 不管怎样. */
const BLAME =
  /(?<!被[人他她]?)(?:没(?:有)?来过|从(?:来)?[不没]来?|没(?:有)?(?:上过门|露过?面|管过|见过人)|不(?:上门|露面|来看|见人)|[见找]不[到着]人|态度(?!(?:很|真|特别|非常|挺|都|也|一直)*(?:好|和|亲|热))|推[诿脱]|推来推去|踢皮球|扯皮|不管(?![怎是什多刮])|不(?:办|给办|作为|负责|理人|理我|搭理|尽责)|爱(?:理|搭)不|敷衍|应付|糊弄|搪塞|骂|训人|吼|凶|刁难|为难|卡着|[收要索]要?(?:钱|礼|好处|红包|回扣)|吃拿卡要|受贿|贪|换(?:个|掉|一个)?人|换(?:掉|走)|偏心|不公|徇私|优亲厚友|架子|官僚|难听|失职|不算数|说话不算|欺负|威胁|打人|动手|(?:乱|到处)说|不接电话|挂(?:我)?电话)/gu;
/** Somebody else to whom the blame behind it belongs; where one went (在社区) is nobody. */
const OTHERS =
  /(?<![在到去来])(?:物业|公司|邻居|楼[上下]|对门|隔壁|儿子|女儿|儿媳|媳妇|老公|丈夫|老伴|孩子|租户|租客|房东|老板|商户|店家|施工|工地|业委会|子女|家人|家里|亲戚|爱人|妻子|父母|兄弟|弟弟|哥哥|姐姐|妹妹|孙子|婆婆|公公|[他她人]家|对方|住户|业主|派出所|城管|医院|学校|供电|供水|燃气|供暖|部门|有人|别人|社区|居委会|村委会|街道)/gu;
/** How people call a holder of the role behind his surname (贺书记, 孟网格员, 李主任). */
const CALLED: Partial<Record<Role, string>> = {
  书记: '副?书记|支书|主任|领导',
  副书记: '副?书记|支书|副?主任|领导',
  支部委员: '委员|书记|主任|干部',
  领导: '副?书记|副?主任|领导|局长|科长|处长|站长|所长|镇长|乡长|区长|县长|部长|委员',
  诉求中心: '主任|站长|干部|同志',
  组织部: '部长|科长|主任|干部',
  承办联系人: '经理|主任|站长|所长|队长|师傅|科长|工程师|干部',
  网格员: '网格[员长]|专干|干部',
  楼栋长: '楼栋?长|栋长|单元长',
};
/** Blame further off speaks of something else; in front of the name it goes on without a break (不管事的孟飞). */
const NEAR = 14;
const NEAR_BEHIND = 8;
const SENTENCE_END = /[。！？!?；;\n]/u;
const BREAK = /[。！？!?；;，,、\s]/u;
const JOINED = /^[和跟与、及同]$/u;

interface Place {
  start: number;
  end: number;
  /** Null: somebody who is not in the roster. */
  workers: readonly Worker[] | null;
}

/**
 * Whom a line complains about: with 投诉 in it everybody named, by name or by surname and post; else whoever stands
 * nearest to words of blame. Rather one too many: he is only gone round, while one too few reads what was said of him.
 */
export function complainedOf(text: string, workers: readonly Worker[]): Complaint {
  const named = placesOf(text, workers);
  const open = COMPLAINT.test(text);
  const hit = open ? named : blamed(text, named);
  const subjects = new Map<number, { name: string; said: Set<string> }>();
  for (const place of hit)
    for (const { memberId, name } of place.workers ?? []) {
      const known = subjects.get(memberId) ?? { name, said: new Set<string>() };
      known.said.add(text.slice(place.start, place.end));
      subjects.set(memberId, known);
    }
  return {
    complaint: open || subjects.size > 0,
    subjects: [...subjects].map(([memberId, { name, said }]) => ({ memberId, name, said: [...said] })),
  };
}

/** Could the line be a complaint at all? Hardly any is: the roster is read only for those. */
export function soundsLikeComplaint(text: string): boolean {
  return COMPLAINT.test(text) || text.search(BLAME) >= 0;
}

/**
 * The words of a line whose person is the subject: as typed, but for where and of whom, which stay apart, since who
 * handles a complaint may not learn who complains (care 11).
 */
export function wordsOfComplaint(typed: string, apart: readonly string[], short: string): string {
  let words = typed;
  for (const piece of apart) {
    if (!words.includes(piece)) return short;
    words = words.replace(piece, '');
  }
  return words.replace(/\s+/gu, ' ').trim();
}

/** Is this how the line calls one of those it is about? Then he is not the resident. */
export function isSubject(person: string, subjects: readonly Pick<Blamed, 'said'>[]): boolean {
  return subjects.some((each) => each.said.some((said) => person.includes(said)));
}

function placesOf(text: string, workers: readonly Worker[]): Place[] {
  const found = new Map<string, Place & { workers: Worker[] }>();
  for (const worker of workers)
    for (const match of text.matchAll(callsOf(worker))) {
      const [start, end] = [match.index, match.index + match[0].length];
      const place = found.get(`${start}-${end}`) ?? { start, end, workers: [] };
      place.workers.push(worker);
      found.set(`${start}-${end}`, place);
    }
  return [...found.values()];
}

function callsOf({ name, roles }: Worker): RegExp {
  const surname = surnameOf(name);
  const posts = roles.flatMap((role) => CALLED[role] ?? []);
  const calls = name.length > 1 ? [literally(name)] : [];
  if (surname && posts.length > 0) calls.push(`${literally(surname)}(?:${posts.join('|')})`);
  return calls.length > 0 ? new RegExp(calls.join('|'), 'gu') : /(?!)/gu;
}

const literally = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/gu, '\\$&');

function blamed(text: string, named: readonly Place[]): Place[] {
  if (named.length === 0) return [];
  const others = [...text.matchAll(OTHERS)].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
    workers: null,
  }));
  const places: Place[] = [...named, ...others].sort((a, b) => a.start - b.start || b.end - a.end);
  const hit = new Set<Place>();
  for (const match of text.matchAll(BLAME)) {
    const [start, end] = [match.index, match.index + match[0].length];
    const before = places.filter(
      (each) =>
        each.end <= start && start - each.end <= NEAR && !SENTENCE_END.test(text.slice(each.end, start)),
    );
    const behind = places.filter(
      (each) =>
        each.start >= end && each.start - end <= NEAR_BEHIND && !BREAK.test(text.slice(end, each.start)),
    );
    let nearest = before.at(-1) ?? behind[0];
    while (nearest && !hit.has(nearest)) {
      hit.add(nearest);
      // 孟飞和李梅都不管: whoever is named in one breath is meant too.
      const from = nearest.start;
      nearest = places.find((each) => JOINED.test(text.slice(each.end, from)));
    }
  }
  return [...hit];
}
