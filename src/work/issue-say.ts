import type { Issue } from '../../db/queries/issue-rows.ts';
import type { LastStep } from '../domain/issue-types.ts';
import { THIRD_PATHS } from '../domain/issue-types.ts';
import type { Act } from '../domain/rights.ts';
import { dayOf, MINUTE, sayDay, sayInstant } from '../lib/day.ts';
import type { Reading } from './issue-people.ts';

/** How a person is called here; a name that is not in the roster any more is 一位同志. */
export function nameOf({ q }: Reading, memberId: number | null): string {
  return (memberId === null ? undefined : q.members.get(memberId)?.name) ?? '一位同志';
}

/** Who has it in hand, as people say it: 石小红, 物业办, 市自来水公司; null while it waits. */
export function holderName(r: Reading, issue: Issue): string | null {
  if (issue.state === 'outside') return issue.outside?.whom ?? null;
  if (issue.handlerOrgId !== null) {
    const unit = r.q.orgs.get(issue.handlerOrgId)?.name ?? '承办单位';
    return issue.handlerId === null ? unit : `${unit}${nameOf(r, issue.handlerId)}`;
  }
  return issue.handlerId === null ? null : nameOf(r, issue.handlerId);
}

/**
 * The end of a term within a sentence: 12月2日; 今天11:03 where the grade counts hours, for a day would be too late there.
 * `say` puts a day in words.
 */
export function dueWords(
  { now }: Pick<Reading, 'now'>,
  { grade, dueAt }: Pick<Issue, 'grade' | 'dueAt'>,
  say: (day: string, today: string) => string = sayDay,
): string {
  if (dueAt === null) return '';
  return grade === 'danger' || grade === 'utility' ? sayInstant(dueAt, now) : say(dayOf(dueAt), dayOf(now));
}

/** What a step came to, without who and when: 派给物业办. */
export function saidOf(r: Reading, issue: Issue, last: LastStep): string {
  const day = dueWords(r, issue);
  switch (last.act) {
    case 'settle':
      return '记为当场已解决';
    case 'handleHere':
      return `交${holderName(r, issue) ?? '本支部'}，${day}前`;
    case 'dispatch':
      return `派给${holderName(r, issue) ?? '承办单位'}，${day}前`;
    case 'outside':
      return `转${issue.outside?.whom ?? '别处'}办，${day}前`;
    case 'escalate':
      return `上报${r.q.orgs.get(issue.triageOrgId)?.name ?? '上级'}`;
    case 'explain':
      return '定为解释疏导';
    case 'reassign':
      return `改由${holderName(r, issue) ?? '别人'}办，${day}前`;
    case 'claim':
      return '接单';
    case 'return':
      return '退回';
    case 'askLater':
      return `申请延到${issue.laterDay === null ? '后面' : sayDay(issue.laterDay, dayOf(r.now))}，等书记答复`;
    case 'promise':
      return `改期到${day}`;
    case 'refuseLater':
      return '定了不延期';
    case 'resolve':
      return '办好';
    case 'told':
      return '告诉群众';
    case 'word':
    case 'evaluate':
      return '记下群众的话';
    case 'notReached':
      return '去问过，没联系上';
    case 'third':
      return `定了${issue.thirdPath ? THIRD_PATHS[issue.thirdPath] : '办法'}，${day}`;
    case 'withdraw':
      return '按群众的意思撤回';
    case 'transfer':
      return `转交${issue.outside?.whom ?? '别处'}`;
    case 'retopic':
      return `改为“${issue.topic}”`;
    case 'regrade':
      return '改了缓急';
    case 'reopen':
      return '又报上来，再办一次';
    default:
      return '报上来';
  }
}

/** `贺立刚刚已派给物业办，12月2日前。` to whom a colleague was faster (cards.md). */
export function whoWasFaster(r: Reading, issue: Issue, last: LastStep, me: number): string {
  const who = last.actorId === me ? '您' : nameOf(r, last.actorId);
  const when = r.now - last.at <= 10 * MINUTE ? '刚刚' : sayInstant(last.at, r.now);
  return `${who}${when}已${saidOf(r, issue, last)}。`;
}

/** To a wrong press: says whose it is, blames and reminds nobody (decision 12). */
const WHOSE: Partial<Record<Act, string>> = {
  'issue.triage': '这件事由书记研判。',
  'issue.third': '这件事由书记来定。',
  'issue.extend': '延不延期由书记来定，不由经办人自己定。',
  'issue.handle': '这件事由经办人来办。',
  'issue.return': '这件事由经办人来退回。',
  'issue.promise': '延期由经办人来申请。',
  'issue.tell': '这件事由经办人去告诉群众。',
  'issue.ask': '由没有经手、系统请到的人去问群众。',
  'issue.word': '群众的话由去的人来记。',
  'issue.withdraw': '经办人不能自己撤。请点“办好了”，选“已撤回”，会请别人问一句群众。',
  'issue.reopen': '这件事请本支部的党员来报。',
  'issue.takeBack': '由刚才做这一步的人来收回。',
  'issue.calm': '缓急由报的人或书记来改。',
};

export function whose(right: Act | null): string {
  return (right && WHOSE[right]) ?? '这一步不在您这里。';
}
