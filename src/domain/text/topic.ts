import { TOPICS, type Topic } from './topic-list.ts';

export { isTopic, SENSITIVE_TOPICS, TOPICS, type Topic } from './topic-list.ts';

/** What the classifier says of a line: the likeliest topic, the next two, and whether life or property is in danger now. */
export interface Classified {
  topic: Topic;
  alternatives: [Topic, Topic];
  /** The 2 h grade of decision 34, and only that. */
  urgent: boolean;
}

const FIRST: ReadonlyArray<readonly [RegExp, Topic]> = [
  [/低保|救助|特困|困难/, '低保救助'],
  [/医保|看病|药|住院|医院/, '医疗医保'],
  [/养老院|残疾|轮椅|老人|助浴/, '养老助残'],
  [/社保|就业|工作|退休/, '就业社保'],
  [/学校|上学|入学|老师|幼儿园/, '教育'],
  [/物业|房|电梯/, '住房物业'],
  [/水管|停水|停电|煤气|燃气|暖气|跳闸/, '水电气暖'],
  [/垃圾|臭|污水/, '环境卫生'],
  [/吵|噪/, '噪音扰民'],
  [/停车|公交|堵/, '交通停车'],
  [/路灯|灯|井盖|路面/, '公共设施'],
];

/** Topic, two alternatives and danger of one line as residents say it. Total and deterministic: any string has an answer. */
export function classifyTopic(text: string): Classified {
  const found = FIRST.filter(([words]) => words.test(text)).map(([, topic]) => topic);
  const [topic = '其他', second, third] = [...new Set([...found, ...TOPICS.slice(-3).reverse()])];
  return {
    topic,
    alternatives: [second ?? '公共设施', third ?? '住房物业'],
    urgent: /煤气味|着火|冒烟|井盖.*没|走丢|昏迷|触电/.test(text),
  };
}
