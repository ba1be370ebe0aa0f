import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { and, eq, inArray, sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/postgres-js';
import type { Actor } from '#domain/accounts/roles.ts';
import type { ImportSettings } from '#domain/places/import-contract.ts';
import { IMPORT_KEPT_DAYS, type ImportState, isUndoable } from '#domain/places/office.ts';
import type { Connection, Database } from '../../../db/connect.ts';
import { importMappings, importRows, imports } from '../../../db/tables/office.ts';
import { Problem } from '../../http/problem.ts';
import { headerKey } from './check-import.ts';
import { type Decision, decideRow } from './decide-row.ts';
import type { ImportJobs } from './import-jobs.ts';
import { type ImportEntry, missingIn } from './import-views.ts';
import type { Upload } from './receive-upload.ts';
import { undoImport } from './undo-import.ts';

type Dependencies = { connection: Connection; jobs: ImportJobs; clock: () => number };

/** Begins the import of a file that lies in the folder of uploads under this id. */
export async function beginImport(
  { connection: { db }, jobs, clock }: Dependencies,
  actor: Actor,
  id: string,
  upload: Upload,
): Promise<void> {
  await db.insert(imports).values({
    id,
    personId: actor.personId,
    ...upload,
    state: 'checking',
    settings: { columns: {}, crs: null, duplicates: 'ask', precisionM: 50 },
    counts: {},
    startedAt: new Date(clock()),
  });
  await jobs.check(id, actor);
}

/** Checks all rows again with other settings, and keeps these for the list's next edition. Throws `import_state`. */
export async function changeSettings(
  { connection: { db }, jobs, clock }: Dependencies,
  actor: Actor,
  { id, source, reading }: ImportEntry,
  settings: ImportSettings,
): Promise<void> {
  await move(db, id, ['checked'], 'checking', { settings, problem: null, rowsDone: 0 });
  const mapping = { settings, personId: actor.personId, savedAt: new Date(clock()) };
  await db
    .insert(importMappings)
    .values({ source, header: headerKey(reading!.header), ...mapping })
    .onConflictDoUpdate({ target: [importMappings.source, importMappings.header], set: mapping });
  await jobs.check(id, actor);
}

/** Decides one row; null takes a decision back. Throws `import_state`, `import_row_not_found`, `import_incomplete`. */
export async function decideImportRow(
  db: Database,
  { id }: ImportEntry,
  row: number,
  decision: Decision,
): Promise<void> {
  await db.transaction(async (tx) => {
    // Whoever stores or checks it again waits for this, or this sees that they have begun.
    const [entry] = await tx.select().from(imports).where(eq(imports.id, id)).for('update');
    if (entry!.state !== 'checked') throw wrongState(entry!.state);
    const key = and(eq(importRows.importId, id), eq(importRows.row, row));
    const [found] = await tx.select().from(importRows).where(key);
    if (!found) throw new Problem('import_row_not_found', `There is no row ${row}.`);
    if (decision !== null && (found.ownFate === 'error' || (decision !== 'skip' && !found.candidate))) {
      throw new Problem(
        'import_incomplete',
        found.ownFate === 'error'
          ? 'The row has an error: correct it in the file and upload it again.'
          : 'Only a row with a place that may be the same can be decided "same" or "new"; this one can be skipped.',
      );
    }
    const outcome = decideRow(found, decision, entry!.settings.duplicates);
    await tx
      .update(importRows)
      .set({ ...outcome, decision })
      .where(key);
    const counts = { ...entry!.counts };
    counts[found.fate] = (counts[found.fate] ?? 1) - 1;
    counts[outcome.fate] = (counts[outcome.fate] ?? 0) + 1;
    await tx.update(imports).set({ counts }).where(eq(imports.id, id));
  });
}

/** Begins to store. Throws `import_state`, and `import_incomplete` naming what must be decided first. */
export async function beginStoring({ connection: { db }, jobs }: Dependencies, actor: Actor, entry: ImportEntry) {
  const missing = missingIn(entry);
  if (missing.length > 0) {
    throw new Problem('import_incomplete', `First decide: ${missing.map((what) => WHAT_IS_MISSING[what]).join('; ')}.`);
  }
  await move(db, entry.id, ['checked'], 'storing', { problem: null, rowsDone: 0 });
  await jobs.store(entry.id, actor);
}

const WHAT_IS_MISSING: Record<string, string> = {
  name_column: 'which column holds the name',
  crs: 'which system the coordinates are in',
  duplicates: 'what becomes of rows that may be places we have',
};

/**
 * Stops what runs: checking ends for good, storing is rolled back and can be tried again. Stops an import that waits, too.
 * Throws `import_state` when there is nothing to stop.
 */
export async function stopImport(
  { connection: { db }, jobs, clock }: Dependencies,
  { id }: ImportEntry,
): Promise<void> {
  // First the flag of this process: on the embedded database a transaction that stores makes the update wait for it.
  if (await jobs.stop(id)) return;
  const flagged = await db
    .update(imports)
    .set({ stopping: true })
    .where(and(eq(imports.id, id), inArray(imports.state, ['checking', 'storing'])))
    .returning({ id: imports.id });
  if (flagged.length > 0) return; // another process works on it and looks there
  await move(db, id, ['checked'], 'stopped', { endedAt: new Date(clock()) });
  await db.delete(importRows).where(eq(importRows.importId, id));
  await rm(join(jobs.uploadsDir, id), { force: true });
}

/** Takes a stored import back. Throws `import_state`, also when it is too old for that. */
export async function takeImportBack(
  { connection, clock }: Dependencies,
  actor: Actor,
  { id, startedAt }: ImportEntry,
  reason: string | null,
): Promise<void> {
  if (!isUndoable(startedAt.getTime(), clock())) {
    throw new Problem('import_state', `An import can be undone for ${IMPORT_KEPT_DAYS} days. Edit the places by hand.`);
  }
  const client = connection.openClient(); // hundreds of thousands of rows may take longer than the pool allows
  try {
    await (drizzle(client) as unknown as Database).transaction(async (tx) => {
      const [entry] = await tx.select({ state: imports.state }).from(imports).where(eq(imports.id, id)).for('update');
      if (entry!.state !== 'stored') throw wrongState(entry!.state);
      await undoImport(tx, id, actor, { reason, nowMs: clock() });
    });
    await client`delete from import_rows where import_id = ${id}`;
  } finally {
    await client.end();
  }
}

/** Changes the state if it is one of `from`. Throws `import_state`. */
async function move(
  db: Database,
  id: string,
  from: ImportState[],
  to: ImportState,
  changes: Partial<typeof imports.$inferInsert>,
): Promise<void> {
  const moved = await db
    .update(imports)
    .set({ ...changes, state: to, stopping: false })
    .where(and(eq(imports.id, id), inArray(imports.state, from)))
    .returning({ id: imports.id });
  if (moved.length > 0) return;
  const [entry] = await db
    .select({ state: imports.state })
    .from(imports)
    .where(sql`${imports.id} = ${id}`);
  throw wrongState(entry!.state);
}

function wrongState(state: ImportState): Problem {
  return new Problem('import_state', `The import is ${state}; that cannot be done now.`);
}
