import { and, desc, eq, gte, isNull, sql } from 'drizzle-orm';
import { canonicalAddress } from '../../src/domain/address.ts';
import { canonicalBuilding } from '../../src/domain/building.ts';
import { pinyinOf } from '../../src/domain/names.ts';
import { contactPoint, household, needLabel, pairing, visit } from '../schema/index.ts';
import { doorQueries } from './doors.ts';
import { isAtHousehold } from './filing.ts';
import { columnsOf, remembering, type Session } from './session.ts';

export type Household = typeof household.$inferSelect;
export type Pairing = typeof pairing.$inferSelect;
export type ContactPoint = typeof contactPoint.$inferSelect;

export interface NewHousehold {
  /** The org that scopes addresses: its community, else the branch itself. */
  orgId: number;
  /** As typed; '' when no place was said. */
  address: string;
  headName: string;
  gridId?: number | null;
  size?: number | null;
  day: string;
  now: number;
}

/** 户 with residency; look-ups by keyed digests (decisions 24, 28). Days are YYYY-MM-DD. */
export function householdQueries(session: Session) {
  const { db, vault, prepare } = session;
  const { doorsAt, written } = doorQueries(session);
  const columns = columnsOf(household);
  const byId = prepare<Household>(`select ${columns} from household where id = ?`);
  const byAddress = prepare<Household>(
    `select ${columns} from household where org_id = ? and address_digest = ? and to_day is null`,
  );
  const byBuilding = prepare<Household>(
    `select ${columns} from household where org_id = ? and building_digest = ? and to_day is null`,
  );
  const current = isNull(household.toDay);
  const byHead = db
    .select()
    .from(household)
    .where(
      and(
        eq(household.orgId, sql.placeholder('orgId')),
        eq(household.headPinyin, sql.placeholder('pinyin')),
        current,
      ),
    )
    .prepare();
  const pairingsOf = db
    .select()
    .from(pairing)
    .where(eq(pairing.memberId, sql.placeholder('memberId')))
    .prepare();
  const pointsOf = db
    .select()
    .from(contactPoint)
    .where(eq(contactPoint.memberId, sql.placeholder('memberId')))
    .prepare();
  const paired = remembering(session, (memberId: number): readonly Pairing[] => pairingsOf.all({ memberId }));
  const points = remembering(session, (memberId: number): readonly ContactPoint[] =>
    pointsOf.all({ memberId }),
  );
  const insert = db
    .insert(household)
    .values({
      orgId: sql.placeholder('orgId'),
      addressDigest: sql.placeholder('addressDigest'),
      buildingDigest: sql.placeholder('buildingDigest'),
      building: sql.placeholder('building'),
      addressSealed: sql.placeholder('addressSealed'),
      headName: sql.placeholder('headName'),
      headPinyin: sql.placeholder('headPinyin'),
      gridId: sql.placeholder('gridId'),
      size: sql.placeholder('size'),
      fromDay: sql.placeholder('fromDay'),
      createdAt: sql.placeholder('createdAt'),
    })
    .returning()
    .prepare();
  return {
    get: (id: number): Household | undefined => byId.get(id),
    doorsAt,
    atAddress: (orgId: number, canonical: string): Household[] =>
      byAddress.all(orgId, vault.digest('address', canonical)),
    inBuilding: (orgId: number, canonicalBuilding: string): Household[] =>
      byBuilding.all(orgId, vault.digest('building', canonicalBuilding)),
    byHeadPinyin: (orgId: number, pinyin: string): Household[] => byHead.all({ orgId, pinyin }),
    ofOrg: (orgId: number): Household[] =>
      db
        .select()
        .from(household)
        .where(and(eq(household.orgId, orgId), current))
        .all(),
    create(row: NewHousehold): Household {
      const place = canonicalAddress(row.address);
      written(row.orgId, place.canonical);
      return insert.get({
        orgId: row.orgId,
        addressDigest: vault.digest('address', place.canonical),
        buildingDigest: vault.digest('building', canonicalBuilding(row.address)),
        building: place.building ?? '',
        addressSealed: vault.seal(row.address),
        headName: row.headName,
        headPinyin: pinyinOf(row.headName),
        gridId: row.gridId ?? null,
        size: row.size ?? null,
        fromDay: row.day,
        createdAt: row.now,
      });
    },
    address: (row: Household): string => vault.open(row.addressSealed),
    change(
      id: number,
      set: Partial<Pick<Household, 'headName' | 'gridId' | 'size' | 'consent' | 'consentAt' | 'toDay'>>,
    ): void {
      written();
      db.update(household)
        .set({ ...set, ...(set.headName === undefined ? {} : { headPinyin: pinyinOf(set.headName) }) })
        .where(eq(household.id, id))
        .run();
    },
    setPhone(id: number, phone: string): void {
      db.update(household)
        .set({ phoneSealed: vault.seal(phone), phoneDigest: vault.digest('phone', phone) })
        .where(eq(household.id, id))
        .run();
    },
    phone: (row: Household): string | null => (row.phoneSealed ? vault.open(row.phoneSealed) : null),
    /** Needs in force (care 12), unsealed. */
    needs(id: number, day: string): { id: number; label: string; untilDay: string }[] {
      return db
        .select()
        .from(needLabel)
        .where(and(eq(needLabel.householdId, id), isNull(needLabel.endedAt), gte(needLabel.untilDay, day)))
        .all()
        .map((row) => ({ id: row.id, label: vault.open(row.labelSealed), untilDay: row.untilDay }));
    },
    addNeed(row: {
      householdId: number;
      label: string;
      authorId: number | null;
      reason: string;
      fromDay: string;
      untilDay: string;
    }): void {
      const { label, ...rest } = row;
      db.insert(needLabel)
        .values({ ...rest, labelSealed: vault.seal(label) })
        .run();
    },
    isPaired: (memberId: number, householdId: number, day: string): boolean =>
      paired(memberId).some(
        (each) =>
          each.householdId === householdId &&
          each.fromDay <= day &&
          (each.toDay === null || each.toDay >= day),
      ),
    /** All pairings of a member, ended ones included: history decides credit. */
    pairingsOf: (memberId: number): readonly Pairing[] => paired(memberId),
    pairingsAt: (householdId: number): Pairing[] =>
      db.select().from(pairing).where(eq(pairing.householdId, householdId)).all(),
    pair(row: { memberId: number; householdId: number; day: string; reason?: string }): Pairing {
      return db
        .insert(pairing)
        .values({
          memberId: row.memberId,
          householdId: row.householdId,
          fromDay: row.day,
          reason: row.reason ?? null,
        })
        .returning()
        .get();
    },
    endPairing(id: number, lastDay: string): void {
      db.update(pairing).set({ toDay: lastDay }).where(eq(pairing.id, id)).run();
    },
    contactPointsOf: (memberId: number): readonly ContactPoint[] => points(memberId),
    addContactPoint(row: {
      memberId: number;
      name: string;
      kind: ContactPoint['kind'];
      orgId?: number | null;
      day: string;
    }): ContactPoint {
      return db
        .insert(contactPoint)
        .values({
          memberId: row.memberId,
          name: row.name,
          kind: row.kind,
          orgId: row.orgId ?? null,
          fromDay: row.day,
        })
        .returning()
        .get();
    },
    endContactPoint(id: number, lastDay: string): void {
      db.update(contactPoint).set({ toDay: lastDay }).where(eq(contactPoint.id, id)).run();
    },
    /** Day of the last visit that met somebody there, or null. */
    lastMet(householdId: number): string | null {
      return (
        db
          .select({ day: visit.happenedDay })
          .from(visit)
          .where(and(isAtHousehold(householdId), eq(visit.outcome, 'met'), isNull(visit.withdrawnAt)))
          .orderBy(desc(visit.happenedDay))
          .limit(1)
          .get()?.day ?? null
      );
    },
  };
}
