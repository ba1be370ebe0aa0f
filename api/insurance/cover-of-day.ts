import { and, eq, inArray, ne, sql } from 'drizzle-orm';
import { type BenefitStep, type CoverUse, NOTHING_USED } from '#domain/insurance/benefit.ts';
import type { DayRange } from '#domain/insurance/enrolment-contract.ts';
import { addDays } from '#domain/time/shanghai.ts';
import type { Database } from '../../db/connect.ts';
import { claimLines, claims } from '../../db/tables/claims.ts';
import { covers, enrolments } from '../../db/tables/enrolments.ts';

export type DayCover = {
  coverId: string;
  enrolmentId: string;
  insurerId: string;
  termsVersion: string;
};

const firstDay = sql<string>`lower(${covers.days})::text`;
const lastDay = sql<string>`(upper(${covers.days}) - 1)::text`;
/** How far around an accident its claimant's covered days are shown. */
const AROUND_DAYS = 60;

/** What covers a person on a day; null: nothing does. */
export async function findCoverOfDay(db: Database, personId: string, day: string): Promise<DayCover | null> {
  const [row] = await db
    .select({
      coverId: covers.id,
      enrolmentId: covers.enrolmentId,
      insurerId: covers.insurerId,
      termsVersion: enrolments.termsVersion,
    })
    .from(covers)
    .innerJoin(enrolments, eq(enrolments.id, covers.enrolmentId))
    .where(and(eq(covers.insuredPersonId, personId), eq(covers.isInsured, true), sql`${covers.days} @> ${day}::date`));
  return row ?? null;
}

/** The covered days of a person around a day, in order. */
export async function listCoveredDays(db: Database, personId: string, day: string): Promise<DayRange[]> {
  const around = sql`daterange(${addDays(day, -AROUND_DAYS)}::date, ${addDays(day, AROUND_DAYS)}::date)`;
  return db
    .select({ from: firstDay, to: lastDay })
    .from(covers)
    .where(and(eq(covers.insuredPersonId, personId), eq(covers.isInsured, true), sql`${covers.days} && ${around}`))
    .orderBy(firstDay);
}

/** The days of an enrolment around one of them, and its certificate. */
export async function getCoverOfClaim(
  db: Database,
  { enrolmentId, happenedOn }: { enrolmentId: string; happenedOn: string },
): Promise<{ enrolmentId: string; certificateCode: string; days: DayRange }> {
  const [enrolment] = await db
    .select({ certificateCode: enrolments.certificateCode })
    .from(enrolments)
    .where(eq(enrolments.id, enrolmentId));
  const [days] = await db
    .select({ from: firstDay, to: lastDay })
    .from(covers)
    .where(and(eq(covers.enrolmentId, enrolmentId), sql`${covers.days} @> ${happenedOn}::date`));
  const { certificateCode } = enrolment!;
  return { enrolmentId, certificateCode, days: days ?? { from: happenedOn, to: happenedOn } };
}

/**
 * What the other claims of the same cover have used of its limits: approved or paid, whichever is more. Whoever goes by
 * it holds the insured person's row, so that it stays so.
 */
export async function getCoverUse(db: Database, enrolmentId: string | null, exceptClaimId: string): Promise<CoverUse> {
  if (enrolmentId === null) return NOTHING_USED;
  const usedFen = sql<number>`greatest(coalesce(${claimLines.approvedFen}, 0), coalesce(${claimLines.paidFen}, 0))`;
  const rows = await db
    .select({
      kind: claimLines.kind,
      usedFen: usedFen.mapWith(Number),
      steps: sql<BenefitStep[] | null>`${claimLines.calculation} -> 'steps'`,
    })
    .from(claimLines)
    .where(
      and(
        inArray(
          claimLines.claimId,
          db
            .select({ id: claims.id })
            .from(claims)
            .where(and(eq(claims.enrolmentId, enrolmentId), ne(claims.id, exceptClaimId))),
        ),
        sql`${usedFen} > 0`,
      ),
    );
  const byKindFen = { ...NOTHING_USED.byKindFen };
  for (const row of rows) byKindFen[row.kind] += row.usedFen;
  return {
    totalFen: rows.reduce((sum, row) => sum + row.usedFen, 0),
    byKindFen,
    hospitalDays: rows.reduce((sum, { kind, steps }) => sum + (kind === 'hospital' ? paidDays(steps ?? []) : 0), 0),
  };
}

function paidDays(steps: readonly BenefitStep[]): number {
  const days = (code: BenefitStep['code']) => steps.find((step) => step.code === code)?.params.days ?? 0;
  return days('days') - days('days_per_stay') - days('days_in_all');
}
