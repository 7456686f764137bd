import { describe, expect, it } from 'vitest';
import { makeOffice, SECRET } from '../../bench/office/open.ts';
import { FULL, type Size, totals } from '../../bench/office/size.ts';
import { audit, household, issue, member, pairing, visit, visitor } from '../../db/schema/index.ts';
import { createVault } from '../../src/lib/vault.ts';

const SMALL: Size = {
  streets: 1,
  communitiesPerStreet: 2,
  branchesPerCommunity: 2,
  membersPerBranch: 4,
  householdsPerCommunity: 30,
  visitsPerMember: 3,
  issuesPerBranch: 20,
};

/** Everything that can be told apart, sealed words opened. */
function contents() {
  const { store, q } = makeOffice(':memory:', SMALL);
  const { db } = store;
  const vault = createVault(SECRET);
  const rows = {
    members: db.select({ name: member.name, orgId: member.orgId }).from(member).all(),
    households: db
      .select()
      .from(household)
      .all()
      .map((row) => [row.orgId, row.headName, q.households.address(row)]),
    pairings: db.select().from(pairing).all(),
    visits: db
      .select({ id: visit.id })
      .from(visit)
      .all()
      .map(({ id }) => q.visits.get(id)),
    visitors: db.select().from(visitor).all(),
    issues: db
      .select({ id: issue.id })
      .from(issue)
      .all()
      .map(({ id }) => q.issues.get(id)),
  };
  const sealed = db
    .select({ note: visit.wordsSealed })
    .from(visit)
    .all()
    .map((row) => row.note ?? '');
  const chain = { broken: q.audit.verify(), length: db.select().from(audit).all().length };
  store.close();
  return { rows, sealed: sealed.map((note) => [note, vault.open(note)] as const), chain };
}

describe('the office that the benchmark makes', () => {
  it('is the same for the same seed, to the last word', () => {
    const [one, two] = [contents(), contents()];
    expect(two.rows).toEqual(one.rows);
    expect(two.sealed.map(([, note]) => note)).toEqual(one.sealed.map(([, note]) => note));
  });

  it('has as many of everything as its size says, sealed as in real use, with a chain that holds', () => {
    const { rows, sealed, chain } = contents();
    const wanted = totals(SMALL);
    expect(rows.members).toHaveLength(wanted.members);
    expect(rows.households).toHaveLength(wanted.households);
    expect(rows.pairings).toHaveLength(wanted.households);
    expect(rows.visits).toHaveLength(wanted.visits);
    expect(rows.issues).toHaveLength(wanted.issues);
    expect(new Set(rows.issues.map((row) => row?.state)).size).toBeGreaterThan(1);
    expect(sealed.every(([note, plain]) => note.startsWith('v1.') && !note.includes(plain))).toBe(true);
    expect(chain).toEqual({ broken: null, length: wanted.visits + wanted.issues });
  });

  it('is asked for at the size the house is built for', () => {
    expect(totals(FULL)).toEqual({
      groups: 1_000,
      members: 20_000,
      households: 100_000,
      visits: 300_000,
      issues: 60_000,
    });
  });
});
