import { describe, expect, it } from 'vitest';
import { type Actor, ROLES, type Role } from '../../src/domain/actor.ts';
import { fits, rightOf, TRANSITIONS } from '../../src/domain/issue.ts';
import { STATES, type State } from '../../src/domain/issue-types.ts';
import { may, type Relation } from '../../src/domain/rights.ts';

/** One letter a state, so that a row of the table can be read at a glance. */
const LETTERS: Readonly<Record<State, string>> = {
  reported: 'r',
  escalated: 'e',
  settledOnSpot: 's',
  handling: 'h',
  dispatched: 'd',
  outside: 'o',
  explained: 'x',
  rework: 'w',
  thirdPath: 't',
  resolved: 'v',
  awaitingSignOff: 'a',
  closed: 'c',
};
const ACTS = [...new Set(TRANSITIONS.map((row) => row.act))];
const ORG = '/1/4/7/';
type Grid = Record<string, string>;

function grid(role: Role | null, relations: readonly Relation[], path = ORG): Grid {
  const roles = role ? [{ role, orgId: 7, path }] : [];
  const actor: Actor = { memberId: 1, name: '某人', orgId: 7, orgPath: ORG, communityId: null, roles };
  const rows: Grid = {};
  for (const act of ACTS) {
    const right = rightOf(act);
    const states = STATES.filter(
      (state) => right !== null && fits(act, state) && may(actor, right, { path: ORG, relations }),
    );
    if (states.length > 0) rows[act] = states.map((state) => LETTERS[state]).join('');
  }
  return rows;
}

/** 研判 and everything that follows from it; the org's own leaders may tell the resident too. */
const CENTRE: Grid = {
  settle: 're',
  handleHere: 're',
  dispatch: 're',
  outside: 're',
  escalate: 're',
  explain: 're',
  reassign: 'hdow',
  promise: 'hdow',
  refuseLater: 'hdow',
  third: 't',
  withdraw: 'reshdoxwtva',
  transfer: 'rehdowt',
  retopic: 'reshdoxwtva',
  regrade: 'rehdow',
  reopen: 'c',
};
const SECRETARY: Grid = { ...CENTRE, told: 'hdoxwv' };
const WORKER: Grid = { claim: 'dw', return: 'hd', askLater: 'hdow', resolve: 'hdowt', told: 'hdoxwv' };

const BY_ROLE: Readonly<Record<Role, Grid>> = {
  党员: { reopen: 'c' },
  网格员: { reopen: 'c' },
  楼栋长: { reopen: 'c' },
  书记: SECRETARY,
  副书记: SECRETARY,
  支部委员: SECRETARY,
  诉求中心: CENTRE,
  领导: { reopen: 'c' },
  承办联系人: {},
  组织部: {},
  管理员: {},
  居民志愿者: {},
};

const BY_RELATION: Readonly<Record<Exclude<Relation, 'self' | 'typist' | 'visitor' | 'paired'>, Grid>> = {
  logger: { word: 's', withdraw: 'reshdoxwtva', regrade: 'rehdow', reopen: 'c' },
  owner: { word: 's', told: 'hdoxwv', withdraw: 'reshdoxwtva', regrade: 'rehdow', reopen: 'c' },
  decider: { told: 'hdoxwv' },
  handler: WORKER,
  former: {},
  handlerUnit: WORKER,
  superior: {},
  asker: { evaluate: 'a', notReached: 'a', reopen: 'c' },
  subject: {},
  maker: { fixSignOff: 'wtac', takeBack: 'eshdoxwtvac' },
};

describe('role × action × state (decision 14)', () => {
  it.each(ROLES)('%s over the org may do exactly this', (role) => {
    expect(grid(role, [])).toEqual(BY_ROLE[role]);
  });

  it.each(ROLES)('%s of an ancestor may do the same, of a sister org nothing', (role) => {
    expect(grid(role, [], '/1/')).toEqual(BY_ROLE[role]);
    expect(grid(role, [], '/1/4/8/')).toEqual({});
    expect(grid(role, [], '/1/4/7/9/')).toEqual({});
  });

  it.each(Object.keys(BY_RELATION) as (keyof typeof BY_RELATION)[])(
    'the %s may do exactly this',
    (relation) => {
      expect(grid(null, [relation])).toEqual(BY_RELATION[relation]);
    },
  );

  it('lets the subject of a complaint do nothing, whatever he is otherwise (care 11)', () => {
    for (const role of ROLES) {
      const rows = grid(role, ['subject', 'logger', 'owner', 'asker']);
      expect(Object.keys(rows).filter((act) => act !== 'told')).toEqual([]);
    }
  });

  it('never lets handler, superior or logger answer for the resident (decision 19)', () => {
    for (const relation of ['handler', 'superior', 'logger', 'subject'] as const) {
      expect(grid('书记', ['asker', relation]).evaluate).toBeUndefined();
    }
    expect(grid('书记', ['asker']).evaluate).toBe('a');
  });

  it('lets nobody approve his own extension or withdraw what he handles', () => {
    expect(grid('书记', ['handler']).promise).toBeUndefined();
    expect(grid('书记', ['handler', 'logger']).withdraw).toBeUndefined();
  });

  it('asks one right for all rows of an act', () => {
    for (const act of ACTS) {
      expect(new Set(TRANSITIONS.filter((row) => row.act === act).map((row) => row.right)).size).toBe(1);
    }
  });
});
