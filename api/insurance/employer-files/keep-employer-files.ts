import { and, eq, inArray, isNull, lte, or } from 'drizzle-orm';
import { EMPLOYER_FILE_KEPT_DAYS } from '#domain/insurance/employer-file-states.ts';
import { employerFileRows, employerFiles } from '../../../db/tables/employer-files.ts';
import { payments } from '../../../db/tables/enrolments.ts';
import type { InsuranceDependencies } from '../dependencies.ts';
import { lockFile } from './hold-employer-file.ts';
import { releaseFile } from './release-employer-file.ts';
import { fileKeyOf } from './sealed-rows.ts';

type Keeping = Pick<InsuranceDependencies, 'connection' | 'vault' | 'clock' | 'employerFileJobs'>;
const DAY_MS = 86_400_000;

/**
 * What nobody waits for, after `keepPayments` has asked about payments: gives days back that were not paid in time, goes
 * on with what was left, and destroys rows that nobody needs any more.
 */
export async function keepEmployerFiles(deps: Keeping): Promise<void> {
  const { connection, vault, clock, employerFileJobs } = deps;
  const { db } = connection;
  const nowMs = clock();
  const over = await db
    .select({ id: employerFiles.id })
    .from(employerFiles)
    .where(and(eq(employerFiles.state, 'held'), lte(employerFiles.heldUntil, new Date(nowMs))));
  for (const { id } of over) {
    await db.transaction(async (tx) => {
      const file = await lockFile(tx, id);
      // A payment that nobody could ask about yet may have been made.
      const [open] = await tx
        .select({ id: payments.id })
        .from(payments)
        .where(and(eq(payments.employerFileId, id), eq(payments.state, 'open')));
      if (file?.state !== 'held' || open) return;
      await releaseFile(tx, { vault, file, to: { state: 'checking', problem: 'hold_expired' }, nowMs });
    });
  }
  await destroyOldRows(deps, nowMs);
  await employerFileJobs.wakeAll();
}

/** Files that are done with: insured, or left alone, for so long. */
async function destroyOldRows({ connection: { db }, vault }: Keeping, nowMs: number): Promise<void> {
  const before = new Date(nowMs - EMPLOYER_FILE_KEPT_DAYS * DAY_MS);
  const { state, insuredAt, createdAt, rowsDestroyedAt } = employerFiles;
  const old = await db
    .select({ id: employerFiles.id })
    .from(employerFiles)
    .where(
      and(
        isNull(rowsDestroyedAt),
        or(
          and(eq(state, 'insured'), lte(insuredAt, before)),
          and(inArray(state, ['checking', 'checked']), lte(createdAt, before)),
        ),
      ),
    );
  for (const { id } of old) {
    await db.transaction(async (tx) => {
      const file = await lockFile(tx, id);
      if (!file || file.rowsDestroyedAt || file.state === 'holding' || file.state === 'held') return;
      if (file.state !== 'insured') return releaseFile(tx, { vault, file, to: { state: 'discarded' }, nowMs });
      await vault.destroyKey(tx, fileKeyOf(id), nowMs);
      await tx.update(employerFileRows).set({ sealed: null }).where(eq(employerFileRows.fileId, id));
      await tx
        .update(employerFiles)
        .set({ rowsDestroyedAt: new Date(nowMs) })
        .where(eq(employerFiles.id, id));
    });
  }
}
