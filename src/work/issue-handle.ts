import type { Ctx } from '../commands/define.ts';
import { toldIn } from '../domain/issue-line.ts';
import { outcomeIn } from '../domain/issue-outcome.ts';
import { CHANNELS, type Channel, type CloseKind } from '../domain/issue-types.ts';
import type { Target } from './issue-decide.ts';
import { cardRef } from './issue-notices.ts';
import { press, readable, typed, type Voice } from './issue-press.ts';
import { putOff } from './issue-put-off.ts';
import { askByForm } from './issue-typed.ts';

/** 办结 (decision 21): result, kind, and how the resident was told; untold, the card asks for that next. */
export function finish(
  ctx: Ctx,
  voice: Voice,
  at: Target,
  done: { result: string; kind: CloseKind; told: Channel | null },
): void {
  const { result, kind, told } = done;
  const word = told ? '记下了，接下来请没经手的同志问一句群众。' : '记下了，告诉群众以后请点“已告诉群众”。';
  press(ctx, voice, at, 'resolve', { result, kind, told: told ? { channel: told } : null }, word, { result });
}

/**
 * `办 128 接单`, `办 128 退回 …`, `办 128 延期 11-30 缺配件`, `办 128 换了灯泡，电话告诉了她`; `word` is the command as
 * typed.
 */
export function typedHandling(ctx: Ctx, issueId: number, rest: string, word: string): void {
  const at: Target = { issue: issueId, v: null };
  const after = (word: RegExp): string =>
    rest
      .replace(word, '')
      .replace(/^[\s:：,，]+/u, '')
      .trim();
  if (rest === '') {
    if (readable(ctx, typed(ctx), issueId)) ctx.reply(cardRef(issueId));
  } else if (/^(?:接单|我来办|接了|接)$/u.test(rest)) {
    press(ctx, typed(ctx), at, 'claim', {}, '好的，这件由您来办。');
  } else if (/^收回$/u.test(rest)) {
    press(ctx, typed(ctx), at, 'takeBack', {}, '收回了。');
  } else if (/^退回/u.test(rest)) {
    const reason = after(/^退回/u);
    if (reason === '') askByForm(ctx, issueId, 'return');
    else press(ctx, typed(ctx), at, 'return', { reason }, '已退回。');
  } else if (/^(?:申请)?(?:延期|改期)/u.test(rest)) {
    putOff(ctx, issueId, after(/^(?:申请)?(?:延期|改期)/u));
  } else if (/^(?:办好了?|办完了?|好了|完了)$/u.test(rest)) {
    askByForm(ctx, issueId, 'done');
  } else {
    result(ctx, at, rest, word);
  }
}

/** Words that do not say that it is done (没修好, 周五来修) close nothing: the form asks, and they stand in it. */
function result(ctx: Ctx, at: Target, words: string, word: string): void {
  const kind = outcomeIn(words, word);
  const told = toldIn(words);
  if (kind) finish(ctx, typed(ctx), at, { result: words, kind, told });
  else {
    const heard = told ? `${CHANNELS[told]}告诉了 ` : '';
    askByForm(ctx, at.issue, 'how-far', `${heard}办得怎么样：${words}`);
  }
}
