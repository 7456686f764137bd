import type { Visit } from '../../db/queries/visits.ts';
import type { Effects } from '../commands/define.ts';
import type { Actor } from '../domain/actor.ts';
import { may } from '../domain/rights.ts';
import { dayOf } from '../lib/day.ts';
import { visitRelations } from './change-visit.ts';
import { dutiesChanged } from './duties-changed.ts';

/**
 * Withdraws what stands of a batch, as far as the actor may (S2-19): it can be restored, and stays in the audit;
 * photos go with the last of it for good. An issue born of a visit lives on. `only`: of several families of one line the
 * one that was named. The visits that were withdrawn.
 */
export function withdrawVisits(
  fx: Effects,
  actor: Actor,
  batch: string,
  by: 'hand' | 'recall',
  only?: number,
): Visit[] {
  const { q } = fx;
  const today = dayOf(fx.now);
  const all = q.visits.ofBatch(batch).filter((visit) => visit.withdrawnAt === null);
  const standing = all
    .filter((visit) => only === undefined || visit.id === only)
    .filter((visit) =>
      may(actor, 'visit.change', {
        path: q.orgs.get(visit.orgId)?.path ?? '/',
        relations: visitRelations({ q, actor, today }, visit),
      }),
    );
  for (const visit of standing) q.visits.withdraw(visit.id, actor.memberId, fx.now);
  if (standing.length === 0) return [];
  if (only === undefined || all.length === standing.length) q.photos.drop(batch);
  fx.audit('visit.withdraw', `visits:${batch}`, {
    visits: standing.map((visit) => visit.id),
    ...(by === 'recall' ? { by } : {}),
  });
  fx.changed(`visits:${batch}`);
  dutiesChanged(
    fx,
    standing.flatMap((visit) => q.visits.visitors(visit.id)),
  );
  return standing;
}
