import type { Card } from '../../cards/card.ts';
import type { Actor } from '../domain/actor.ts';
import { dayOf } from '../lib/day.ts';
import type { Ways } from '../platforms/platform.ts';
import { issueCardView } from '../views/issue-card.ts';
import { issueFormView } from '../views/issue-form.ts';
import { issuesNumbered } from '../work/issue-number.ts';
import { isForm, type WayTarget, waysOf, wayTo } from '../work/ways-card.ts';
import { fillForm, formHint } from '../work/ways-fill.ts';
import { type CardAt, cardAt } from './card-at.ts';
import { type PageTarget, sealToken } from './page-token.ts';
import type { Parts } from './parts.ts';

/** A card on its way, or spoken of. */
export interface Standing {
  card: Card;
  at: CardAt;
  /** `K3F7`; null: the card is on a page, where nothing is typed. */
  code: string | null;
  /** Whose private chat; null in a group, and for somebody who is not in the roster. */
  reader: { member: number; connection: string; externalId: string } | null;
}

/** Joining a group is answered there, by the command that its button stands for. */
const TYPED_AS: Readonly<Record<string, string>> = { 'bind.start': '/绑定' };

/**
 * The other ways to everything on a card (issue 4, points 4 and 5). A matter's own number stands in the line where it
 * has one and the line is understood by it; else the card's.
 */
export function makeWays(parts: Parts, standing: Standing, now: number): Ways {
  const { q } = parts;
  const { card, at, code, reader } = standing;
  const page = (target?: PageTarget): string | null =>
    parts.publicUrl && reader
      ? `${parts.publicUrl}/f/${sealToken(parts.pageVault, { ...reader, at, target }, now)}`
      : null;
  let known: Numbered | null | undefined;
  const numbered = (): Numbered | null => {
    if (known === undefined) known = numberOf(parts, standing, now);
    return known;
  };
  return {
    line(target) {
      const way = wayTo(card, target);
      if (!way) return null;
      const typed = isForm(target) ? undefined : TYPED_AS[target.action];
      if (typed) return typed;
      const matter = numbered();
      const head = (matter && headOf(parts, standing, matter, way.target, way.word, now)) ?? code;
      if (head === null) return null;
      const start = head === code ? `${way.word} ${code}` : head;
      if (!isForm(way.target)) return start;
      // What an earlier line has said is said again by the one that is told here.
      const said = 'view' in at && typeof at.params.typed === 'string' ? q.typed.open(at.params.typed) : '';
      const { fields } = way.target;
      return `${start} ${formHint(fields, now, said === '' ? undefined : fillForm(fields, said, now))}`;
    },
    page(target) {
      if (!isForm(target) && target.url) return target.url;
      const found = wayTo(card, target)?.target;
      return found ? page(targetOf(found)) : null;
    },
    whole: () => page(),
  };
}

export function targetOf(target: WayTarget): PageTarget {
  return isForm(target)
    ? { form: target.name }
    : { action: target.action, value: target.value ?? {}, label: target.label };
}

interface Numbered {
  issue: number;
  number: number;
  actor: Actor | null;
}

/** The number of the matter that a card is of, if its reader means no other one by it. */
function numberOf(parts: Parts, { at, reader }: Standing, now: number): Numbered | null {
  if (!('view' in at) || !at.view.startsWith('issue.') || typeof at.params.issue !== 'number') return null;
  const { q } = parts;
  const issue = q.issues.get(at.params.issue);
  if (!issue) return null;
  if (!reader) return { issue: issue.id, number: issue.number, actor: null };
  const actor = q.members.actor(reader.member, dayOf(now));
  const meant = actor ? issuesNumbered({ q, now, actor, chat: { orgId: null } }, issue.number) : [];
  return meant.length === 1 && meant[0]?.id === issue.id
    ? { issue: issue.id, number: issue.number, actor }
    : null;
}

/** `退回 128`, where that is understood as this target; else null. */
function headOf(
  parts: Parts,
  { at }: Standing,
  matter: Numbered,
  target: WayTarget,
  word: string,
  now: number,
): string | null {
  if (!isForm(target) && target.action === 'issue.open') return `第${matter.number}号`;
  if (!('view' in at) || matter.actor === null || at.view === issueCardView.name)
    return `${word} ${matter.number}`;
  const own = cardAt(parts, issueCardView.ref({ issue: matter.issue }), matter.actor.memberId, now);
  if (!own) return null;
  if (isForm(target) && at.view === issueFormView.name) {
    const opener = waysOf(own).find(
      (way) =>
        !isForm(way.target) &&
        way.target.action === 'issue.form' &&
        way.target.value?.form === at.params.form,
    );
    return opener ? `${opener.word} ${matter.number}` : null;
  }
  const same = wayTo(own, target);
  return same?.word === word ? `${word} ${matter.number}` : null;
}
