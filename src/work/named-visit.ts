import type { Visit } from '../../db/queries/visits.ts';
import type { Ctx } from '../commands/define.ts';
import { canonicalAddress } from '../domain/address.ts';
import { canonicalBuilding } from '../domain/building.ts';
import { normaliseName, samePerson } from '../domain/names.ts';
import { parseVisit } from '../domain/text/visit.ts';

/** Records of one's own that are looked through: what one still knows by heart. */
const RECENT = 30;

/** 刚才那条, 上一条走访: words that mean the newest one, or that stand beside a name. */
const THAT_ONE =
  /(?:刚才|刚刚|上面|最后|最新|最近|[上前这那])+[一1]?[条次笔个户](?!月)|刚才|刚刚|走访|记录|补记|未遇|的|我|[记写发]错了?|重来|不算了?|谢谢|一下|[掉吧]$|[。！!~]/gu;

/**
 * The recent record of the actor's own that the words behind 撤销 name, by person, place or day; 'newest' where they
 * name none, null where none fits: then nothing is to be taken back.
 */
export function namedVisit(ctx: Ctx, words: string): Visit | 'newest' | null {
  const left = words
    .replace(THAT_ONE, ' ')
    .replace(/^[\s，,：:]+|[\s，,：:]+$/gu, '')
    .trim();
  if (left === '') return 'newest';
  const { contacts, dateGiven, date, note } = parseVisit(left, { now: ctx.saidAt });
  const [contact] = contacts;
  const place = contact?.place ?? null;
  // 今天全部: more than a day, and no name. Two names: which of them went would have to be looked for.
  if (contacts.length > 1 || (place === null && !contact?.person && dateGiven && note !== null)) return null;
  // A rare name that is not read as one still names who was written down so.
  const person = contact?.person ?? (place === null && !dateGiven ? left : null);
  const fitting = ctx.q.visits.recentBy(ctx.actor.memberId, RECENT).filter((visit) => {
    if (dateGiven && visit.happenedDay !== date) return false;
    return (
      (place === null || samePlace(place, visit)) && (person === null || likeness(ctx, person, visit) > 0)
    );
  });
  const surest = fitting.find((visit) => person !== null && likeness(ctx, person, visit) > 1);
  return surest ?? fitting[0] ?? null;
}

function samePlace(place: string, visit: Visit): boolean {
  // Written by its name alone: the building is the household's.
  if (visit.place === null) return canonicalBuilding(visit.building) === canonicalBuilding(place);
  const [said, kept] = [canonicalAddress(place), canonicalAddress(visit.place)];
  if (said.canonical === kept.canonical) return true;
  return (
    (said.room === null || kept.room === null) && canonicalBuilding(place) === canonicalBuilding(visit.place)
  );
}

/** 2: written so, or sounding so; 1: may be (王奶奶 beside 王秀英); 0: another. */
function likeness(ctx: Ctx, person: string, visit: Visit): number {
  const head = visit.householdId === null ? undefined : ctx.q.households.get(visit.householdId)?.headName;
  const fits = [visit.person, head].map((name) => {
    if (!name) return 0;
    if (normaliseName(name) === normaliseName(person)) return 2;
    const same = samePerson(person, name);
    return same === 'same' ? 2 : same === 'maybe' ? 1 : 0;
  });
  return Math.max(...fits);
}
