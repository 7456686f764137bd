import { keyIn } from './issue-line.ts';
import { SATISFACTION, type Satisfaction } from './issue-types.ts';
import { fold } from './text/normalise.ts';

/** What a line about the resident's word says: his word, one that may be meant either way, or that nobody was reached. */
export type Answer = Satisfaction | 'unclear' | 'notReached' | 'misclick' | null;

const NOT =
  '(?:不是|不能说|不敢说|不算|不|没有?|未|并?非(?!常)|谈不上|说不上|算不上|称不上|够不上|难以|难言|难说|难|欠)';
/** Words that may stand between a 不 and its 满意. */
const HOW =
  '(?:太|很|大|怎么|咋|够|甚|那么|这么|特别|十分|非常|完全|多|是|能够?|算|会|见得|至于|觉得|感到|感觉|认为|得到|令人|让人|叫人|什么|啥|挺|尽|全|都|可以|有)';
const NEGATED = `${NOT}\\s*(?:${HOW}\\s*){0,4}满意|满意(?:不了|不起来|个[啥什屁鬼]|才怪)|满意[度率]\\s*[：:]?\\s*(?:都|太|很|比较|较|还|偏|有点|非常|挺|特别|真|实在)*(?:低|差|不[高行够])`;

const BAD = new RegExp(NEGATED, 'u');
const EVERY_BAD = new RegExp(NEGATED, 'gu');
/** 不太满意 and nothing more. */
const ONLY_BAD = new RegExp(
  `^(?:他|她|群众|老人|本人)?(?:说|表示|觉得)?(?:还是|并|很|非常|一点都?|实在|完全|根本|压根)?(?:${NEGATED})[的了]?$`,
  'u',
);
/** 没有不满意, 不是不满意, 没说不满意: said to be polite, or to say nothing. */
const TWICE =
  /(?:没|未|非(?!常)|不是|不能|不会|不算|不觉|不至|谈不上|说不上|算不上|难)[^，,。；;\s]{0,4}?不\s*(?:太|很|大|怎么|够|是)?\s*满意/u;
const FAIR = /(?:基本上?|还算|勉强|大体上?|大致|凑合)\s*满意/u;
const ASKING =
  /满不满意|满意不满意|满意没满意|是否满意|满意与否|满意没有?(?=$|[\s，,。；;？?])|满意[吗么嘛]/gu;
const SCALE = /满意[度率]/gu;
/** A 不 or 没 that praises, so that it does not stand in the way of the 满意 behind it. */
const PRAISE =
  /不错|不愧|不仅|不但|不光|不用|不得不|不再|没再|没有再|没想到|(?:没有?|毫无|无)(?:什么|啥|任何)?(?:问题|意见|毛病|异议|得说|话说|的说)|非常|无比/gu;
const DOUBT = /[不没未无难谁哪]|怎么|咋/u;
/** 灯不闪了很满意 praises too, but so far from its 满意 that a person had better look. */
const CLAUSE = /[，,。；;！!？?、：:\s]+/u;

/**
 * 满意, 基本满意 or 不满意 as it was said; any 不 before a 满意 makes it 不满意 (decision 19: nobody is made content who
 * said he is not). `unclear` where a person has to choose; null where nothing of the kind is said.
 */
export function satisfactionIn(text: string): Satisfaction | 'unclear' | null {
  const folded = fold(text).trim();
  // The choice itself, said first, is what the rest explains.
  if (/^不满意(?=$|[\s，,。；;：:])/u.test(folded)) return 'bad';
  const asked = folded.replace(ASKING, ' ');
  const said = asked.replace(EVERY_BAD, ' ').replace(SCALE, ' ');
  const praised = said.includes('满意');
  if (BAD.test(asked)) return praised || TWICE.test(asked) ? 'unclear' : 'bad';
  if (!praised) return asked !== folded || said !== folded ? 'unclear' : null;
  const doubted = said
    .replace(PRAISE, '')
    .split(CLAUSE)
    .some((clause) => DOUBT.test(clause.slice(0, Math.max(0, clause.lastIndexOf('满意')))));
  if (doubted) return 'unclear';
  if (!FAIR.test(said)) return 'good';
  return said.replace(FAIR, '').includes('满意') ? 'unclear' : 'fair';
}

const MISSED =
  /没联系上|联系不上|没人接|无人接听?|没有?接(?:电话|通|听)|不接电话|打不通|没打通|没有打通|关机|停机/u;
/** 报修电话打不通 is the resident's complaint, not how the call to him went. */
const OF_OTHERS = /(?:报修|维修|热线|物业|客服|师傅|厂家|公司|值班|窗口|单位|他们).{0,8}$/u;
const OPINION = /还行|还可以|一般|凑合|马马虎虎|不高兴|生气|意见|不行|不好|挺好|很好|感谢|谢谢/u;

function missed(text: string): boolean {
  const match = MISSED.exec(text);
  return (
    match !== null &&
    !OPINION.test(text) &&
    !OF_OTHERS.test(
      text
        .slice(0, match.index)
        .split(/[，,。；;]/u)
        .at(-1) ?? '',
    )
  );
}

/** What `评 128 …` says. 没联系上 and 点错了 are only what is meant where no satisfaction is said. */
export function answerIn(text: string): Answer {
  const said = satisfactionIn(text);
  if (said === null && missed(text)) return 'notReached';
  if (/点错了/u.test(text) && (said === null || /^(?:我|刚才|刚刚|不小心|手滑)*点错了/u.test(text)))
    return 'misclick';
  return said;
}

/** What is left of a sentence when it only says once more that he is (not) content. */
export function beyondSatisfaction(sentence: string): string {
  const rest = sentence.replace(ONLY_BAD, '').replace(/^[\s，,。；;：:]+/u, '');
  return rest === '' || keyIn(SATISFACTION, rest)?.word === rest ? '' : sentence;
}
