import { recogniseCommand } from './recognise-command.ts';
import type { VisitCommand, VisitMode } from './types.ts';

/** What one command of a message says. */
export interface Statement {
  rest: string;
  /** The command typed again at the head of a pasted line; null for the message's own. */
  command: VisitCommand | null;
  mode?: VisitMode;
}

const VISITS: ReadonlySet<string> = new Set(['visit', 'attempt', 'late', 'makeup'] satisfies VisitCommand[]);
const SLASH = /^\s*[/／、]/;

/**
 * Several messages copied into one (`…⏎/走访 4号楼 …⏎/未遇 5号楼 …`): each command speaks for its own lines, and what was
 * said before it is not said of them. At least one.
 */
export function statementsOf(rest: string): Statement[] {
  if (!rest.includes('\n')) return [{ rest, command: null }];
  const said: Statement[] = [];
  for (const line of rest.split('\n')) {
    const found = said.length > 0 && SLASH.test(line) ? recogniseCommand(line, NOT_ADDRESSED) : null;
    const known = found !== null && 'name' in found && (found.via === 'exact' || found.via === 'alias');
    const last = said[said.length - 1];
    if (known && isVisit(found.name)) said.push({ rest: found.rest, command: found.name, mode: found.mode });
    else if (last) last.rest += `\n${line}`;
    else said.push({ rest: line, command: null });
  }
  const full = said.filter((each) => each.rest.trim() !== '');
  return full.length > 0 ? full : said.slice(0, 1);
}

const NOT_ADDRESSED = { addressed: false, private: false };

function isVisit(name: string): name is VisitCommand {
  return VISITS.has(name);
}
