import type { FormName } from '../../cards/issue-buttons.ts';
import { FORM_ACTS } from '../../cards/issue-buttons.ts';
import type { Ctx } from '../commands/define.ts';
import { numberLine } from '../domain/issue-line.ts';
import { issueFormView } from '../views/issue-form.ts';
import { theIssue } from './issue-number.ts';
import { seatFor, typed } from './issue-press.ts';

/** Reads `128 …` behind a command word and finds the matter; otherwise one example answers. */
export function withNumber(
  ctx: Ctx,
  rest: string,
  example: string,
  then: (issueId: number, rest: string) => void,
): void {
  const line = numberLine(rest);
  if (!line) {
    ctx.reply({ text: `请写上是第几号。例如：${example}` });
    return;
  }
  const head = theIssue(ctx, line.number);
  if (head) then(head.id, line.rest);
}

/** Opens the form that asks for what the line did not say; right and state are checked first. */
export function askByForm(ctx: Ctx, issueId: number, form: FormName): void {
  const seat = seatFor(ctx, typed(ctx), issueId, FORM_ACTS[form], null);
  if (seat) ctx.reply(issueFormView.ref({ issue: issueId, v: seat.issue.version, form }));
}
