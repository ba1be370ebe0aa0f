import { and, eq, isNull } from 'drizzle-orm';
import { CONSENT_FOR_FIELD } from '#domain/accounts/consent-wordings.ts';
import type { ConsentPurpose } from '#domain/accounts/consent.ts';
import { PERSONAL_FIELDS } from '#domain/accounts/personal-data.ts';
import type { Database } from '../../db/connect.ts';
import { consents } from '../../db/tables/accounts.ts';
import { Problem } from '../http/problem.ts';
import { writeAudit } from '../platform/audit.ts';
import type { Vault } from '../platform/vault.ts';

/** Ends a consent and deletes what was kept under it. Throws `nothing_kept` when there is no such consent. */
export async function withdrawConsent(
  { db, vault }: { db: Database; vault: Vault },
  { personId, purpose }: { personId: string; purpose: ConsentPurpose },
  nowMs: number,
): Promise<void> {
  await db.transaction(async (tx) => {
    const withdrawn = await tx
      .update(consents)
      .set({ withdrawnAt: new Date(nowMs) })
      .where(and(eq(consents.personId, personId), eq(consents.purpose, purpose), isNull(consents.withdrawnAt)))
      .returning({ wordingVersion: consents.wordingVersion });
    if (withdrawn.length === 0) throw new Problem('nothing_kept', 'There is no such consent to withdraw.');
    const fields = PERSONAL_FIELDS.filter((field) => CONSENT_FOR_FIELD[field] === purpose);
    await vault.removePersonal(tx, personId, fields);
    await writeAudit(tx, {
      actorId: personId,
      action: 'consent.withdraw',
      subject: { kind: 'person', id: personId },
      before: { purpose, wordingVersion: withdrawn[0]!.wordingVersion },
      after: { removed: fields },
      atMs: nowMs,
    });
  });
}
