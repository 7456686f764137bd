import { CharSet } from './char-set.ts';
import { Opening } from './match-at.ts';
import type { VisitMode } from './types.ts';

/**
 * How the visit was made, where the line says so. A mode is taken only from words that stand for the act itself:
 * 电话联系 is one, 电话诈骗 is the subject of the talk. What else the words tell (提醒, 告知) stays in the note.
 */
export interface FoundMode {
  mode: VisitMode;
  /** Where the words that only name the mode end; equal to the start when all of them stay in the note. */
  end: number;
  /** Where the whole phrase ends. */
  phraseEnd: number;
  /** The phrase fills its segment. */
  whole: boolean;
}

const TOLD = '联系|回访|走访|沟通|访问|随访|联络|交流|连线|通话|聊天|视频|语音|电话|信息|消息|群聊|留言|私信';
const KEPT = '询问|了解|告知|通知|提醒|问候|慰问|核实|解答|宣传|讲|说|问|聊|谈|看|告诉|发了|发送';
const PHONE = new Opening(
  '打通拨用电手致去',
  new RegExp(
    `(?:打了?个?|通过|通了?个?|拨打|用)?(?:电话|手机)(?:${TOLD}|里|中|上)(?:了一下|了|的)?|(?:打了?个?|通了?个?|拨打了?)电话(?:给|过去|联系)?(?:了|的)?|(?:电联|致电|去电|通话|电访)(?:了一下|了|的)?|电话(?=${KEPT})`,
    'y',
  ),
);
const MESSAGE = new Opening(
  '发用通微短视语Qq钉飞企',
  new RegExp(
    `(?:发了?个?|用|通过)?(?:微信|短信|视频|语音|QQ|qq|钉钉|飞书|企微)(?:${TOLD}|里|上)(?:了一下|了|的)?|(?:发了?个?|发了?条)(?:微信|短信|视频|语音|信息|消息)(?:给)?(?:了|的)?|(?:微信|短信|视频|语音)(?=${KEPT})`,
    'y',
  ),
);
/** No answer on the telephone: a call all the same, and the words are the note. */
const UNANSWERED = new Opening(
  '打电手',
  /(?:打了?)?(?:电话|手机)(?:没人接|无人接听|未接|打不通|没接|没打通|关机|停机|不通)/y,
);
const MEETING = new Opening(
  '召开组举主居村党群业商楼网小现集老代座院坝板屋圆茶恳议碰见户夜听协民会宣',
  /(?:召开了?|开了?个?|组织了?|举行了?|举办了?|主持)?(?:居民|村民|党员|群众|业主|商户|楼栋|网格|小组|现场|集中|小型|老党员|代表)?(?:座谈会?|院坝会|坝坝会|板凳会|屋场会|圆桌会|茶话会|恳谈会|议事会|碰头会|见面会|宣讲会|户主会|代表会|代表大会|居民会议|村民会议|居民大会|村民大会|党员大会|业主大会|群众会|楼栋会|小院会|夜谈会|夜话|听证会|协调会|议事协商会|民主评议会|开会|开了会|会议)/y,
);
const HOME = new Opening('入上登家当', /(?:入户|上门|登门|家访|当面)/y);
const BARE: Readonly<Record<string, VisitMode>> = {
  电话: 'phone',
  手机: 'phone',
  打电话: 'phone',
  通过电话: 'phone',
  通过微信: 'message',
  微信: 'message',
  短信: 'message',
  视频: 'message',
  语音: 'message',
  线上: 'message',
  网上: 'message',
  座谈: 'meeting',
  座谈会: 'meeting',
  会议: 'meeting',
  开会: 'meeting',
  入户: 'home',
  上门: 'home',
  面谈: 'home',
  当面: 'home',
  家访: 'home',
};
const LONGEST_BARE = 4;
const FIRST = new CharSet(
  '打通拨电手致去发用微短视语Qq钉飞企召开组举主居村党群业商楼网小现集老代座院坝板屋圆茶恳议碰见宣户夜听协民会入上登家当面线',
);

/** Reads a mode at `at`, where the segment ends at `end`. */
export function modeAt(folded: string, at: number, end: number): FoundMode | null {
  if (!FIRST.at(folded, at)) return null;
  const bare = end - at <= LONGEST_BARE ? BARE[folded.slice(at, end)] : undefined;
  if (bare) return isNumberLabel(folded, end) ? null : { mode: bare, end, phraseEnd: end, whole: true };
  const silent = UNANSWERED.length(folded, at);
  if (silent) return found('phone', at, at + silent, end);
  const message = MESSAGE.length(folded, at);
  if (message) return found('message', at + message, at + message, end);
  const phone = PHONE.length(folded, at);
  if (phone) return isNumberLabel(folded, at + phone) ? null : found('phone', at + phone, at + phone, end);
  const meeting = MEETING.length(folded, at);
  if (meeting)
    return found('meeting', BARE[folded.slice(at, at + meeting)] ? at + meeting : at, at + meeting, end);
  const home = HOME.length(folded, at);
  return home ? found('home', at + home, at + home, end) : null;
}

/** A mode by its name on a form or after 方式：, e.g. 电话回访 → phone; null when it names none. */
export function modeOfWord(word: string): VisitMode | null {
  if (/微信|短信|视频|语音|线上|网上|QQ/i.test(word)) return 'message';
  if (/电话|手机|电联|通话|来电|致电/.test(word)) return 'phone';
  if (/会|座谈/.test(word)) return 'meeting';
  if (/入户|上门|家访|当面|面谈|实地/.test(word)) return 'home';
  return null;
}

function found(mode: VisitMode, end: number, phraseEnd: number, segment: number): FoundMode {
  return { mode, end, phraseEnd, whole: phraseEnd >= segment };
}

/** 电话：13900001234 gives a number and no mode. */
function isNumberLabel(folded: string, at: number): boolean {
  return /^[:\s]{0,3}\d{5}/.test(folded.slice(at, at + 9));
}
