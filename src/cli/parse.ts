import { parseIssue } from '../domain/text/issue.ts';
import { recogniseCommand } from '../domain/text/recognise-command.ts';
import { classifyTopic } from '../domain/text/topic.ts';
import type { CommandName } from '../domain/text/types.ts';
import { parseVisit } from '../domain/text/visit.ts';

/** What `parse` prints for a visit, and for any line that is no issue (decision 45): all keys, unknown = null. */
interface VisitLine {
  command: CommandName | null;
  place: string | null;
  person: string | null;
  mode: string | null;
  date: string | null;
  note: string | null;
  more: { place: string | null; person: string | null; note: string | null }[];
}

/** What `parse` prints for an issue. */
interface IssueLine {
  command: 'issue';
  place: string | null;
  person: string | null;
  topic: string;
  urgent: boolean;
  text: string | null;
  more: { place: string | null; person: string | null }[];
}

/** Commands whose line is a visit; 补记 and 补访 are visits that are only booked differently (decision 23). */
const VISITS: Readonly<Partial<Record<CommandName, CommandName>>> = {
  visit: 'visit',
  late: 'visit',
  makeup: 'visit',
  attempt: 'attempt',
};

/**
 * One JSON object for each input line (contract.md, decision 45). A newline inside a message is written `\n`.
 * `now` is epoch milliseconds; the command line counts as private chat, so the slash may be missing.
 */
export async function* runParse(
  lines: AsyncIterable<string> | Iterable<string>,
  now: number,
): AsyncGenerator<string> {
  for await (const line of lines) yield JSON.stringify(parseLine(line, now));
}

/** The object that `parse` prints for one line. */
export function parseLine(line: string, now: number): VisitLine | IssueLine {
  const text = line.replaceAll('\\n', '\n');
  const found = recogniseCommand(text, { addressed: true, private: true });
  if (found === null || !('name' in found)) return visitLine(null, found?.rest ?? text, now);
  if (found.name === 'issue') return issueLine(found.rest, now);
  const command = VISITS[found.name];
  if (command) return visitLine(command, found.rest, now, found.mode);
  return {
    command: found.name,
    place: null,
    person: null,
    mode: null,
    date: null,
    note: found.rest.trim() || null,
    more: [],
  };
}

function visitLine(
  command: CommandName | null,
  rest: string,
  now: number,
  mode?: 'home' | 'phone' | 'message' | 'meeting',
): VisitLine {
  const visit = parseVisit(rest, { now, mode });
  const [first, ...others] = visit.contacts;
  const known = command !== null || first?.place != null || first?.person != null;
  if (!known)
    return {
      command,
      place: null,
      person: null,
      mode: null,
      date: null,
      note: rest.trim() || null,
      more: [],
    };
  return {
    command,
    place: first?.place ?? null,
    person: first?.person ?? null,
    mode: visit.mode,
    date: visit.date,
    note: first?.note ?? visit.note,
    more: others.map(({ place, person, note }) => ({ place, person, note: note ?? visit.note })),
  };
}

function issueLine(rest: string, now: number): IssueLine {
  const issue = parseIssue(rest, { now });
  const { topic, urgent } = classifyTopic(issue.text || rest);
  return {
    command: 'issue',
    place: issue.place,
    person: issue.person,
    topic,
    urgent,
    text: issue.text || null,
    more: issue.more,
  };
}
