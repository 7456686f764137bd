import type { Content } from '../../cards/card.ts';
import { dayOf } from '../lib/day.ts';
import type { ViewRef } from '../views/define.ts';
import type { Parts } from './parts.ts';
import { renderView } from './payload.ts';

/** As its viewer may see it now; who has left is shown nothing (decision 15), a group has no viewer. */
export function renderFor(
  parts: Parts,
  placing: ViewRef & { viewer: number | null; standing?: boolean },
  now: number,
): Content | null {
  const { q } = parts;
  const viewer = placing.viewer === null ? null : q.members.actor(placing.viewer, dayOf(now));
  if (placing.viewer !== null && viewer === null) return null;
  return renderView(
    parts.views,
    { q, now, calendar: parts.calendar(), viewer, standing: placing.standing },
    { view: placing.view, params: placing.params },
  );
}
