import { checkupCard } from '../../cards/checkup.ts';
import { mayAnywhere } from '../domain/rights.ts';
import { errorCode } from '../lib/errors.ts';
import { settleCheckups, wantedCheckups } from '../work/checkup.ts';
import { makeEffects } from './effects.ts';
import { officeFindings, platformFindings } from './findings.ts';
import type { Parts } from './parts.ts';

const looking = new WeakSet<Parts>();

/**
 * /体检 (issue 4, point 7): asking the platforms is slow, so the wish is a row and the answer a private message. All who
 * wait get the same look; a stop before the answer is committed leaves the wish for the next start.
 */
export async function answerCheckups(parts: Parts, write: <T>(work: () => T) => Promise<T>): Promise<void> {
  if (looking.has(parts) || wantedCheckups(parts.q).length === 0) return;
  looking.add(parts);
  try {
    for (let waiting = wantedCheckups(parts.q); waiting.length > 0; waiting = wantedCheckups(parts.q)) {
      const lines = [
        ...((await parts.hostFindings?.()) ?? []),
        ...officeFindings({ ...parts, calendar: parts.calendar(), now: parts.clock.now() }),
        ...(await platformFindings(parts.platforms)),
      ];
      const card = checkupCard({ lines });
      await write(() => {
        for (const { memberId, askedAt } of waiting) tell(parts, memberId, askedAt, card);
        settleCheckups(parts.q, waiting);
      });
    }
  } catch (error) {
    parts.log.warn({ code: errorCode(error) }, 'a check-up could not be answered; tried again later');
  } finally {
    looking.delete(parts);
  }
}

/** Who is no administrator any more by then is told nothing (decision 15). */
function tell(parts: Parts, memberId: number, askedAt: number, card: ReturnType<typeof checkupCard>): void {
  const now = parts.clock.now();
  const fx = makeEffects({
    q: parts.q,
    vault: parts.vault,
    calendar: parts.calendar(),
    now,
    cause: `checkup:${memberId}:${askedAt}`,
    actorId: memberId,
    exempt: true,
    connection: null,
  });
  const actor = fx.actorOf(memberId);
  if (actor && mayAnywhere(actor, 'office.care')) fx.privately(memberId, { card });
}
