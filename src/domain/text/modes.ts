import type { VisitMode } from './types.ts';

/**
 * How the visit was made, where the line says so. A mode is taken only from a word that stands for the act itself:
 * 电话联系 is one, 电话诈骗 is the subject of the talk.
 */
const PHONE =
  /(?:打了?个?|通了?个?|拨打|接到?)?(?:电话|手机)(?:联系|回访|走访|沟通|询问|了解|告知|通知|提醒|问候|慰问|随访|访问|核实|交流|联络|解答)了?(?:一下)?的?|(?:打了?个?|通了?个?|拨打)电话(?:问|说|聊|联系|给|过去)?(?:了?的|了)?|电联了?|致电|去电|通话|电话里?(?=问|说|聊|谈|讲)|电话(?:问|聊)的|电访/y;
const MESSAGE =
  /(?:发了?个?|用|通过)?(?:微信|短信|视频|语音|QQ|qq|钉钉|飞书|企微)(?:视频|语音|电话|通话|聊天|联系|沟通|回访|走访|告知|通知|询问|了解|提醒|问候|群聊|连线|信息|消息)了?(?:一下)?的?|(?:发了?个?|发了条)(?:微信|短信|视频|语音|信息|消息)|(?:微信|视频|短信|语音)(?:里|上)?(?=问|说|聊|看了|发了|告诉)/y;
const MEETING =
  /(?:召开了?|开了?个?|组织了?|举行了?|举办了?|参加了?)?(?:居民|村民|党员|群众|业主|商户|楼栋|网格|现场|集中|小型)?(?:座谈会?|院坝会|坝坝会|板凳会|屋场会|圆桌会|茶话会|恳谈会|议事会|碰头会|见面会|宣讲会|户主会|代表会|居民会议|村民会议|村民大会|业主大会|楼栋会|小院会|夜谈会|听证会|协调会|开会|会议|集体座谈)/y;
const HOME = /(?:入户|上门|登门|家访|到家|当面)(?:走访|看望|慰问|拜访|探望|了解)?/y;
const BARE: Readonly<Record<string, VisitMode>> = {
  电话: 'phone',
  手机: 'phone',
  打电话: 'phone',
  微信: 'message',
  短信: 'message',
  视频: 'message',
  语音: 'message',
  微信视频: 'message',
  视频电话: 'message',
  视频通话: 'message',
  座谈: 'meeting',
  会议: 'meeting',
  开会: 'meeting',
  入户: 'home',
  上门: 'home',
  面谈: 'home',
  当面: 'home',
  家访: 'home',
  线上: 'message',
  网上: 'message',
};

/** A mode read at `at`; `whole` when the words fill their segment. */
export interface FoundMode {
  end: number;
  mode: VisitMode;
  whole: boolean;
}

/** Reads a mode at `at`, where the segment ends at `end`. */
export function modeAt(folded: string, at: number, end: number): FoundMode | null {
  if (!FIRST.has(folded.charAt(at))) return null;
  const bare = BARE[folded.slice(at, end)];
  if (bare) return { end, mode: bare, whole: true };
  for (const [pattern, mode] of TABLE) {
    pattern.lastIndex = at;
    const found = pattern.exec(folded);
    if (found) {
      const stop = at + found[0].length;
      return { end: stop, mode, whole: stop >= end };
    }
  }
  return null;
}

const TABLE: readonly (readonly [RegExp, VisitMode])[] = [
  [MESSAGE, 'message'],
  [PHONE, 'phone'],
  [MEETING, 'meeting'],
  [HOME, 'home'],
];

const FIRST: ReadonlySet<string> = new Set(
  '打通拨接电手致去发用微短视语Qq钉飞企召开组举参居村党群业商楼网现集小座院坝板屋圆茶恳议碰见宣户代会夜听协入上登家到当面线',
);

/** A mode by its name on a form or after 方式：, e.g. 电话回访 → phone; null when it names none. */
export function modeOfWord(word: string): VisitMode | null {
  if (/电话|手机|电联|通话|来电|致电/.test(word) && !/视频|微信/.test(word)) return 'phone';
  if (/微信|短信|视频|语音|线上|网上|QQ/i.test(word)) return 'message';
  if (/会|座谈/.test(word)) return 'meeting';
  if (/入户|上门|家访|当面|面谈|实地/.test(word)) return 'home';
  return null;
}
