import { z } from 'zod';
import { FORM_ACTS, type FormName } from '../../cards/issue-buttons.ts';
import { numberLine } from '../domain/issue-line.ts';
import { issueFormView } from '../views/issue-form.ts';
import { cardRef } from '../work/issue-notices.ts';
import { openIssueByNumber } from '../work/issue-number.ts';
import { press, pressed, readable, seatFor } from '../work/issue-press.ts';
import { issueFromVisit, receiveIssue } from '../work/issue-report.ts';
import { action, command } from './define.ts';

const example = '/诉求 6号楼 陈奶奶 楼道灯坏了三天没人修';
const target = { issue: z.number(), v: z.number() };
const forms = Object.keys(FORM_ACTS) as [FormName, ...FormName[]];

/** 诉求 (S3-36, S2-60): what a resident needs, in his own words; a typed number opens the matter (decision 27). */
export const issue = command({
  name: 'issue',
  needs: 'issue.report',
  help: { group: 'everyday', example, says: '群众有事，原话报上来，书记来定谁办' },
  run(ctx, line) {
    const numbered = numberLine(line.rest);
    if (numbered && numbered.rest === '') {
      openIssueByNumber(ctx, numbered.number);
    } else if (!ctx.may('issue.report', { path: ctx.actor.orgPath })) {
      ctx.reply({ text: '报诉求请找本支部的党员、网格员或楼栋长。' });
    } else {
      receiveIssue(ctx, line, example);
    }
  },
  actions: {
    'from-visit': action(z.object({ visit: z.number() }), (ctx, { visit }) => issueFromVisit(ctx, visit)),
    /** The way back from a form. */
    open: action(z.object({ issue: z.number() }), (ctx, { issue: id }) => {
      if (readable(ctx, pressed(ctx), id)) ctx.show(cardRef(id));
    }),
    /** From a list: as a new card, so that the list stays. */
    peek: action(z.object({ issue: z.number() }), (ctx, { issue: id }) => {
      if (!readable(ctx, pressed(ctx), id)) return;
      ctx.reply(cardRef(id));
      ctx.toast('打开了，在下面。');
    }),
    /** From a list of what somebody left: its form as a new card, so that the list stays. */
    reassign: action(z.object({ issue: z.number() }), (ctx, { issue: id }) => {
      const seat = seatFor(ctx, pressed(ctx), id, 'reassign', null);
      if (!seat) return;
      ctx.reply(issueFormView.ref({ issue: id, v: seat.issue.version, form: 'reassign' }));
      ctx.toast('打开了，在下面。');
    }),
    /** Right, state and version are checked before the form opens, and again when it comes back. */
    form: action(z.object({ ...target, form: z.enum(forms) }), (ctx, { issue: id, v, form }) => {
      const seat = seatFor(ctx, pressed(ctx), id, FORM_ACTS[form], v);
      if (seat) ctx.show(issueFormView.ref({ issue: id, v, form }));
    }),
    back: action(z.object(target), (ctx, at) => press(ctx, pressed(ctx), at, 'takeBack', {}, '收回了。')),
    withdraw: action(
      z.object({ ...target, reason: z.string().trim().default('') }),
      (ctx, { reason, ...at }) =>
        press(ctx, pressed(ctx), at, 'withdraw', { reason }, '按群众的意思撤回了。', { result: reason }),
    ),
  },
});
