import type { Role } from './actor.ts';

/** A role held on an org of the line upward. `away`: on leave that day, or not to be asked for another reason. */
export interface Post {
  memberId: number;
  role: Role;
  away: boolean;
}

/** One org of a line from the record's (or handler's) org up to the root, nearest first. */
export interface Level {
  orgId: number;
  posts: readonly Post[];
}

/** Decision 17 needs these; so many roles are read of every org. */
export const SECRETARY_ROLES = ['书记', '副书记', '支部委员'] as const satisfies readonly Role[];
/** Decision 18. */
export const HEAD_ROLES = ['书记', '领导'] as const satisfies readonly Role[];

const DEPUTIES: readonly Role[] = ['副书记', '支部委员'];
const none: ReadonlySet<number> = new Set();

function holders(level: Level, roles: readonly Role[], exclude: ReadonlySet<number>): Post[] {
  const seen = new Set<number>();
  return roles
    .flatMap((role) => level.posts.filter((post) => post.role === role))
    .filter((post) => !exclude.has(post.memberId) && !seen.has(post.memberId) && seen.add(post.memberId));
}

const ids = (posts: readonly Post[]): number[] => posts.map((post) => post.memberId);

/**
 * "The secretary" (decision 17): who holds 书记 on the nearest org; then the deputies, when he is away or the decision
 * is late (one working day, or the hour grade's time); then the nearest ancestor's. Never one of `exclude`
 * (the subject of the complaint, the one who asks for the extension). In the order in which they are told.
 */
export function secretaries(
  levels: readonly Level[],
  options: { late?: boolean; exclude?: ReadonlySet<number> } = {},
): number[] {
  const exclude = options.exclude ?? none;
  for (const [index, level] of levels.entries()) {
    const first = ids(holders(level, ['书记'], exclude).filter((post) => !post.away));
    const deputies = ids(holders(level, DEPUTIES, exclude).filter((post) => !post.away));
    if (first.length > 0 && !options.late) return first;
    if (first.length > 0 || deputies.length > 0) {
      const here = [...new Set([...first, ...deputies])];
      const above =
        options.late && deputies.length === 0 ? secretaries(levels.slice(index + 1), { exclude }) : [];
      return [...new Set([...here, ...above])];
    }
  }
  return [];
}

/**
 * Danger is told to secretary and deputies at once (decision 34), of the nearest org that has any; where all of them are
 * on leave or out of reach, to those of the next one too.
 */
export function allSecretaries(levels: readonly Level[], exclude: ReadonlySet<number> = none): number[] {
  const told: number[] = [];
  for (const level of levels) {
    const here = holders(level, SECRETARY_ROLES, exclude);
    told.push(...ids(here));
    if (here.some((post) => !post.away)) break;
  }
  return [...new Set(told)];
}

/** The superior (decision 18): 书记 or 领导 of the handler's own org; of the next level up when he is one himself. */
export function superiors(levels: readonly Level[], handlerId: number | null): number[] {
  for (const level of levels) {
    const heads = holders(level, HEAD_ROLES, none);
    if (heads.length === 0 || heads.some((post) => post.memberId === handlerId)) continue;
    return ids(heads);
  }
  return [];
}

/** Rework goes to another handler, one level up (S2-66): the nearest head who has not had it in hand yet. */
export function reworkHandler(levels: readonly Level[], exclude: ReadonlySet<number>): number | null {
  for (const away of [false, true]) {
    for (const level of levels) {
      const post = holders(level, HEAD_ROLES, exclude).find((each) => each.away === away);
      if (post) return post.memberId;
    }
  }
  return null;
}

/** A member of the branch who might ask. */
export interface Candidate {
  memberId: number;
  away: boolean;
  /** Has an id on some platform: a card can reach him. */
  reachable: boolean;
  /** Call-backs that already wait for him. */
  asks: number;
}

/**
 * The asker (decision 19): neither handler, superior, logger nor subject (`exclude`). Another member of the branch,
 * the one with the fewest call-backs; else the parent's secretary; else null: it waits and Monday's list says so.
 */
export function chooseAsker(
  branch: readonly Candidate[],
  above: readonly Level[],
  exclude: ReadonlySet<number>,
  prefer: number | null = null,
): number | null {
  const fit = branch.filter((each) => !exclude.has(each.memberId) && !each.away && each.reachable);
  const before = fit.find((each) => each.memberId === prefer);
  if (before) return before.memberId;
  const next = [...fit].sort((a, b) => a.asks - b.asks || a.memberId - b.memberId)[0];
  return next?.memberId ?? secretaries(above, { exclude })[0] ?? null;
}
