import { issueCard } from '../../cards/issue-card.ts';
import { issueWhom } from '../../cards/issue-whom.ts';
import { dayToCome } from '../domain/issue-line.ts';
import { DECIDING } from '../domain/issue-types.ts';
import { dayOf, sayDay } from '../lib/day.ts';
import { faceOf } from '../work/issue-face.ts';
import { canStep, seatAt } from '../work/issue-load.ts';
import { likelyHolders } from '../work/issue-whom.ts';
import { privateView } from './define.ts';

/** So much of what was typed is repeated. */
const SAID = 20;
const HINT =
  '也可以这样发：研判 128 石小红 12-2；研判 128 派 物业办；研判 128 上报；研判 128 解释 怎么说；研判 128 当场 怎么解决的。';

/** Whom a typed decision may mean, likest first; `typed` is sealed by `q.typed`. A matter that moved on shows itself. */
export const issueWhomView = privateView<{ issue: number; v: number; typed: string }>({
  name: 'issue.whom',
  follows: ({ issue }) => [`issue:${issue}`],
  render(v, { issue: id, v: version, typed }) {
    const seat = v.viewer && seatAt(v, id, v.viewer);
    if (!seat) return null;
    const { issue } = seat;
    const deciding = DECIDING.includes(issue.state);
    if (issue.version !== version || !canStep(seat, deciding ? 'handleHere' : 'reassign'))
      return issueCard(faceOf(v, seat));
    const said = v.q.typed.open(typed);
    const dated = dayToCome(said, v.now);
    const name = (dated?.rest ?? said).trim();
    return issueWhom({
      id,
      v: version,
      number: issue.number,
      said: name.length > SAID ? `${name.slice(0, SAID)}…` : name,
      until: dated ? sayDay(dated.day, dayOf(v.now)) : null,
      day: dated?.day ?? null,
      give: deciding ? { action: 'triage.here', as: 'handler' } : { action: 'triage.reassign', as: 'to' },
      choices: likelyHolders(v, issue, name),
      form: deciding ? 'here' : 'reassign',
      hint: HINT.replaceAll('128', String(issue.number)),
    });
  },
});
