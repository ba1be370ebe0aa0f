import { and, eq, inArray, isNull, sql } from 'drizzle-orm';
import type { EmployerFileProblem } from '#domain/insurance/employer-file-states.ts';
import type { Transaction } from '../../../db/connect.ts';
import { employerFileRows, employerFiles } from '../../../db/tables/employer-files.ts';
import { enrolments, insuredPersons } from '../../../db/tables/enrolments.ts';
import { writeAudit } from '../../platform/audit.ts';
import type { Vault } from '../../platform/vault.ts';
import { fileKeyOf } from './sealed-rows.ts';

type Releasing = {
  vault: Vault;
  /** Locked. */
  file: typeof employerFiles.$inferSelect;
  to: { state: 'checking'; problem: EmployerFileProblem } | { state: 'discarded'; problem?: null };
  /** Null: the program itself. */
  actorId?: string | null;
  nowMs: number;
};

/**
 * Takes back everything that a file holds and has not been paid for, as if it had never been there: enrolments, their
 * days, and people whom nobody else knows. A file that is discarded loses its rows and their key, too.
 */
export async function releaseFile(
  tx: Transaction,
  { vault, file, to, actorId = null, nowMs }: Releasing,
): Promise<void> {
  const { id, state } = file;
  const people = await lockPeopleOf(tx, id);
  await tx
    .delete(enrolments) // and their covers with them
    .where(and(eq(enrolments.employerFileId, id), inArray(enrolments.state, ['held', 'expired'])));
  await forgetStrangers(tx, vault, people);
  await tx.update(employerFileRows).set({ enrolmentId: null }).where(eq(employerFileRows.fileId, id));
  const isGone = to.state === 'discarded';
  if (isGone) {
    await tx.delete(employerFileRows).where(eq(employerFileRows.fileId, id));
    await vault.destroyKey(tx, fileKeyOf(id), nowMs);
  }
  await tx
    .update(employerFiles)
    .set({
      state: to.state,
      problem: to.problem ?? null,
      rowsDone: 0,
      heldUntil: null,
      ...(isGone && { rowsDestroyedAt: new Date(nowMs) }),
    })
    .where(eq(employerFiles.id, id));
  await writeAudit(tx, {
    actorId,
    action: isGone ? 'employer_file.discard' : 'employer_file.release',
    subject: { kind: 'employer_file', id },
    before: { state },
    after: to,
    atMs: nowMs,
  });
}

/** Locks everybody whom a file holds days for, in the order in which they are locked everywhere. Returns their ids. */
export async function lockPeopleOf(tx: Transaction, fileId: string): Promise<string[]> {
  const people = await tx
    .select({ id: insuredPersons.id })
    .from(insuredPersons)
    .where(
      inArray(
        insuredPersons.id,
        tx.select({ id: enrolments.insuredPersonId }).from(enrolments).where(eq(enrolments.employerFileId, fileId)),
      ),
    )
    .orderBy(insuredPersons.idLookup)
    .for('update');
  return people.map(({ id }) => id);
}

/** People who are known by this file only: without an account, an enrolment or a claim. */
async function forgetStrangers(tx: Transaction, vault: Vault, people: string[]): Promise<void> {
  if (people.length === 0) return;
  const gone = await tx
    .delete(insuredPersons)
    .where(
      and(
        inArray(insuredPersons.id, people),
        isNull(insuredPersons.userId),
        sql`not exists (select from enrolments e where e.insured_person_id = ${insuredPersons.id})`,
        sql`not exists (select from claims c where c.insured_person_id = ${insuredPersons.id})`,
      ),
    )
    .returning({ id: insuredPersons.id });
  await vault.forgetNewPeople(
    tx,
    gone.map(({ id }) => id),
  );
}
