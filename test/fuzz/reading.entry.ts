import { parseLine } from '../../src/cli/parse.ts';
import { parseIssue } from '../../src/domain/text/issue.ts';
import { issueNumber } from '../../src/domain/text/issue-number.ts';
import { recogniseCommand } from '../../src/domain/text/recognise-command.ts';
import { guardKinds } from '../../src/domain/text/sensitive.ts';
import { classifyTopic } from '../../src/domain/text/topic.ts';
import { parseVisit } from '../../src/domain/text/visit.ts';

/** Wednesday, 2026-11-18 15:00: the clock of the corpora. */
export const NOW = Date.parse('2026-11-18T15:00:00+08:00');

/** Everything the office does with a typed line before it knows what it means. */
export function readAll(text: string) {
  recogniseCommand(text, { addressed: false, private: false });
  recogniseCommand(text, { addressed: true, private: true });
  issueNumber(text, true);
  guardKinds(text);
  parseIssue(text, { now: NOW });
  return {
    object: parseLine(text, NOW),
    visit: parseVisit(text, { now: NOW }),
    topic: classifyTopic(text),
  };
}
