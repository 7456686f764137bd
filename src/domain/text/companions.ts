import { CharSet } from './char-set.ts';
import { matchAt, Opening } from './match-at.ts';
import { isHanAt, segmentEnd } from './normalise.ts';
import { personAt, surnameLength } from './person.ts';

/** Who else went: beside the typist, or in his stead (decision 23). */
export interface FoundPeople {
  role: 'visitors' | 'companions';
  names: string[];
  end: number;
}

const TOGETHER =
  /(?:一起|一同|一块儿?|一道|共同|结伴|同去|同往|两人|俩人|三人)(?:去[了的]?|到了?|前往|走访[了的]?|入户|上门|看望了?|来到)?(?!住|生活|吃|居住|闹|吵|过|来|养|做|经营)/y;
const SET_OUT =
  /(?:去了?|到了?|前往|走访了?|入户|上门|看望了?)(?=[\dA-Za-z零一二三四五六七八九十\u4e00-\u9fff])/y;
const JOINER = new Opening(
  '我咱和同与跟随陪会协携联',
  /(?:我们?|咱们?)?(和|同|与|跟|随|陪同|陪|会同|协同|携同|携|联合)/y,
);
const ACCOMPANIED =
  /(?:陪同|同行|随行|协同|一同前往|一起去的?|一起走访|一同走访|共同走访)(?:走访|前往|入户)?/y;
/** 高翔和我一起去的. */
const WITH_ME = /[和跟与]我们?(?:一起|一同|一块儿?|一道)?(?:去的?|走访的?|上门|入户)?/y;
/** 老王和高翔去的: they went and not the typist; 一起去的 is said of who went along. */
const WENT = /(?:去|走访|上门|入户)的/y;
/** 走访人老王: the label without its colon. */
const VISITORS = new Opening('走', /走访人员?(?:是|为)?\s?/y);
const STEAD = new Opening(
  '代替帮',
  /[代替帮](?=[\u4e00-\u9fff]{2,4}(?:补|补记|补录|记录|记|登记|录入|录|走访))/y,
);
const STEAD_END = /(?:补记|补录|补登|补|记录|登记|录入|记|录|走访)(?:一下|一条|的)?/y;
/** Joiners that say by themselves that people went along; 和, 与, 跟 need 一起. */
const PLAIN_JOINERS: ReadonlySet<string> = new Set([
  '同',
  '会同',
  '协同',
  '携同',
  '携',
  '联合',
  '陪同',
  '随',
]);

/** Reads 和高翔一起, 同高翔、白洁, 高翔陪同, 代老王记 at `at`; null when the line says nothing of the kind there. */
export function companionsAt(folded: string, at: number, to: number): FoundPeople | null {
  const joiner = JOINER.at(folded, at);
  if (joiner) {
    const names = nameList(folded, at + joiner[0].length, to);
    if (!names) return null;
    const together = matchAt(TOGETHER, folded, names.end) ?? matchAt(SET_OUT, folded, names.end);
    if (together) return { role: 'companions', names: names.names, end: names.end + together[0].length };
    const alone = names.end >= to || !isHanAt(folded, names.end);
    const plain = PLAIN_JOINERS.has(joiner[1] ?? '') || /^[我咱]/.test(joiner[0]);
    return alone && plain ? { role: 'companions', names: names.names, end: names.end } : null;
  }
  const label = VISITORS.at(folded, at);
  if (label) {
    const names = nameList(folded, at + label[0].length, to);
    return names ? { role: 'visitors', ...names } : null;
  }
  const stead = STEAD.at(folded, at);
  if (stead) {
    const names = nameList(folded, at + 1, to);
    const done = names ? matchAt(STEAD_END, folded, names.end) : null;
    return names && done ? { role: 'visitors', names: names.names, end: names.end + done[0].length } : null;
  }
  if (!isHanAt(folded, at) || !accompaniedWithin(folded, at, Math.min(to, at + 24))) return null;
  const names = nameList(folded, at, to, TIED);
  if (!names) return null;
  const went = matchAt(WENT, folded, names.end);
  if (went) return { role: 'visitors', names: names.names, end: names.end + went[0].length };
  const done = matchAt(WITH_ME, folded, names.end) ?? matchAt(ACCOMPANIED, folded, names.end);
  return done ? { role: 'companions', names: names.names, end: names.end + done[0].length } : null;
}

const ACCOMPANIED_AHEAD =
  /[和跟与]我|去的|走访的|上门的|入户的|陪同|同行|随行|协同|一同前往|一起去|一起走访|一同走访|共同走访/g;
/** The last look ahead: there is no such word between `from` and `at`, and one from `at` to `end`. */
let looked = { folded: '', from: 0, at: 0, end: 0 };

/** True if a word that tells of company stands in the stretch. A line is walked once however often it is asked. */
function accompaniedWithin(folded: string, from: number, to: number): boolean {
  if (folded !== looked.folded || from < looked.from || from > looked.at) {
    ACCOMPANIED_AHEAD.lastIndex = from;
    const found = ACCOMPANIED_AHEAD.exec(folded);
    const at = found ? found.index : folded.length;
    looked = { folded, from, at, end: found ? at + found[0].length : Number.POSITIVE_INFINITY };
  }
  return looked.end <= to;
}

/** Names joined by 、 , 和 与 及: `老王、高翔`, each without his role. Null when the first word is no name. */
export function nameList(
  folded: string,
  at: number,
  to: number,
  join: CharSet = JOIN,
): { names: string[]; end: number } | null {
  const names: string[] = [];
  let i = at;
  let end = at;
  for (let guard = 0; guard < 12; guard++) {
    i = behindRole(folded, i, to);
    const stop = nameStop(folded, i, to);
    const office = matchAt(OFFICE, folded, i)?.[0].length ?? 0;
    const person = personAt(folded, i + office, stop, true);
    const reach = person?.end ?? (office > 1 ? i + office : called(folded, i, stop));
    if (reach === 0) break;
    names.push(folded.slice(i, reach));
    end = reach;
    i = end;
    if (!join.at(folded, i)) break;
    i++;
  }
  return names.length > 0 ? { names, end } : null;
}

/** 小米, 老水: among those who went along a word can be somebody; whole up to what follows names here. */
function called(folded: string, at: number, stop: number): number {
  const first = folded.charAt(at);
  return (first === '小' || first === '老') && stop - at === 2 && surnameLength(folded, at + 1) === 1
    ? stop
    : 0;
}

/** 社区李主任, 物业, 派出所民警: an office before a name or in its place. */
const OFFICE =
  /(?:社区|居委会|村委会?|街道|支部|物业|派出所|网格|卫生院|卫生站|医院|学校|妇联|残联|民政)(?:的)?(?:民警|干部|医生|工作人员|网格员|网格长|志愿者|社工|经理|老师|护士)?/y;

/** 网格员老王 is called 老王, and the roster knows him by that; 社区网格员 alone stays as it is. */
function behindRole(folded: string, at: number, to: number): number {
  const role = ROLE.length(folded, at);
  const name = at + role;
  return role > 0 && personAt(folded, name, nameStop(folded, name, to), true) ? name : at;
}

const ROLE = new Opening(
  '专社支网志楼党组协调联',
  /(?:专职|社区|支部)?(?:网格[员长]|志愿者|社工|楼栋?长|党员|支委|组长|协管员|调解员|联络员){1,2}\s?/y,
);

const JOIN = new CharSet('、,和与及&');
/** Names before 陪同 and 一起去的: behind a comma begins another clause, and who stands before it is the resident. */
const TIED = new CharSet('、和与及&');

/** A name ends before the words that follow names here, so that 高翔一起 is not read as one. */
function nameStop(folded: string, at: number, to: number): number {
  const end = segmentEnd(folded, at, Math.min(to, at + 12));
  for (let i = at + 2; i < end; i++) {
    if (AFTER_NAME.at(folded, i) || JOIN.at(folded, i)) return i;
  }
  return end;
}

const AFTER_NAME = new CharSet('一共结同去到两俩三陪随协走入上看补记录登前');
