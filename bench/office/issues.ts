import { sql } from 'drizzle-orm';
import { issue, issueStep } from '../../db/schema/index.ts';
import { makeCalendar } from '../../src/domain/calendar.ts';
import { freshIssue } from '../../src/domain/issue-step.ts';
import type { IssueFacts } from '../../src/domain/issue-types.ts';
import { DAY, dayOf } from '../../src/lib/day.ts';
import type { Branch, Generated, Home, Writing } from './generate.ts';
import { NEEDS } from './words.ts';

/** Of a hundred matters so many are still open. */
const OPEN = 5;

/** A year of matters: most closed and told, the newest open in every state that waits for somebody. */
export function writeIssues(writing: Writing, { branches, homes }: Generated): void {
  const { size, random, now, vault, q } = writing;
  const inserts = statements(writing);
  const calendar = makeCalendar();
  const rows = branches.flatMap((branch) =>
    Array.from({ length: size.issuesPerBranch }, (_, nth) => ({ branch, nth })),
  );
  writing.each(rows, ({ branch, nth }) => {
    const near = homes.get(branch.communityId) ?? [];
    const home = near[random.below(near.length)];
    const logger = branch.members[random.below(branch.members.length)];
    if (!home || !logger) return;
    const open = nth >= size.issuesPerBranch * (1 - OPEN / 100);
    const age = open ? random.below(3) : 3 + random.below(360);
    const createdAt = now - age * DAY - random.below(5) * 3_600_000;
    const need = random.pick(NEEDS);
    const facts: IssueFacts = {
      ...freshIssue(
        { grade: 'ordinary', topic: need.topic, loggerId: logger.id, triageOrgId: branch.id },
        { now: createdAt, calendar },
      ),
      ...(open ? standing(branch, nth) : closed(branch, createdAt, random.chance(90))),
    };
    const id = inserts.add(branch, home, facts, nth, createdAt, vault.seal(need.words));
    const moves = open
      ? facts.state === 'reported'
        ? []
        : ['handleHere']
      : ['handleHere', 'resolve', 'told', 'evaluate'];
    for (const act of ['report', ...moves]) inserts.step(id, act, createdAt, logger.id);
    q.audit.append({
      at: createdAt,
      actorId: logger.id,
      act: 'issue.report',
      subject: `issue:${id}`,
      data: { id },
    });
  });
}

function standing(branch: Branch, nth: number): Partial<IssueFacts> {
  const handlerId = branch.members[nth % branch.members.length]?.id ?? null;
  const askerId = branch.members[(nth + 3) % branch.members.length]?.id ?? null;
  if (nth % 3 === 0) return {};
  if (nth % 3 === 1) return { state: 'handling', handlerId, deciderId: branch.members[0]?.id ?? null };
  return { state: 'awaitingSignOff', handlerId, askerId, deciderId: branch.members[0]?.id ?? null };
}

function closed(branch: Branch, createdAt: number, good: boolean): Partial<IssueFacts> {
  const at = createdAt + 2 * DAY;
  return {
    state: 'closed',
    deciderId: branch.members[0]?.id ?? null,
    handlerId: branch.members[1]?.id ?? null,
    askerId: branch.members[2]?.id ?? null,
    closeKind: 'solved',
    satisfaction: good ? 'good' : 'fair',
    dueAt: null,
    promisedDay: dayOf(at),
    toldAt: at,
    signedAt: at,
    closedAt: at,
  };
}

function statements({ db, vault }: Writing) {
  const at = (name: string) => sql.placeholder(name);
  const insert = db
    .insert(issue)
    .values({
      orgId: at('orgId'),
      year: at('year'),
      number: at('number'),
      householdId: at('householdId'),
      building: at('building'),
      placeSealed: at('placeSealed'),
      personSealed: at('personSealed'),
      wordsSealed: at('wordsSealed'),
      topic: at('topic'),
      alternatives: '[]',
      grade: at('grade'),
      state: at('state'),
      loggerId: at('loggerId'),
      ownerId: at('ownerId'),
      triageOrgId: at('triageOrgId'),
      deciderId: at('deciderId'),
      handlerId: at('handlerId'),
      stepAt: at('stepAt'),
      dueAt: at('dueAt'),
      promisedDay: at('promisedDay'),
      toldAt: at('toldAt'),
      closeKind: at('closeKind'),
      askerId: at('askerId'),
      satisfaction: at('satisfaction'),
      signedAt: at('signedAt'),
      createdAt: at('createdAt'),
      closedAt: at('closedAt'),
    })
    .returning({ id: issue.id })
    .prepare();
  const insertStep = db
    .insert(issueStep)
    .values({
      issueId: at('issueId'),
      act: at('act'),
      fromState: 'reported',
      toState: 'reported',
      actorId: at('actorId'),
      at: at('at'),
      dataSealed: at('dataSealed'),
    })
    .prepare();
  return {
    add(
      branch: Branch,
      home: Home,
      facts: IssueFacts,
      nth: number,
      createdAt: number,
      wordsSealed: string,
    ): number {
      return insert.get({
        ...facts,
        orgId: branch.id,
        year: Number(dayOf(createdAt).slice(0, 4)),
        // One sequence over both years: numbers stay unique, and that is all that is asked of them here.
        number: nth + 1,
        householdId: home.id,
        building: home.building,
        placeSealed: vault.seal(home.address),
        personSealed: vault.seal(home.head),
        wordsSealed,
        createdAt,
      }).id;
    },
    step(issueId: number, act: string, when: number, actorId: number): void {
      insertStep.run({
        issueId,
        act,
        actorId,
        at: when,
        dataSealed: act === 'report' ? null : vault.seal(`{"act":"${act}"}`),
      });
    },
  };
}
