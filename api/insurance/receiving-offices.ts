import { and, eq, exists, inArray, sql } from 'drizzle-orm';
import { PUBLIC_STATUSES } from '#domain/places/catalogue.ts';
import type { Database } from '../../db/connect.ts';
import { servicePoints, sites } from '../../db/tables/places.ts';
import { refuseField } from '../http/problem.ts';

export type ReceivingOffice = { siteId: string; name: string; streetCode: string | null };

/** Places where claims are handed in. */
const receivesClaims = (db: Database) =>
  and(
    inArray(sites.status, [...PUBLIC_STATUSES]),
    exists(
      db
        .select({ one: sql`1` })
        .from(servicePoints)
        .where(and(eq(servicePoints.siteId, sites.id), eq(servicePoints.service, 'insurance_office'))),
    ),
  );

const columns = { siteId: sites.id, name: sites.name, street: sites.streetCode, district: sites.districtCode };
const officeOf = ({
  siteId,
  name,
  street,
  district,
}: {
  siteId: string;
  name: string;
  street: string | null;
  district: string | null;
}) => ({
  siteId,
  name,
  streetCode: street ?? district,
});

/** The office of this id; null for null. Throws `no_such_office` for a place that does not receive claims. */
export async function findReceivingOffice(db: Database, siteId: string | null): Promise<ReceivingOffice | null> {
  if (siteId === null) return null;
  const [row] = await db
    .select(columns)
    .from(sites)
    .where(and(eq(sites.id, siteId), receivesClaims(db)));
  if (!row) {
    throw refuseField('no_such_office', 'receivingSiteId', 'This place does not receive claims. Choose another one.');
  }
  return officeOf(row);
}

/** The offices of a street or of a district with its streets, in the order of their streets. */
export async function listReceivingOffices(db: Database, code: string): Promise<ReceivingOffice[]> {
  const rows = await db
    .select(columns)
    .from(sites)
    .where(
      and(
        receivesClaims(db),
        sql`left(coalesce(${sites.streetCode}, ${sites.districtCode}), ${code.length}::int) = ${code}`,
      ),
    )
    .orderBy(sites.streetCode, sites.id)
    .limit(200);
  return rows.map(officeOf);
}
