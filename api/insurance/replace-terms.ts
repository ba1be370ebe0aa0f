import { eq } from 'drizzle-orm';
import { isDeepStrictEqual } from 'node:util';
import type { Actor } from '#domain/accounts/roles.ts';
import { checkTerms } from '#domain/insurance/check-terms.ts';
import type { PolicyTerms } from '#domain/insurance/policy-terms.ts';
import { shanghaiDay } from '#domain/time/shanghai.ts';
import type { Database } from '../../db/connect.ts';
import { policyTerms } from '../../db/tables/enrolments.ts';
import { organisations } from '../../db/tables/places.ts';
import { Problem, refuseField } from '../http/problem.ts';
import { writeAudit } from '../platform/audit.ts';

/**
 * Puts a new version of the policy terms in force from its `validFrom` on. Versions are never changed. False: this very
 * document was stored before. Throws `id_taken`, `terms_not_usable` and `no_such_reference`.
 */
export async function replaceTerms(
  db: Database,
  actor: Actor,
  { terms, reason }: { terms: PolicyTerms; reason: string },
  nowMs: number,
): Promise<boolean> {
  return db.transaction(async (tx) => {
    const [stored] = await tx.select().from(policyTerms).where(eq(policyTerms.version, terms.version));
    if (stored) {
      if (isDeepStrictEqual(stored.document, JSON.parse(JSON.stringify(terms)))) return false;
      throw refuseField('id_taken', 'version', `There is another document ${terms.version}. Give this one a new name.`);
    }
    const errors = checkTerms(terms, shanghaiDay(nowMs));
    if (errors.length > 0) {
      throw new Problem('terms_not_usable', errors.map(({ message }) => message).join('; '), { errors });
    }
    const [insurer] = await tx
      .select({ id: organisations.id })
      .from(organisations)
      .where(eq(organisations.id, terms.insurerId));
    if (!insurer) throw refuseField('no_such_reference', 'insurerId', `There is no organisation ${terms.insurerId}.`);
    const made = await tx
      .insert(policyTerms)
      .values({
        version: terms.version,
        validFrom: terms.validFrom,
        document: terms,
        createdBy: actor.personId,
        createdAt: new Date(nowMs),
      })
      .onConflictDoNothing()
      .returning({ version: policyTerms.version });
    if (made.length === 0) {
      throw refuseField('id_taken', 'version', `There is another document ${terms.version}. Give this one a new name.`);
    }
    await writeAudit(tx, {
      actorId: actor.personId,
      action: 'terms.replace',
      subject: { kind: 'policy_terms', id: terms.version },
      after: { validFrom: terms.validFrom, document: terms },
      reason,
      atMs: nowMs,
    });
    return true;
  });
}
