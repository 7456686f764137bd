/** How large an office is; counts. Members, households, visits and issues are spread evenly over the branches. */
export interface Size {
  streets: number;
  communitiesPerStreet: number;
  branchesPerCommunity: number;
  membersPerBranch: number;
  householdsPerCommunity: number;
  visitsPerMember: number;
  issuesPerBranch: number;
}

/** domain.md "Numbers to be built for": 1,000 groups, 20,000 members, 100,000 households, 300,000 visits, 60,000 issues. */
export const FULL: Size = {
  streets: 20,
  communitiesPerStreet: 10,
  branchesPerCommunity: 5,
  membersPerBranch: 20,
  householdsPerCommunity: 500,
  visitsPerMember: 15,
  issuesPerBranch: 60,
};

/** One community with its people and not a single record: what "empty" means when the full office is measured against it. */
export const EMPTY: Size = {
  ...FULL,
  streets: 1,
  communitiesPerStreet: 1,
  visitsPerMember: 0,
  issuesPerBranch: 0,
};

/** Ten groups: what the load of events goes to. */
export const TEN_GROUPS: Size = {
  ...FULL,
  streets: 1,
  communitiesPerStreet: 2,
  visitsPerMember: 0,
  issuesPerBranch: 0,
};

export interface Totals {
  groups: number;
  members: number;
  households: number;
  visits: number;
  issues: number;
}

export function totals(size: Size): Totals {
  const communities = size.streets * size.communitiesPerStreet;
  const groups = communities * size.branchesPerCommunity;
  const members = groups * size.membersPerBranch;
  return {
    groups,
    members,
    households: communities * size.householdsPerCommunity,
    visits: members * size.visitsPerMember,
    issues: groups * size.issuesPerBranch,
  };
}
