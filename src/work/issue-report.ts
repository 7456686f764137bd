import type { Issue } from '../../db/queries/issue-rows.ts';
import type { Ctx, Line } from '../commands/define.ts';
import { canonicalAddress } from '../domain/address.ts';
import { isSubject, wordsOfComplaint } from '../domain/complaint.ts';
import { secretaries } from '../domain/issue-people.ts';
import { freshIssue } from '../domain/issue-step.ts';
import { parseIssue } from '../domain/text/issue.ts';
import { classifyTopic } from '../domain/text/topic.ts';
import { gradeOf } from '../domain/text/urgent.ts';
import { yearOf } from '../lib/day.ts';
import { complainedAbout } from './issue-complaint.ts';
import { cardRef, sendCard } from './issue-notices.ts';
import { decidersOf, levelsOf } from './issue-people.ts';
import { matchHousehold } from './match-household.ts';
import { orgOfRecord, placeScope } from './place.ts';

interface Report {
  orgId: number;
  householdId: number | null;
  visitId: number | null;
  building: string;
  place: string | null;
  person: string | null;
  words: string;
  complaint: boolean;
  subjects: number[];
}

/** `/诉求 6号楼 陈奶奶 楼道灯坏了三天`: one line becomes a matter, its number, its cards. Words are frozen (S3-36). */
export function receiveIssue(ctx: Ctx, line: Line, example: string): void {
  const { q, actor } = ctx;
  const parsed = parseIssue(line.rest, { now: ctx.saidAt });
  const orgId = orgOfRecord(ctx.chat, actor);
  const { complaint, subjects } = complainedAbout(ctx, orgId, `${line.word} ${line.rest}`);
  const said = [parsed.person, ...parsed.more.map((each) => each.person)];
  const named = (person: string | null) => (person !== null && isSubject(person, subjects) ? null : person);
  const people = said.map(named).filter(isText);
  // Whom the words are about was taken out of them as the resident: then they stay as typed.
  const blamed = said.filter((person) => person !== null && named(person) === null);
  const apart = [parsed.place, ...parsed.more.map((each) => each.place), ...people];
  const words =
    blamed.length > 0
      ? wordsOfComplaint(line.rest, apart.filter(isText), [...blamed, parsed.text.trim()].join(' '))
      : parsed.text.trim() || (parsed.place === null && parsed.person === null ? line.rest.trim() : '');
  if (words === '') {
    ctx.reply({ text: `请把群众说的事也写上，一句话就行。例如：${example}` });
    return;
  }
  const person = people.length > 0 ? people.join('、') : null;
  const { household } = matchHousehold(q, {
    scope: placeScope(q, orgId),
    place: parsed.place,
    person: named(parsed.person),
    memberId: actor.memberId,
    day: ctx.today,
    now: ctx.now,
  });
  report(ctx, {
    orgId,
    householdId: household?.id ?? null,
    visitId: null,
    building: canonicalAddress(parsed.place ?? '').building ?? household?.building ?? '',
    place: parsed.place,
    person,
    words,
    complaint,
    subjects: subjects.map((each) => each.memberId),
  });
}

const isText = (text: string | null): text is string => text !== null && text !== '';

/** `转为诉求` on a visit: place, person and words come from the record; nobody types them again (care 29). */
export function issueFromVisit(ctx: Ctx, visitId: number): void {
  const visit = ctx.q.visits.get(visitId);
  if (!visit || visit.withdrawnAt !== null) {
    ctx.toast('这条走访已经不在了。', 'bad');
    return;
  }
  const mine =
    visit.typistId === ctx.actor.memberId ||
    ctx.q.visits.visitors(visitId).some((each) => each.memberId === ctx.actor.memberId);
  if (!mine) {
    ctx.toast('这条走访由去的人来转。', 'bad');
    return;
  }
  const before = ctx.q.issues.ofVisit(visitId);
  if (before) {
    ctx.toast(`已经转过了，是第${before.number}号。`);
    ctx.reply(cardRef(before.id));
    return;
  }
  if (!visit.note) {
    ctx.toast('这条走访没写什么事，请先点“修改”补上一句。', 'bad');
    return;
  }
  const { complaint, subjects } = complainedAbout(ctx, visit.orgId, visit.note);
  const issue = report(ctx, {
    orgId: visit.orgId,
    householdId: visit.householdId,
    visitId,
    building: visit.building,
    place: visit.place,
    person: visit.person,
    words: visit.note,
    complaint,
    subjects: subjects.map((each) => each.memberId),
  });
  ctx.toast(`已转为第${issue.number}号。`, 'good');
}

function report(ctx: Ctx, given: Report): Issue {
  const { q, actor, now } = ctx;
  const { topic, alternatives } = classifyTopic(given.words);
  const grade = gradeOf(topic, given.words);
  const triageOrgId = decidingOrg(ctx, given.orgId, given.subjects);
  const facts = freshIssue(
    { grade, topic, loggerId: actor.memberId, triageOrgId },
    { now, calendar: ctx.calendar },
  );
  const issue = q.issues.create({ ...facts, ...given, alternatives, year: yearOf(ctx.today), now });
  ctx.audit('issue.report', `issue:${issue.id}`, {
    number: issue.number,
    org: issue.orgId,
    topic,
    grade: issue.grade,
  });
  const deciders = decidersOf(ctx, issue);
  sendCard(ctx, issue, deciders, actor.memberId);
  postInGroups(ctx, issue);
  // Who decides himself gets one card for both.
  ctx.reply(
    deciders.includes(actor.memberId)
      ? cardRef(issue.id)
      : { view: 'issue.receipt', params: { issue: issue.id } },
  );
  return issue;
}

/**
 * Where the decision waits: the record's org (decision 16). When that has no secretary of its own (a community typed for
 * in private), the reporter's own branch inside it decides, rather than the level above; without either, whoever is above.
 */
function decidingOrg(ctx: Ctx, orgId: number, subjects: readonly number[]): number {
  const { q, actor } = ctx;
  const exclude = new Set(subjects);
  const here = levelsOf(ctx, orgId);
  const own = levelsOf(ctx, actor.orgId);
  if (actor.orgId === orgId || secretaries(here.slice(0, 1), { exclude }).length > 0) return orgId;
  const inside = actor.orgPath.startsWith(q.orgs.get(orgId)?.path ?? '-');
  if (inside && secretaries(own.slice(0, 1), { exclude }).length > 0) return actor.orgId;
  return secretaries(here, { exclude }).length === 0 && secretaries(own, { exclude }).length > 0
    ? actor.orgId
    : orgId;
}

/** The de-identified card stands in the branch's work group (decision 12); a complaint about a person stays out (care 11). */
function postInGroups(ctx: Ctx, issue: Issue): void {
  const { q, chat } = ctx;
  const orgs = [...new Set([issue.orgId, issue.triageOrgId])];
  const groups = issue.subjects.length > 0 ? [] : orgs.flatMap((id) => q.chats.workGroups(id));
  const here = groups.find((group) => group.id === chat.id);
  for (const group of here ? [here] : groups) {
    ctx.toGroup(
      group.id,
      { view: 'issue.group', params: { issue: issue.id } },
      { lane: issue.grade === 'danger' ? 'urgent' : 'answer' },
    );
  }
  if (!here) ctx.groupLine({ kind: 'noted' });
}
