import type { Issue } from '../../db/queries/issue-rows.ts';
import type { Ctx } from '../commands/define.ts';
import { answerIn, beyondSatisfaction } from '../domain/issue-answer.ts';
import { answererIn, channelIn, sentenceIn } from '../domain/issue-line.ts';
import { isSampled } from '../domain/issue-suggest.ts';
import {
  ANSWERERS,
  type Answerer,
  CHANNELS,
  type Channel,
  SATISFACTION,
  type Satisfaction,
} from '../domain/issue-types.ts';
import type { Target } from './issue-decide.ts';
import { cardRef } from './issue-notices.ts';
import { press, readable, seatFor, typed, type Voice } from './issue-press.ts';
import { askByForm } from './issue-typed.ts';

export interface Said {
  satisfaction: Satisfaction;
  channel: Channel;
  answerer: Answerer;
  witness: string;
  sentence: string;
}

/** What comes of the word: after a second 不满意 nobody does it again before the secretary has chosen a way. */
function thanks(issue: Issue, satisfaction: Satisfaction): string {
  if (satisfaction !== 'bad') return '记下了，谢谢您帮忙问这一句。';
  if (issue.state === 'thirdPath') return '记下了，等书记定下一步：接访、专题会议或评理。';
  return issue.handlerId === null && issue.handlerOrgId === null
    ? '记下了，等书记定由谁再给群众办。'
    : '记下了，这件事会换人再给群众办。';
}

/** The asker's answer: 满意 closes it, 不满意 sends it to another handler, a second one to a third way (decision 36). */
export function answer(ctx: Ctx, voice: Voice, at: Target, said: Said): void {
  press(ctx, voice, at, 'evaluate', said, (issue) => thanks(issue, said.satisfaction));
}

/** Settled on the spot: the visitor records the word, and every fifth is called back (decision 19). */
export function visitorsWord(
  ctx: Ctx,
  voice: Voice,
  at: Target,
  satisfaction: Satisfaction,
  sentence: string,
): void {
  const number = ctx.q.issues.get(at.issue)?.number ?? 0;
  press(
    ctx,
    voice,
    at,
    'word',
    { satisfaction, sentence, sampled: satisfaction !== 'bad' && isSampled(number) },
    (issue) =>
      issue.state === 'awaitingSignOff'
        ? '记下了。这件抽到回访，会请别的同志再问一句。'
        : thanks(issue, satisfaction),
  );
}

/** `评 128 满意 电话 本人`, `评 128 不满意 电话 本人 晚上还是闪`, `评 128 没联系上`, `评 128 点错了`. */
export function typedAnswer(ctx: Ctx, issueId: number, typedText: string): void {
  const text = typedText.replace(/^[/／、]/u, '').replace(/^(?:评价?|签单|回访)\s*/u, '');
  const at: Target = { issue: issueId, v: null };
  const voice = typed(ctx);
  const said = answerIn(text);
  if (text === '') {
    if (readable(ctx, voice, issueId)) ctx.reply(cardRef(issueId));
  } else if (said === 'notReached') {
    press(ctx, voice, at, 'notReached', {}, '记下了。');
  } else if (said === 'misclick') {
    press(ctx, voice, at, 'fixSignOff', {}, '好的，请重新选。');
  } else if (ctx.q.issues.get(issueId)?.state === 'settledOnSpot') {
    typedWord(ctx, voice, at, text, said);
  } else {
    typedSignOff(ctx, voice, at, text, said);
  }
}

type Heard = Satisfaction | 'unclear' | null;

/** What is not said, or said so that it may be meant either way, is asked by the form; what was said stands in it. */
function typedSignOff(ctx: Ctx, voice: Voice, at: Target, text: string, said: Heard): void {
  const satisfaction = said === 'unclear' ? null : said;
  const channel = channelIn(text);
  const answerer = answererIn(text);
  const sentence = beyondSatisfaction(sentenceIn(text));
  const lacksReason = satisfaction === 'bad' && sentence === '';
  if (satisfaction && channel && answerer && !lacksReason) {
    answer(ctx, voice, at, { satisfaction, channel, answerer, witness: '', sentence });
    return;
  }
  const words = sentence === '' ? '' : `群众怎么说的：${sentence}`;
  const how = [channel && CHANNELS[channel], answerer && ANSWERERS[answerer]];
  if (satisfaction && (sentence === '' || satisfaction === 'bad'))
    askByForm(ctx, at.issue, satisfaction, [...how, words].filter(Boolean).join(' '));
  else {
    const chosen = satisfaction && SATISFACTION[satisfaction];
    askByForm(ctx, at.issue, 'asked', [chosen, ...how, words].filter(Boolean).join(' '));
  }
}

/** The same of a matter settled on the spot: who was there is not asked how and whom he asked. */
function typedWord(ctx: Ctx, voice: Voice, at: Target, text: string, said: Heard): void {
  const sentence = beyondSatisfaction(sentenceIn(text));
  if (said === 'unclear' || said === null)
    askByForm(ctx, at.issue, 'word', sentence === '' ? '' : `群众怎么说的：${sentence}`);
  else if (said === 'bad' && sentence === '') askByForm(ctx, at.issue, 'word-bad');
  else visitorsWord(ctx, voice, at, said, sentence);
}

/** [看电话] for the one who is to ask: a reveal with purpose, on record (care 9). */
export function revealPhone(ctx: Ctx, voice: Voice, at: Target): void {
  const seat = seatFor(ctx, voice, at.issue, 'evaluate', at.v);
  if (!seat) return;
  const household =
    seat.issue.householdId === null ? undefined : ctx.q.households.get(seat.issue.householdId);
  const phone = household && ctx.q.households.phone(household);
  if (!phone) {
    voice.no('名册里没有这户的电话，可以问报来的同志。');
    return;
  }
  ctx.audit('reveal.phone', `household:${household.id}`, { purpose: '问群众满意不满意', issue: at.issue });
  ctx.toast(phone);
}
