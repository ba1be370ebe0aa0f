import type { ConfirmPerson } from '#domain/insurance/enrolment-contract.ts';
import type { Database } from '../../db/connect.ts';
import { writeAudit } from '../platform/audit.ts';
import type { Vault } from '../platform/vault.ts';
import { settleInsuredPerson } from './settle-insured-person.ts';

/** Says who the holder of an account is, without buying anything. Throws what `settleInsuredPerson` throws. */
export async function confirmPerson(
  db: Database,
  { vault, userId }: { vault: Vault; userId: string },
  input: ConfirmPerson,
  nowMs: number,
): Promise<void> {
  await db.transaction(async (tx) => {
    const { id, changed } = await settleInsuredPerson(tx, { vault, userId, ...input, nowMs });
    if (Object.keys(changed).length === 0) return;
    await writeAudit(tx, {
      actorId: userId,
      action: 'insured_person.confirm',
      subject: { kind: 'person', id },
      after: changed,
      atMs: nowMs,
    });
  });
}
