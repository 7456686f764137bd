import { beforeEach, describe, expect, it } from 'vitest';
import { openStore } from '../../db/node.ts';
import { createQueries, type Queries } from '../../db/queries/index.ts';
import { factsOf, type Issue } from '../../db/queries/issue-rows.ts';
import { makeCalendar } from '../../src/domain/calendar.ts';
import { freshIssue } from '../../src/domain/issue-step.ts';
import type { IssueFacts } from '../../src/domain/issue-types.ts';
import { createVault } from '../../src/lib/vault.ts';

const calendar = makeCalendar();
const at = (time: string): number => Date.parse(`${time}+08:00`);
const NOW = at('2026-11-18T15:00');
let q: Queries;
beforeEach(() => {
  const store = openStore(':memory:');
  q = createQueries({ store, vault: createVault('a secret for tests, long enough …') });
});

function create(orgId: number, more: Partial<Parameters<Queries['issues']['create']>[0]> = {}): Issue {
  const now = more.now ?? NOW;
  return q.issues.create({
    ...freshIssue(
      { grade: 'ordinary', topic: '公共设施', loggerId: 1, triageOrgId: orgId },
      { now, calendar },
    ),
    orgId,
    year: 2026,
    householdId: null,
    visitId: null,
    building: '6号楼',
    place: '6号楼2单元501',
    person: '陈奶奶',
    words: '楼道灯不亮',
    alternatives: ['住房物业', '治安消防'],
    subjects: [],
    complaint: false,
    now,
    ...more,
  });
}
function change(issue: Issue, patch: Partial<IssueFacts>, now = NOW): Issue {
  const after = q.issues.apply(issue, { act: 'handleHere', patch, actorId: 2, now, data: { note: '私密' } });
  if (!after) throw new Error('the version moved');
  return after;
}

describe('matters', () => {
  it('are numbered per branch and year', () => {
    expect([create(3).number, create(3).number, create(4).number, create(3, { year: 2027 }).number]).toEqual([
      1, 2, 1, 1,
    ]);
  });

  it('come back as they were written', () => {
    const issue = create(3, { subjects: [7], complaint: true });
    expect(q.issues.get(issue.id)).toEqual(issue);
    expect(issue).toMatchObject({
      words: '楼道灯不亮',
      person: '陈奶奶',
      alternatives: ['住房物业', '治安消防'],
      subjects: [7],
      version: 1,
      former: [],
      result: null,
    });
  });

  it('change once a version: who was slower gets nothing', () => {
    const issue = create(3);
    expect(change(issue, { state: 'handling', handlerId: 5, former: [4] })).toMatchObject({
      version: 2,
      handlerId: 5,
      former: [4],
    });
    expect(
      q.issues.apply(issue, { act: 'dispatch', patch: { state: 'dispatched' }, actorId: 3, now: NOW }),
    ).toBeUndefined();
    expect(q.issues.steps(issue.id).map((step) => [step.act, step.from, step.to, step.data])).toEqual([
      ['report', 'reported', 'reported', {}],
      ['handleHere', 'reported', 'handling', { note: '私密' }],
    ]);
  });

  it('go back to what they were, texts too, and the trace stays out of sight', () => {
    const issue = create(3);
    const settled = q.issues.apply(issue, {
      act: 'settle',
      patch: { state: 'settledOnSpot' },
      actorId: 2,
      now: NOW,
      result: '换了灯',
    });
    if (!settled) throw new Error('not applied');
    const last = q.issues.last(issue.id);
    expect(last).toMatchObject({ act: 'settle', actorId: 2, before: factsOf(issue) });
    const back = q.issues.undo(settled, { act: 'takeBack', patch: last?.before ?? {}, actorId: 2, now: NOW });
    expect(back).toMatchObject({ ...factsOf(issue), result: null, version: 3 });
    expect(q.issues.last(issue.id)?.act).toBe('report');
    expect(q.issues.steps(issue.id)).toHaveLength(1);
  });
});

describe('lists', () => {
  it('give open matters of a subtree by due time, with what was reported up to it', () => {
    const late = create(3, { now: at('2026-11-20T10:00') });
    const soon = create(4);
    const up = create(9, { triageOrgId: 3, state: 'escalated', dueAt: null });
    change(create(3), { state: 'closed', closedAt: NOW, closeKind: 'solved' });
    expect(q.issues.openOf([3, 4]).map((head) => head.id)).toEqual([soon.id, late.id, up.id]);
    expect(q.issues.waitingAt([3]).map((head) => head.id)).toEqual([late.id, up.id]);
  });

  it('say what waits for a member, whatever his part', () => {
    const handled = change(create(3), { state: 'handling', handlerId: 5, promisedDay: '2026-11-25' });
    const asked = change(create(3), { state: 'awaitingSignOff', askerId: 5 });
    const spot = create(3, { ownerId: 5, state: 'settledOnSpot' });
    change(create(3), { state: 'closed', handlerId: 5 });
    const untaken = change(create(3), { state: 'dispatched', handlerOrgId: 8 });
    expect(
      q.issues
        .waitingFor(5)
        .map((head) => head.id)
        .sort(),
    ).toEqual([handled.id, asked.id, spot.id]);
    expect(q.issues.promisesOf(5).map((head) => head.id)).toEqual([handled.id]);
    expect(q.issues.untakenAt([8]).map((head) => head.id)).toEqual([untaken.id]);
    expect(q.issues.untakenAt([])).toEqual([]);
    expect(q.issues.followedBy(5).map((head) => head.id)).toEqual([spot.id]);
    expect(q.issues.asksOpen([5, 6])).toEqual(new Map([[5, 1]]));
  });

  it('put overdue ones without an owner first', () => {
    const owned = change(create(3), { state: 'handling', handlerId: 5, dueAt: NOW - 10 });
    const ownerless = create(3, { dueAt: NOW - 5 });
    create(3, { dueAt: NOW + 5 });
    expect(q.issues.overdue(NOW).map((head) => head.id)).toEqual([ownerless.id, owned.id]);
  });

  it('find danger, and matters nobody can be asked about', () => {
    const danger = create(3, { grade: 'danger' });
    const utility = create(3, { grade: 'utility' });
    change(create(3, { grade: 'danger' }), { state: 'closed' });
    const unasked = change(create(3), { state: 'awaitingSignOff' });
    expect(q.issues.openDanger().map((head) => head.id)).toEqual([danger.id]);
    expect(
      q.issues
        .openHourGrades()
        .map((head) => head.id)
        .sort(),
    ).toEqual([danger.id, utility.id]);
    expect(q.issues.unaskedCount([3])).toBe(1);
    expect(q.issues.unasked(NOW)).toEqual([unasked.id]);
    expect(q.issues.unaskedCount([4])).toBe(0);
  });

  it('remember which units were given a topic, most often first', () => {
    for (const unit of [8, 9, 9]) change(create(3), { state: 'dispatched', handlerOrgId: unit });
    change(create(3, { topic: '教育' }), { state: 'dispatched', handlerOrgId: 8 });
    expect(q.issues.pastUnits(3, '公共设施')).toEqual([
      { unitId: 9, count: 2 },
      { unitId: 8, count: 1 },
    ]);
  });

  it('take more orgs than a statement takes parameters', () => {
    create(3);
    expect(q.issues.openOf(Array.from({ length: 1500 }, (_, index) => index))).toHaveLength(1);
  });
});

describe('the week of Monday’s card', () => {
  const week = (from: string, to: string) => q.issues.week([3], at(`${from}T00:00`), at(`${to}T00:00`));

  it('counts fresh ones, close kinds told apart, and the residents’ words', () => {
    const closed = (kind: IssueFacts['closeKind'], satisfaction: IssueFacts['satisfaction'], time: string) =>
      change(create(3, { now: at('2026-11-10T09:00') }), {
        state: 'closed',
        closeKind: kind,
        satisfaction,
        closedAt: at(time),
        signedAt: at(time),
      });
    closed('solved', 'good', '2026-11-11T10:00');
    closed('solved', 'fair', '2026-11-15T23:59');
    closed('explained', 'good', '2026-11-12T10:00');
    closed('withdrawn', null, '2026-11-12T10:00');
    closed('solved', 'good', '2026-11-16T00:00');
    change(create(3, { now: at('2026-11-02T09:00') }), {
      state: 'rework',
      satisfaction: 'bad',
      signedAt: at('2026-11-13T10:00'),
    });
    create(4, { now: at('2026-11-10T09:00') });
    const counts = week('2026-11-09', '2026-11-16');
    expect(counts).toMatchObject({ fresh: 5, good: 2, fair: 1, bad: 1 });
    expect(Object.fromEntries(counts.closed.map((each) => [each.kind, each.count]))).toEqual({
      solved: 2,
      explained: 1,
      withdrawn: 1,
    });
    expect(week('2026-11-23', '2026-11-30')).toEqual({ fresh: 0, closed: [], good: 0, fair: 0, bad: 0 });
  });
});
