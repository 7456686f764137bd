import { dutyNames } from '../../cards/duty-text.ts';
import type { OpenableRow } from '../../cards/issue-rows.ts';
import { type MineModel, mine, TIMES, whenForm } from '../../cards/mine.ts';
import type { IssueHead } from '../../db/queries/issue-lists.ts';
import type { Duty } from '../domain/obligation-types.ts';
import { UNIT_WORDS } from '../domain/policy.ts';
import { dayOf, sayDate, sayDay } from '../lib/day.ts';
import { dutiesOf } from '../work/duties.ts';
import { issuesOf } from '../work/issue-mine.ts';
import { issueRow } from '../work/issue-rows.ts';
import { sayLeave } from '../work/leave-text.ts';
import { progressLine } from '../work/progress.ts';
import { privateView, type ViewContext } from './define.ts';

const SHOWN = 8;

function dutyRows(duty: Duty, today: string): MineModel['short'] {
  const rows: MineModel['short'] = [];
  const unit = duty.clause.obligation ? UNIT_WORDS[duty.clause.obligation.unit] : '次';
  for (const open of duty.open) {
    const until = open.due > open.period.to ? open.due : open.until;
    rows.push({
      line: `${open.period.label}还差${open.left}${unit}，${sayDate(until, today)}前补上也算 · ${duty.clause.place}`,
      names: dutyNames(duty, open).join('、'),
    });
  }
  if (duty.left > 0) {
    const reason = duty.due > duty.period.to && duty.excuse ? `（${duty.excuse.reason}，已顺延）` : '';
    rows.push({
      line: `${progressLine(duty)} · ${sayDate(duty.due, today)}前${reason} · ${duty.clause.place}`,
      names: dutyNames(duty, duty).join('、'),
    });
  }
  return rows;
}

/** What is asked of me: 请您研判, 请接单, 请帮忙问一句, 您在办. */
function waitingRows(v: ViewContext, heads: readonly [string, IssueHead[]][]): OpenableRow[] {
  return heads.flatMap(([asked, list]) =>
    list.map((head) => ({
      issue: head.id,
      row: { ...issueRow(v, head), state: askedOf(asked, head), with: null },
    })),
  );
}

function askedOf(asked: string, head: IssueHead): string {
  if (asked !== '') return asked;
  switch (head.state) {
    case 'awaitingSignOff':
      return '请帮忙问一句';
    case 'settledOnSpot':
      return '群众怎么说';
    case 'resolved':
    case 'explained':
      return '请告诉群众';
    default:
      return '您在办';
  }
}

/** /我的: what I owe by which clause and when, what waits for me, what I promised. */
export const mineView = privateView<Record<never, never>>({
  name: 'mine',
  render(v) {
    const { viewer } = v;
    if (!viewer) return null;
    const today = dayOf(v.now);
    const duties = dutiesOf(v.q, v.calendar, viewer.memberId, today);
    const issues = issuesOf(v, viewer);
    const waiting = waitingRows(v, [
      ['请您研判', issues.decide.filter((head) => head.state === 'reported' || head.state === 'escalated')],
      ['请您定一下', issues.decide.filter((head) => head.state !== 'reported' && head.state !== 'escalated')],
      ['', issues.waiting],
      ['请接单', issues.untaken],
    ]);
    return mine({
      short: duties.flatMap((duty) => dutyRows(duty, today)),
      done: duties
        .filter((duty) => duty.owed > 0 && duty.left === 0)
        .map((duty) => `${progressLine(duty)}，做完了。`),
      waiting: waiting.slice(0, SHOWN),
      waitingTotal: waiting.length,
      promised: issues.promised.map((head) =>
        [`第${head.number}号`, head.building, head.topic, `${sayDay(head.promisedDay ?? today, today)}前`]
          .filter(Boolean)
          .join(' · '),
      ),
      followed: issues.followed.length,
      leaves: v.q.members
        .leaves(viewer.memberId)
        .filter((leave) => leave.toDay >= today)
        .map((leave) => `请假：${sayLeave(leave, today)}`),
    });
  },
});

export const whenView = privateView<Record<never, never>>({
  name: 'mine.when',
  render(v) {
    const own = v.viewer && v.q.members.get(v.viewer.memberId)?.nudgeAt;
    return v.viewer && whenForm({ time: own ?? TIMES[0] });
  },
});
