import { randomUUID } from 'node:crypto';
import { and, eq, isNull } from 'drizzle-orm';
import type { Database, Transaction } from '../../db/connect.ts';
import { consents, credentials, memberships, sessions, twoFactors, users } from '../../db/tables/accounts.ts';
import { Problem } from '../http/problem.ts';
import { type AuditEntry, writeAudit } from '../platform/audit.ts';
import type { Vault } from '../platform/vault.ts';
import { assertOtherAdministrator } from './last-administrator.ts';

/**
 * Erases what else there is of a person, in the same transaction, or throws why it cannot be yet. Returns what the audit
 * trail shall say of it.
 */
export type OnErase = (tx: Transaction, personId: string, nowMs: number) => Promise<AuditEntry[]>;

/**
 * Erases a person: their key is destroyed, so that what was encrypted for them can be read nowhere, backups and audit
 * trail included; phone, name, password and sessions go. The empty row stays, because old deeds refer to it. Throws
 * `demo_account`, `last_administrator`, and what `onErase` throws.
 */
export async function erasePerson(
  { db, vault, onErase }: { db: Database; vault: Vault; onErase?: OnErase | undefined },
  personId: string,
  nowMs: number,
): Promise<void> {
  const now = new Date(nowMs);
  await db.transaction(async (tx) => {
    const [person] = await tx.select().from(users).where(eq(users.id, personId)).for('update');
    if (!person) throw new Problem('person_not_found', 'This person is not there any more.');
    if (person.demo) throw new Problem('demo_account', 'Others use this demo account too. Nothing was erased.');
    await assertOtherAdministrator(tx, personId);
    const deeds = (await onErase?.(tx, personId, nowMs)) ?? [];
    await vault.destroyKey(tx, personId, nowMs);
    await tx.delete(sessions).where(eq(sessions.userId, personId));
    await tx.delete(credentials).where(eq(credentials.userId, personId));
    await tx.delete(twoFactors).where(eq(twoFactors.userId, personId));
    await tx
      .update(memberships)
      .set({ endedAt: now })
      .where(and(eq(memberships.userId, personId), isNull(memberships.endedAt)));
    await tx
      .update(consents)
      .set({ withdrawnAt: now })
      .where(and(eq(consents.personId, personId), isNull(consents.withdrawnAt)));
    await tx
      .update(users)
      .set({
        name: '已注销',
        email: `${randomUUID()}@erased.invalid`,
        image: null,
        phoneNumber: null,
        phoneNumberVerified: false,
        username: null,
        displayUsername: null,
        twoFactorEnabled: false,
        updatedAt: now,
      })
      .where(eq(users.id, personId));
    for (const deed of deeds) await writeAudit(tx, deed);
    await writeAudit(tx, {
      actorId: personId,
      action: 'person.erase',
      subject: { kind: 'person', id: personId },
      atMs: nowMs,
    });
  });
}
