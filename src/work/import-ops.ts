import type { ContactPoint } from '../../db/queries/households.ts';
import type { OrgKind } from '../../db/queries/orgs.ts';
import type { Role } from '../domain/actor.ts';
import type { PlatformPerson } from './link-person.ts';

/** Names from the root down, joined by `/`: what an org is called in a file (decision 47). */
export type OrgPath = string;

/** How a person is found again: by row, platform id, phone, else name and org (decision 47). */
export interface PersonRef {
  id: number | null;
  ids: PlatformPerson[];
  phone: string | null;
  name: string;
  org: OrgPath;
}

export interface OrgOp {
  kind: 'org';
  path: OrgPath;
  /** null: not said, an existing one keeps its own. */
  orgKind: OrgKind | null;
  phone: string | null;
  /** Work groups of this org by the platform's id. */
  groups: PlatformPerson[];
}

export interface PersonOp {
  kind: 'person';
  ref: PersonRef;
  /** Roles are held on this org; it is the person's own when `home`. */
  roles: Role[];
  roleOrg: OrgPath;
  home: boolean;
  community: OrgPath | null;
  cohorts: string[];
}

export interface HouseholdOp {
  kind: 'household';
  scope: OrgPath;
  address: string;
  head: string;
  grid: OrgPath | null;
  size: number | null;
  needs: string[];
}

export interface PairingOp {
  kind: 'pairing';
  person: PersonRef;
  scope: OrgPath;
  address: string;
  head: string;
}

export interface PointOp {
  kind: 'point';
  person: PersonRef;
  name: string;
  pointKind: ContactPoint['kind'];
  scope: OrgPath;
}

/** One row of a file, checked; written by `applyImport` in the order of the list. */
export type ImportOp = OrgOp | PersonOp | HouseholdOp | PairingOp | PointOp;

export type Effect = 'new' | 'changed' | 'same';
