import type { Card, Values } from '../../cards/card.ts';
import type { GroupSafe } from '../../cards/group-text.ts';
import type { Queries } from '../../db/queries/index.ts';
import type { Actor } from '../domain/actor.ts';
import type { Calendar } from '../domain/calendar.ts';

/** What a view may look at. It reads, it never writes. */
export interface ViewContext {
  q: Queries;
  /** Epoch ms of the rendering: a card shows the state at that time (decision 39). */
  now: number;
  calendar: Calendar;
  /** Whose eyes: null in a group. */
  viewer: Actor | null;
  /** It is shown anew where it stands: null would leave there what is not so any more. */
  standing?: boolean;
}

/** A matter's id plus the name of the way to show it; holds no personal data, so it may wait in the outbox in clear. */
export interface ViewRef {
  view: string;
  params: Values;
}

interface Common<P extends Values> {
  /** `<area>.<what>`, e.g. `issue.secretary`. */
  name: string;
  /** Subjects whose change makes the card stale, e.g. `issue:12`. */
  follows?(params: P): string[];
}

export interface PrivateView<P extends Values = Values> extends Common<P> {
  audience: 'private';
  /** null: there is nothing to show any more, the message is dropped. */
  render(v: ViewContext, params: P): Card | null;
}

/** A group sees only what the one function of group-visible text has made (decision 8). */
export interface GroupView<P extends Values = Values> extends Common<P> {
  audience: 'group';
  render(v: ViewContext, params: P): GroupSafe | null;
}

export type View = PrivateView | GroupView;

/** Declares a private view and gives it a typed `ref`. */
export function privateView<P extends Values>(
  definition: Omit<PrivateView<P>, 'audience'>,
): PrivateView & { ref(params: P): ViewRef } {
  return {
    ...definition,
    audience: 'private',
    ref: (params) => ({ view: definition.name, params }),
  } as PrivateView & { ref(params: P): ViewRef };
}

/** Declares a group view and gives it a typed `ref`. */
export function groupView<P extends Values>(
  definition: Omit<GroupView<P>, 'audience'>,
): GroupView & { ref(params: P): ViewRef } {
  return {
    ...definition,
    audience: 'group',
    ref: (params) => ({ view: definition.name, params }),
  } as GroupView & { ref(params: P): ViewRef };
}
