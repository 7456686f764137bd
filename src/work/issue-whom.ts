import type { Issue } from '../../db/queries/issue-rows.ts';
import type { Ctx } from '../commands/define.ts';
import { DECIDING } from '../domain/issue-types.ts';
import { samePerson } from '../domain/names.ts';
import { handlersFor, type Reading, suggestionFor, unitsFor } from './issue-people.ts';
import { seatFor, typed } from './issue-press.ts';
import { asOfNow } from './issue-typed.ts';

/** More than these nobody reads through; the form has them all. */
const MOST = 9;

/** Who could be given it, likest to the name first, then whom [按建议办] would take; as the forms' choices carry them. */
export function likelyHolders(r: Reading, issue: Issue, name: string): { label: string; value: string }[] {
  const suggestion = suggestionFor(r, issue);
  const all = handlersFor(r, issue);
  const people = all.map((each) => ({
    label: all.filter((other) => other.name === each.name).length > 1 ? oneOf(r, each) : each.name,
    value: `m${each.memberId}`,
    rank: rankOf(name, each.name, suggestion.kind === 'member' && suggestion.memberId === each.memberId),
  }));
  const units = unitsFor(r, issue).map((unit) => ({
    label: unit.name,
    value: `u${unit.id}`,
    rank: unit.name.includes(name)
      ? 0
      : rankOf('', '', suggestion.kind === 'unit' && suggestion.unitId === unit.id),
  }));
  return [...people, ...units]
    .sort((a, b) => a.rank - b.rank)
    .slice(0, MOST)
    .map(({ label, value }) => ({ label, value }));
}

/** 李梅（梧桐社区第一支部，尾号0001）: of two of one name. */
function oneOf({ q }: Reading, { memberId, name }: { memberId: number; name: string }): string {
  const orgId = q.members.get(memberId)?.orgId;
  const tail = q.members.phone(memberId)?.slice(-4);
  const marks = [
    orgId === undefined ? '' : q.orgs.label(orgId),
    tail ? `尾号${tail}` : `名册第${memberId}位`,
  ];
  return `${name}（${marks.filter(Boolean).join('，')}）`;
}

function rankOf(said: string, name: string, suggested: boolean): number {
  const like = said === '' ? 'different' : samePerson(said, name);
  if (like !== 'different') return like === 'same' ? 0 : 1;
  // 李小梅 for 李梅: the more of it is right, the likelier.
  const right = [...said].length > 4 ? 0 : [...said].filter((character) => name.includes(character)).length;
  return right > 0 ? 6 - right : suggested ? 6 : 7;
}

/** `研判 128 张三 12-2` where nobody is called so: whoever could be meant, so that one tap finishes it. */
export function offerHolders(ctx: Ctx, issue: Issue, said: string): void {
  const deciding = DECIDING.includes(issue.state);
  const seat = seatFor(ctx, typed(ctx), issue.id, deciding ? 'handleHere' : 'reassign', null);
  if (!seat) return;
  ctx.reply({
    view: 'issue.whom',
    params: { issue: issue.id, v: seat.issue.version, typed: ctx.q.typed.seal(asOfNow(said, ctx.now)) },
  });
}
