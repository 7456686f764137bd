import type { Issue } from '../../db/queries/issue-rows.ts';
import type { Effects } from '../commands/define.ts';
import { type Alarm, alarmsOf, type Whom } from '../domain/issue-alarms.ts';
import { secretaries } from '../domain/issue-people.ts';
import { issueCardView } from '../views/issue-card.ts';
import { contactsOf, decidersOf, levelsOf } from './issue-people.ts';

/** Who has it in hand: who handles, tells or asks; of a unit where nobody took it, all its contacts. */
function holdersOf(fx: Effects, issue: Issue): number[] {
  switch (issue.state) {
    case 'awaitingSignOff':
      return issue.askerId === null ? [] : [issue.askerId];
    case 'settledOnSpot':
      return [issue.ownerId];
    default:
      if (issue.handlerId !== null) return [issue.handlerId];
      return issue.handlerOrgId === null ? [] : contactsOf(fx, issue.handlerOrgId, issue);
  }
}

function peopleFor(fx: Effects, issue: Issue, { whom, urgent }: Pick<Alarm, 'whom' | 'urgent'>): number[] {
  const first = decidersOf(fx, issue);
  switch (whom) {
    case 'holder':
      return holdersOf(fx, issue);
    case 'secretary':
      return first;
    case 'deputies': {
      const late = decidersOf(fx, issue, { late: true });
      const deputies = late.filter((id) => !first.includes(id));
      // By the hour the secretary hears it again; by the day he has the card already.
      return urgent ? [...new Set([...first, ...late])] : deputies;
    }
    case 'above':
      return aboveOf(fx, issue);
  }
}

/** The secretary of the nearest level above the one that decides (decision 17). */
function aboveOf(fx: Effects, issue: Issue): number[] {
  const levels = levelsOf(fx, issue.triageOrgId);
  const own = new Set(decidersOf(fx, issue, { late: true }));
  const start = levels.findIndex((level) => level.posts.some((post) => own.has(post.memberId)));
  return secretaries(levels.slice(start + 1), { exclude: new Set([...issue.subjects, ...own]) });
}

/** Nobody there who can be told: the next who could do something about it; with nobody above, the secretary once more. */
const INSTEAD: Readonly<Record<Whom, readonly Whom[]>> = {
  holder: ['secretary', 'above'],
  deputies: ['above', 'secretary'],
  secretary: ['above'],
  above: ['secretary'],
};

/**
 * One alarm of one step, if the matter still stands where it was due (decisions 17, 34): its card goes, once more and in
 * private, to whoever is meant. Ordinary ones wait for working hours in front of the outbox. How many were told.
 */
export function raiseAlarm(fx: Effects, issueId: number, stepAt: number, stage: Alarm['stage']): number {
  const issue = fx.q.issues.get(issueId);
  if (!issue || issue.stepAt !== stepAt) return 0;
  const alarm = alarmsOf(issue, fx.calendar).find((each) => each.stage === stage && each.at <= fx.now);
  if (!alarm) return 0;
  const tell = (whom: Whom) =>
    peopleFor(fx, issue, { ...alarm, whom }).filter((id) =>
      fx.privately(
        id,
        issueCardView.ref({ issue: issueId }),
        alarm.urgent ? { lane: 'urgent', exempt: true } : { lane: 'nudge' },
      ),
    );
  let told = tell(alarm.whom);
  for (const whom of INSTEAD[alarm.whom]) if (told.length === 0) told = tell(whom);
  if (told.length > 0) fx.audit('issue.alarm', `issue:${issueId}`, { stage, whom: alarm.whom, told });
  return told.length;
}
