import { eq, inArray } from 'drizzle-orm';
import type { Actor } from '#domain/accounts/roles.ts';
import { type Calculation, calculateBenefit } from '#domain/insurance/benefit.ts';
import type { AssessedLine } from '#domain/insurance/claim-contract.ts';
import type { Database } from '../../db/connect.ts';
import { claimLines } from '../../db/tables/claims.ts';
import { Problem, refuseField } from '../http/problem.ts';
import { getCoverUse } from './cover-of-day.ts';
import { type FoundClaim, getClaim } from './lock-claim.ts';

/**
 * What lines of a claim would come to, without storing it. Throws `claim_not_found`, `not_allowed`, `invalid_request`.
 */
export async function calculateClaim(
  db: Database,
  actor: Actor,
  id: string,
  lines: readonly AssessedLine[],
): Promise<Calculation> {
  const found = await getClaim(db, actor, id);
  const { rights } = found.actor;
  if (!rights.has('claim.assess') && !rights.has('claim.approve') && !rights.has('claim.review')) {
    throw new Problem('not_allowed', 'Benefits are worked out by who assesses, approves or reviews claims.');
  }
  return calculateLines(db, found, lines);
}

/**
 * The benefit of these lines beside what other claims of the cover have used. A line that the claimant named and the
 * assessor leaves out comes to nothing. Throws `invalid_request` for lines that are not the claim's, or twice.
 */
export async function calculateLines(
  db: Database,
  found: FoundClaim,
  lines: readonly AssessedLine[],
): Promise<Calculation> {
  const { claim, terms, facts } = found;
  const known = await checkLines(db, found, lines);
  const leftOut = known.find(({ id, paidFen }) => paidFen && !lines.some((line) => line.id === id));
  if (leftOut) {
    throw refuseField(
      'invalid_request',
      'lines',
      `lines: something was paid for line ${leftOut.id} already; put it in`,
    );
  }
  return calculateBenefit({
    terms,
    lines,
    isCovered: facts.isCovered,
    used: await getCoverUse(db, claim.enrolmentId, claim.id),
    paidFen: new Map(known.map(({ id, paidFen }) => [id, paidFen ?? 0])),
  });
}

/** Checks that lines can be this claim's, and answers those that it has. */
export async function checkLines(
  db: Database,
  { claim, terms }: FoundClaim,
  lines: readonly AssessedLine[],
): Promise<(typeof claimLines.$inferSelect)[]> {
  if (new Set(lines.map(({ id }) => id)).size < lines.length) {
    throw refuseField('invalid_request', 'lines', 'lines: each line is put in once');
  }
  if (lines.filter(({ kind }) => kind === 'death').length > 1) {
    throw refuseField('invalid_request', 'lines', 'lines: a claim has one line for death at most');
  }
  const known = await db.select().from(claimLines).where(eq(claimLines.claimId, claim.id));
  const kinds = new Map(known.map(({ id, kind }) => [id, kind]));
  const changed = lines.find(({ id, kind }) => kinds.has(id) && kinds.get(id) !== kind);
  if (changed) throw refuseField('invalid_request', 'lines', `lines: line ${changed.id} is of another kind`);
  const added = lines.filter(({ id }) => !kinds.has(id)).map(({ id }) => id);
  if (added.length > 0) {
    const taken = await db.select({ id: claimLines.id }).from(claimLines).where(inArray(claimLines.id, added));
    if (taken.length > 0) throw refuseField('id_taken', 'lines', 'Another claim has a line with one of these ids.');
  }
  const grades = terms.disability.value.gradePercents.length;
  if (lines.some((line) => line.kind === 'disability' && line.grade > grades)) {
    throw refuseField('invalid_request', 'lines', `lines: the terms know the grades 1 to ${grades}`);
  }
  return known;
}
