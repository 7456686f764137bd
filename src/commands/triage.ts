import { z } from 'zod';
import { CHANNELS, THIRD_PATHS } from '../domain/issue-types.ts';
import { isTopic } from '../domain/text/topic-list.ts';
import { issueListView } from '../views/issue-list.ts';
import { acceptSuggestion, agreeLater, calm, decide, pressReassign, reportUp } from '../work/issue-decide.ts';
import { press, pressed } from '../work/issue-press.ts';
import { withNumber } from '../work/issue-typed.ts';
import { typedDecision } from '../work/issue-typed-decision.ts';
import { action, command } from './define.ts';

const target = { issue: z.number(), v: z.number() };
const words = z.string().trim().default('');
const day = z.string().optional();
const pick = <T extends string>(keys: Readonly<Record<T, string>>) =>
  z.enum(Object.keys(keys) as [T, ...T[]]);

/** 研判 (S2-60, S2-61; decisions 12, 14–21): the secretary decides in the chat, by a tap or by a line. */
export const triage = command({
  name: 'triage',
  needs: 'issue.triage',
  help: { group: 'secretary', example: '/研判 128 石小红 12-2', says: '定谁来办；只发“研判”看待研判的' },
  run(ctx, line) {
    if (line.rest.trim() === '') ctx.reply(issueListView.ref({ what: 'decide', ids: '' }));
    else
      withNumber(ctx, line.rest, '研判 128 石小红 12-2', ['handleHere', 'reassign', 'third'], (id, rest) =>
        typedDecision(ctx, id, rest),
      );
  },
  actions: {
    accept: action(z.object(target), (ctx, at) => acceptSuggestion(ctx, pressed(ctx), at)),
    here: action(z.object({ ...target, handler: z.string(), day }), (ctx, { handler, day: until, ...at }) =>
      decide(ctx, pressed(ctx), at, handler, until),
    ),
    settle: action(z.object({ ...target, result: words }), (ctx, { result, ...at }) =>
      press(ctx, pressed(ctx), at, 'settle', { result }, '记下了，请去的人记一句群众的话。', { result }),
    ),
    outside: action(
      z.object({ ...target, whom: words, number: words, day }),
      (ctx, { whom, number, day: until, ...at }) =>
        press(ctx, pressed(ctx), at, 'outside', { whom, day: until }, `已转${whom}，您跟着问到底。`, {
          outside: { whom, number: number || null },
        }),
    ),
    escalate: action(z.object(target), (ctx, at) => reportUp(ctx, pressed(ctx), at)),
    explain: action(z.object({ ...target, reason: words }), (ctx, { reason, ...at }) =>
      press(ctx, pressed(ctx), at, 'explain', { reason }, '记下了，请去的人告诉群众。', { result: reason }),
    ),
    reassign: action(z.object({ ...target, to: z.string(), day }), (ctx, { to, day: until, ...at }) =>
      pressReassign(ctx, pressed(ctx), at, to, until),
    ),
    transfer: action(
      z.object({ ...target, whom: words, number: words, channel: pick(CHANNELS) }),
      (ctx, { whom, number, channel, ...at }) =>
        press(ctx, pressed(ctx), at, 'transfer', { whom, told: { channel } }, `已转交${whom}。`, {
          outside: { whom, number: number || null },
        }),
    ),
    third: action(
      z.object({ ...target, path: pick(THIRD_PATHS), day: z.string() }),
      (ctx, { path, day: on, ...at }) =>
        press(ctx, pressed(ctx), at, 'third', { path, day: on }, `定了：${THIRD_PATHS[path]}。`),
    ),
    later: action(
      z.object({ ...target, day: z.string(), reason: words }),
      (ctx, { day: until, reason, ...at }) =>
        press(ctx, pressed(ctx), at, 'promise', { day: until, reason }, '改期了，请经办人告诉群众。'),
    ),
    agree: action(z.object(target), (ctx, at) => agreeLater(ctx, pressed(ctx), at)),
    refuse: action(z.object(target), (ctx, at) =>
      press(ctx, pressed(ctx), at, 'refuseLater', {}, '不延期，已告诉经办人。'),
    ),
    topic: action(
      z.object({ ...target, topic: z.string().refine(isTopic, '请选一个类别。') }),
      (ctx, { topic, ...at }) => press(ctx, pressed(ctx), at, 'retopic', { topic }, `改为“${topic}”。`),
    ),
    calm: action(z.object(target), (ctx, at) => calm(ctx, pressed(ctx), at)),
    alarm: action(z.object(target), (ctx, at) =>
      press(ctx, pressed(ctx), at, 'regrade', { grade: 'danger' }, '按急事办，已通知书记和副书记。'),
    ),
    list: action(z.object({}), (ctx) => ctx.reply(issueListView.ref({ what: 'decide', ids: '' }))),
  },
});
