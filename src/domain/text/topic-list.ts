/** The nineteen topics of a resident's need, in the order of issue 2 point 7. The last one takes what is left. */
export const TOPICS = [
  '低保救助',
  '医疗医保',
  '养老助残',
  '就业社保',
  '教育',
  '住房物业',
  '水电气暖',
  '环境卫生',
  '噪音扰民',
  '矛盾纠纷',
  '交通停车',
  '治安消防',
  '公共设施',
  '农业农村',
  '市场监管',
  '权益维护',
  '户籍证照',
  '党建文化',
  '其他',
] as const;

export type Topic = (typeof TOPICS)[number];

/**
 * Topics that never stand beside a surname in a list (decision 7). 矛盾纠纷 is here because it holds the
 * family matters (家事) that the decision names.
 */
export const SENSITIVE_TOPICS: ReadonlySet<Topic> = new Set([
  '低保救助',
  '医疗医保',
  '养老助残',
  '矛盾纠纷',
  '权益维护',
]);

/** True for one of the nineteen names, so that text from a form or a file can be narrowed. */
export function isTopic(text: string): text is Topic {
  return (TOPICS as readonly string[]).includes(text);
}
