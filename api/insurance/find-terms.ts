import { asc, eq } from 'drizzle-orm';
import type { PolicyTerms } from '#domain/insurance/policy-terms.ts';
import { termsForDay } from '#domain/insurance/quote-enrolment.ts';
import type { Database } from '../../db/connect.ts';
import { policyTerms } from '../../db/tables/enrolments.ts';
import { Problem } from '../http/problem.ts';

/** Every version that ever was or will be in force, without its document. */
export async function listTermsVersions(db: Database) {
  const rows = await db
    .select({ version: policyTerms.version, validFrom: policyTerms.validFrom, createdAt: policyTerms.createdAt })
    .from(policyTerms)
    .orderBy(asc(policyTerms.validFrom), asc(policyTerms.createdAt));
  return rows.map(({ version, validFrom, createdAt }) => ({ version, validFrom, createdAtMs: createdAt.getTime() }));
}

/** The terms of this version. Throws `terms_not_found`. */
export async function getTerms(db: Database, version: string): Promise<PolicyTerms> {
  const [row] = await db
    .select({ document: policyTerms.document })
    .from(policyTerms)
    .where(eq(policyTerms.version, version));
  if (!row) throw new Problem('terms_not_found', `There are no policy terms ${version}.`);
  return row.document;
}

/** The terms that hold for a covered day. Throws `terms_not_found`. */
export async function getTermsForDay(db: Database, day: string): Promise<PolicyTerms> {
  const found = termsForDay(await listTermsVersions(db), day);
  if (!found) throw new Problem('terms_not_found', `No policy terms hold for ${day}.`);
  return getTerms(db, found.version);
}
