import { and, eq, inArray, isNull, sql } from 'drizzle-orm';
import type { Values } from '../../cards/card.ts';
import type { Queries } from '../../db/queries/index.ts';
import { identity, issue, role, visit } from '../../db/schema/index.ts';
import type { Store } from '../../db/store.ts';
import type { PrivateView } from '../../src/views/define.ts';
import { issueCardView } from '../../src/views/issue-card.ts';
import { visitReceiptView } from '../../src/views/visit-receipt.ts';
import type { Press } from '../load/events.ts';

/** What is done with one card, one press after the other; every one of them is answered with a card. */
type Round = Omit<Press, 'openId' | 'messageId'>[];

interface Holder {
  memberId: number;
  externalId: string;
}

export interface DeckOptions {
  store: Store;
  q: Queries;
  connection: string;
  /** Cards that are pressed: half of them receipts of visits, half matters that somebody decides or handles. */
  cards: number;
  now: number;
}

/** Presses on each card: enough to open what it opens and to change what it changes. */
export const PRESSES_A_CARD = 4;

/**
 * Puts cards into private chats of a generated office, spread over all of it, and deals what their people press: card by
 * card, so that between two presses on one card there is one on every other.
 */
export function dealPresses(options: DeckOptions): Press[] {
  const half = Math.ceil(options.cards / 2);
  const hands = options.store.transaction(() => [
    ...receipts(options, half),
    ...matters(options, options.cards - half),
  ]);
  return Array.from({ length: PRESSES_A_CARD }, (_, nth) => nth).flatMap((nth) =>
    hands.flatMap((hand) => hand[nth] ?? []),
  );
}

/** The record is withdrawn and comes back; then 修改 opens and is given up. */
function receipts(options: DeckOptions, cards: number): Press[][] {
  const { store, connection } = options;
  const own = and(eq(identity.memberId, visit.typistId), eq(identity.connection, connection));
  const holder = { memberId: identity.memberId, externalId: identity.externalId };
  const rows = store.db
    .select({ id: visit.id, v: visit.version, batch: visit.batch, holder })
    .from(visit)
    .innerJoin(identity, own)
    .where(isNull(visit.withdrawnAt))
    .orderBy(visit.id)
    .all();
  return spread(rows, cards).map(({ id, v, batch, holder }) => {
    const params = { batch, unsure: false, word: '' };
    const at = { batch };
    return onCard(options, holder, visitReceiptView, params, [
      { action: 'withdraw.undo', value: at },
      { action: 'withdraw.restore', value: at },
      { action: 'correct.open', value: { visit: id, v: v + 2 } },
      { action: 'correct.cancel', value: at },
    ]);
  });
}

/** The secretary gives what waits for him to somebody; who handles one says that it is done. */
function matters(options: DeckOptions, cards: number): Press[][] {
  const { store, connection } = options;
  const rows = store.db
    .select({
      id: issue.id,
      v: issue.version,
      state: issue.state,
      loggerId: issue.loggerId,
      holder: identity,
    })
    .from(issue)
    .leftJoin(
      role,
      and(eq(role.orgId, issue.triageOrgId), eq(role.role, '书记'), eq(issue.state, 'reported')),
    )
    .innerJoin(
      identity,
      and(
        eq(identity.memberId, sql`coalesce(${role.memberId}, ${issue.handlerId})`),
        eq(identity.connection, connection),
      ),
    )
    .where(inArray(issue.state, ['reported', 'handling']))
    .orderBy(issue.id)
    .all();
  return spread(rows, cards).map(({ id, v, state, loggerId, holder }) => {
    const at = { issue: id, v };
    const look = { action: 'issue.open', value: { issue: id } };
    const round: Round =
      state === 'reported'
        ? [
            { action: 'issue.form', value: { ...at, form: 'here' } },
            { action: 'triage.here', value: at, form: { handler: `m${loggerId}` } },
            { action: 'issue.form', value: { issue: id, v: v + 1, form: 'reassign' } },
            look,
          ]
        : [
            { action: 'issue.form', value: { ...at, form: 'done' } },
            look,
            {
              action: 'handle.done',
              value: at,
              form: { result: '换了声控灯，试过能亮', kind: 'solved', told: 'call' },
            },
            look,
          ];
    return onCard(options, holder, issueCardView, { issue: id }, round);
  });
}

/** So many of them, evenly from the whole list. */
function spread<T>(rows: readonly T[], count: number): T[] {
  const step = rows.length / count;
  if (step < 1) throw new Error('the office is too small for so many cards');
  return Array.from({ length: count }, (_, nth) => rows[Math.floor(nth * step)]).flatMap((row) => row ?? []);
}

function onCard(
  { q, connection, now }: DeckOptions,
  { memberId, externalId }: Holder,
  view: PrivateView,
  params: Values,
  round: Round,
): Press[] {
  const subjects = view.follows?.(params) ?? [];
  const messageId = `om_pressed_${subjects[0]}`;
  q.cards.place({
    connection,
    targetType: 'user',
    targetId: externalId,
    messageId,
    viewerId: memberId,
    view: view.name,
    params,
    subjects,
    now,
  });
  return round.map((press) => ({ openId: externalId, messageId, ...press }));
}
