import type { FormName } from '../../cards/issue-buttons.ts';
import { FORM_ACTS } from '../../cards/issue-buttons.ts';
import type { Ctx } from '../commands/define.ts';
import { dayToCome, numberLine } from '../domain/issue-line.ts';
import type { IssueAct } from '../domain/issue-types.ts';
import { issueFormView } from '../views/issue-form.ts';
import { theIssue } from './issue-number.ts';
import { seatFor, typed } from './issue-press.ts';

/** Reads `128 …` behind a command word and finds the matter on which one of `acts` can be done; otherwise one example answers. */
export function withNumber(
  ctx: Ctx,
  rest: string,
  example: string,
  acts: readonly IssueAct[],
  then: (issueId: number, rest: string) => void,
): void {
  const line = numberLine(rest);
  if (!line) {
    ctx.reply({ text: `请写上是第几号。例如：${example}` });
    return;
  }
  const head = theIssue(ctx, line.number, acts);
  if (head) then(head.id, line.rest);
}

/**
 * Opens the form that asks for what the line did not say; right and state are checked first. `said` is what the line did
 * say: it stands in the form already.
 */
export function askByForm(ctx: Ctx, issueId: number, form: FormName, said = ''): void {
  const seat = seatFor(ctx, typed(ctx), issueId, FORM_ACTS[form], null);
  if (!seat) return;
  const params = { issue: issueId, v: seat.issue.version, form };
  const kept = DATED.includes(form) ? asOfNow(said, ctx.now) : said;
  ctx.reply(
    issueFormView.ref(kept === '' ? params : { ...params, typed: ctx.q.typed.seal(kept.slice(0, MOST)) }),
  );
}

/** No field takes more, and a link to the form carries it along. */
const MOST = 500;
/** Forms that ask for a day; elsewhere 明天 is a word of the resident's. */
const DATED: readonly FormName[] = ['here', 'unit', 'outside', 'reassign', 'later', 'put-off', 'third'];

/** The day goes first, as the one it was when the line was typed. */
export function asOfNow(said: string, now: number): string {
  const dated = dayToCome(said, now);
  return (dated ? `${dated.day} ${dated.rest}`.trim() : said).slice(0, MOST);
}
