import { findSensitive } from './text/sensitive.ts';
import { SENSITIVE_TOPICS, type Topic } from './text/topic-list.ts';

const CLAUSE = /[，,。；;！!？?：:\n]/u;
const LONGEST = 14;

/**
 * A few words of a matter for a private card's title, which a locked telephone shows to anyone: the first clause,
 * or only the topic where the words or the topic are delicate (decision 7).
 */
export function gistOf(words: string, topic: string): string {
  const clause =
    words
      .split(CLAUSE)
      .find((part) => part.trim().length > 1)
      ?.trim() ?? '';
  if (clause === '' || SENSITIVE_TOPICS.has(topic as Topic) || findSensitive(clause).length > 0) return topic;
  return clause.length > LONGEST ? `${clause.slice(0, LONGEST)}…` : clause;
}
