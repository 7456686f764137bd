import { classifyTopic } from '../domain/text/topic.ts';

/**
 * `classify`: one JSON object a line, `{"topic","alternatives":[two],"urgent"}` (contract, decision 45). Needs
 * neither database nor key. An empty line has its answer too, so that output line n belongs to input line n.
 */
export async function* runClassify(lines: Iterable<string> | AsyncIterable<string>): AsyncGenerator<string> {
  for await (const line of lines) {
    const { topic, alternatives, urgent } = classifyTopic(line);
    yield JSON.stringify({ topic, alternatives, urgent });
  }
}
