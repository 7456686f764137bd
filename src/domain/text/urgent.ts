import { TOPIC_URGENT_WEIGHTS } from './data/topic-urgent-weights.ts';
import { featuresOf, type LineFeatures } from './topic-features.ts';
import type { Topic } from './topic-list.ts';
import { scorer } from './topic-model.ts';
import { URGENT_FROM } from './urgent-threshold.ts';

const score = scorer(TOPIC_URGENT_WEIGHTS);

/** `isUrgent` for a line whose features are known already. */
export function speaksOfDanger(features: LineFeatures): boolean {
  return (score(features)[0] ?? 0) > URGENT_FROM;
}

/** True when the words speak of danger to life or property now: the 2 h grade of decision 34. */
export function isUrgent(text: string): boolean {
  return speaksOfDanger(featuresOf(text));
}

/** The grades of decision 34 that a line can be told to have: 2 h, 24 h, working days. */
export type Grade = 'danger' | 'utility' | 'ordinary';

const OUTAGE =
  /[停断没][了有过]?[水电气暖供]|[水电气暖]气?[停断]|不来[水电]|不通[水电气]|不供|不热|不暖|冰凉|拔凉|凉的|冷得|屋里.{0,3}冷|温度低|室温|[十\d][一二三四五六七八九]?度|冻[裂住坏得死了]|爆|崩|裂|破|跑水|喷水|冒水|往外冒|漏|渗|跳闸|跳了|老跳|打不着|点不着|上不[去来]水|不上水|不出水|抽不上|打不开|一滴|不亮|烧了|坏了|黑了|关不[上严]|水小|水压/;
const ONLY_ASKING =
  /多少钱|费用|价|账单|补贴|手续|材料|怎么算|咋算|报装|开户|过户|改造|退费|预约|申请|装了新表|老化|太贵|费.{0,5}[高涨多翻退]|停暖.{0,4}年|(什么|啥)时候能?通|能不能|想[装换接问办]/;
const FRAIL =
  /老[人头太爷奶汉娘妈爸爹伴两]|岁数|爷爷|奶奶|大爷|大娘|阿婆|阿公|[七八九]十|[789]\d岁|残疾|轮椅|拐|瘫|失能|盲|行动不便|腿脚|卧床|偏瘫|病人|孕妇|透析/;
const DARK_STAIRS = /(楼道|楼梯|过道|走廊|单元).{0,8}(黑|不亮|没亮|没灯|坏|灭|看不见)|声控灯|感应灯/;
const STOPPED_LIFT = /电梯.{0,10}(停|坏|不动|不走|故障|罢工|修|用不了)|没电梯用/;

/**
 * The deadline grade that the words suggest (decision 34): `danger` 2 h; `utility` 24 h for water, power, gas or
 * heating that has failed, and for dark stairs or a stopped lift where an old or disabled person lives;
 * else `ordinary`. A hint: the secretary may choose another.
 */
export function gradeOf(topic: Topic, text: string): Grade {
  if (isUrgent(text)) return 'danger';
  if (topic === '水电气暖' && OUTAGE.test(text) && !ONLY_ASKING.test(text)) return 'utility';
  if (FRAIL.test(text) && (DARK_STAIRS.test(text) || STOPPED_LIFT.test(text))) return 'utility';
  return 'ordinary';
}
