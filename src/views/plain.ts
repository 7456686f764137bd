import { plainCard } from '../../cards/plain.ts';
import { isPlain } from '../work/plain-setting.ts';
import { privateView } from './define.ts';

/** How one's own cards come. */
export const plainView = privateView<Record<never, never>>({
  name: 'plain.card',
  render: (v) => v.viewer && plainCard({ on: isPlain(v.q, v.viewer.memberId) }),
});
