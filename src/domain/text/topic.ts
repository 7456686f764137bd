import { TOPIC_WEIGHTS } from './data/topic-weights.ts';
import { featuresOf } from './topic-features.ts';
import { TOPICS, type Topic } from './topic-list.ts';
import { scorer } from './topic-model.ts';
import { speaksOfDanger } from './urgent.ts';

export { isTopic, SENSITIVE_TOPICS, TOPICS, type Topic } from './topic-list.ts';

/** What the classifier says of a line: the likeliest topic, the next two, and whether life or property is in danger now. */
export interface Classified {
  topic: Topic;
  alternatives: [Topic, Topic];
  /** The 2 h grade of decision 34, and only that. */
  urgent: boolean;
}

const score = scorer(TOPIC_WEIGHTS);

/** The last topic, which takes what the others leave. */
const REST: Topic = '其他';

/**
 * Topic, two other likely topics and danger of one line as residents say it (issue 2 point 7, decision 45).
 * Total, pure and deterministic: any string has an answer, the same everywhere; linear in its length.
 */
export function classifyTopic(text: string): Classified {
  const features = featuresOf(text);
  const scores = score(features);
  const [first, second, third] = TOPICS.map((topic, index) => ({ topic, value: scores[index] ?? 0 })).sort(
    (a, b) => b.value - a.value,
  );
  return {
    topic: first?.topic ?? REST,
    alternatives: [second?.topic ?? REST, third?.topic ?? REST],
    urgent: speaksOfDanger(features),
  };
}
