import { z } from 'zod';
import { ANSWERERS, CHANNELS, SATISFACTION } from '../domain/issue-types.ts';
import { answer, revealPhone, typedAnswer, visitorsWord } from '../work/issue-evaluate.ts';
import { press, pressed } from '../work/issue-press.ts';
import { withNumber } from '../work/issue-typed.ts';
import { action, command } from './define.ts';

const target = { issue: z.number(), v: z.number() };
const words = z.string().trim().default('');
const keys = <T extends string>(of: Readonly<Record<T, string>>) => Object.keys(of) as [T, ...T[]];

/** 评价 (签单, S2-65, S2-66; decision 19): asked by who had no hand in it. */
export const evaluate = command({
  name: 'evaluate',
  needs: 'issue.ask',
  help: { group: 'issue', example: '/评价 128 满意 电话 本人', says: '请您去问的，群众怎么说' },
  run(ctx, line) {
    withNumber(ctx, line.rest, '评 128 满意 电话 本人', ['evaluate', 'word', 'notReached'], (id, rest) =>
      typedAnswer(ctx, id, `${line.word} ${rest}`.trim()),
    );
  },
  actions: {
    ask: action(
      z.object({
        ...target,
        satisfaction: z.enum(keys(SATISFACTION), '请选满意、基本满意或不满意。'),
        channel: z.enum(keys(CHANNELS), '请选一下是怎么问的。'),
        answerer: z.enum(keys(ANSWERERS), '请选一下是谁答的。'),
        witness: words,
        sentence: words,
      }),
      (ctx, { issue, v, ...said }) => answer(ctx, pressed(ctx), { issue, v }, said),
    ),
    missed: action(z.object(target), (ctx, at) =>
      press(ctx, pressed(ctx), at, 'notReached', {}, '记下了，改天再问就行，不催您。'),
    ),
    fix: action(z.object(target), (ctx, at) =>
      press(ctx, pressed(ctx), at, 'fixSignOff', {}, '好的，请重新选。'),
    ),
    good: action(z.object(target), (ctx, at) => visitorsWord(ctx, pressed(ctx), at, 'good', '')),
    fair: action(z.object(target), (ctx, at) => visitorsWord(ctx, pressed(ctx), at, 'fair', '')),
    word: action(
      z.object({
        ...target,
        satisfaction: z.enum(keys(SATISFACTION), '请选满意、基本满意或不满意。'),
        sentence: words,
      }),
      (ctx, { satisfaction, sentence, ...at }) => visitorsWord(ctx, pressed(ctx), at, satisfaction, sentence),
    ),
    bad: action(z.object({ ...target, sentence: words }), (ctx, { sentence, ...at }) =>
      visitorsWord(ctx, pressed(ctx), at, 'bad', sentence),
    ),
    phone: action(z.object(target), (ctx, at) => revealPhone(ctx, pressed(ctx), at)),
  },
});
