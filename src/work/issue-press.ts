import type { Issue } from '../../db/queries/issue-rows.ts';
import type { Ctx } from '../commands/define.ts';
import { fits, rightOf } from '../domain/issue.ts';
import type { Inputs, IssueAct, StepAct } from '../domain/issue-types.ts';
import { may } from '../domain/rights.ts';
import { act, type Texts } from './issue-act.ts';
import { hasRight, mayRead, type Seat, seatAt } from './issue-load.ts';
import { cardRef } from './issue-notices.ts';
import { whose, whoWasFaster } from './issue-say.ts';

/** How an act was asked for: a press answers with a toast and the renewed card, a typed line with the card. */
export interface Voice {
  no(reason: string): void;
  yes(issue: Issue, word: string): void;
}

export function pressed(ctx: Ctx): Voice {
  return {
    no: (reason) => ctx.toast(reason, 'bad'),
    yes(issue, word) {
      ctx.toast(word, 'good');
      if (ctx.chat.type === 'p2p') ctx.show(cardRef(issue.id));
    },
  };
}

export function typed(ctx: Ctx): Voice {
  return {
    no: (reason) => ctx.reply({ text: reason }),
    yes: (issue) => ctx.reply(cardRef(issue.id)),
  };
}

/**
 * The check before every act: right, state, version (decision 12). A wrong person learns whose it is and nobody is
 * reminded; an old card says what happened meanwhile and is renewed. null: it was answered.
 */
export function seatFor(
  ctx: Ctx,
  voice: Voice,
  issueId: number,
  name: IssueAct,
  version: number | null,
): Seat | null {
  const seat = seatAt(ctx, issueId, ctx.actor);
  if (!seat || seat.relations.includes('subject')) {
    voice.no('没有找到这件事。');
    return null;
  }
  const { issue, last } = seat;
  const stale = version !== null && version !== issue.version;
  const right = rightOf(name);
  const allowed = hasRight(seat, name);
  const mineBefore =
    right !== null && may(ctx.actor, right, { path: seat.ownPath, relations: seat.relations });
  if (!allowed && !(stale && mineBefore)) {
    voice.no(whose(right));
    return null;
  }
  if (stale || (!fits(name, issue.state) && version !== null)) {
    ctx.changed(`issue:${issue.id}`);
    voice.no(last ? whoWasFaster(ctx, issue, last, ctx.actor.memberId) : '卡片已换成最新的，请再看一眼。');
    return null;
  }
  return seat;
}

/** Checks, does, answers. */
export function press<A extends StepAct>(
  ctx: Ctx,
  voice: Voice,
  target: { issue: number; v: number | null },
  name: A,
  input: Inputs[A],
  word: string | ((issue: Issue) => string),
  texts: Texts = {},
): void {
  const seat = seatFor(ctx, voice, target.issue, name, target.v);
  if (!seat) return;
  const done = act(ctx, seat, ctx.actor.memberId, name, input, texts);
  if (done.ok) voice.yes(done.issue, typeof word === 'string' ? word : word(done.issue));
  else voice.no(done.reason);
}

/** For opening and for forms that change nothing. */
export function readable(ctx: Ctx, voice: Voice, issueId: number): Seat | null {
  const seat = seatAt(ctx, issueId, ctx.actor);
  if (seat && mayRead(seat)) return seat;
  voice.no('没有找到这件事。');
  return null;
}
