import { desc, eq, lte } from 'drizzle-orm';
import type { PolicyTerms } from '#domain/insurance/policy-terms.ts';
import type { Database } from '../../db/connect.ts';
import { policyTerms } from '../../db/tables/enrolments.ts';

export async function getTermsOf(db: Database, version: string): Promise<PolicyTerms> {
  const [row] = await db
    .select({ document: policyTerms.document })
    .from(policyTerms)
    .where(eq(policyTerms.version, version));
  return row!.document;
}

/** The terms in force on a day; null before the first. */
export async function findTermsOn(db: Database, day: string): Promise<PolicyTerms | null> {
  const [row] = await db
    .select({ document: policyTerms.document })
    .from(policyTerms)
    .where(lte(policyTerms.validFrom, day))
    .orderBy(desc(policyTerms.validFrom), desc(policyTerms.createdAt))
    .limit(1);
  return row?.document ?? null;
}
