import { and, eq, inArray, isNotNull, lt, notExists, or, sql } from 'drizzle-orm';
import type { Database } from '../../../db/connect.ts';
import { files as table, fileUploads, fileUses } from '../../../db/tables/files.ts';
import { contentKeys, type Files } from './files.ts';

const DAY_MS = 86_400_000;
/** What nothing uses is kept for so long: somebody may be in the middle of a form. */
export const UNUSED_KEPT_MS = DAY_MS;
const BATCH = 100;

/**
 * Deletes files that nothing uses a day after they came, what is left of processes that died, and files in pieces that
 * were not finished within a day. First a file is marked, so that nothing begins to use it; then its bytes go, then its
 * row: whatever cuts this short, the next run ends it. Returns how many files went.
 */
export async function sweepFiles(files: Files): Promise<number> {
  const { db, storage, clock } = files;
  const before = new Date(clock() - UNUSED_KEPT_MS);
  let swept = 0;
  for (;;) {
    const doomed = await doomSome(db, before, new Date(clock()));
    for (const id of doomed) {
      const { full, thumb } = contentKeys(id);
      await storage.delete(full);
      await storage.delete(thumb);
      await db.delete(table).where(and(eq(table.id, id), isNotNull(table.doomedAt)));
      swept += 1;
    }
    if (doomed.length < BATCH) break;
  }
  await sweepUploads(files, before);
  return swept;
}

async function doomSome(db: Database, before: Date, now: Date): Promise<string[]> {
  return db.transaction(async (tx) => {
    const isUnused = notExists(
      tx
        .select({ one: sql`1` })
        .from(fileUses)
        .where(eq(fileUses.fileId, table.id)),
    );
    const candidates = await tx
      .select({ id: table.id })
      .from(table)
      .where(and(or(lt(table.createdAt, before), isNotNull(table.doomedAt)), isUnused))
      .limit(BATCH)
      .for('update', { skipLocked: true });
    if (candidates.length === 0) return [];
    // Asked again now that they are locked: somebody may have attached one while this waited.
    const doomed = await tx
      .update(table)
      .set({ doomedAt: now })
      .where(
        and(
          inArray(
            table.id,
            candidates.map(({ id }) => id),
          ),
          isUnused,
        ),
      )
      .returning({ id: table.id });
    return doomed.map(({ id }) => id);
  });
}

async function sweepUploads({ db, storage }: Files, before: Date): Promise<void> {
  const old = await db.select().from(fileUploads).where(lt(fileUploads.createdAt, before));
  for (const { id, keys } of old) {
    for (const key of keys) await storage.delete(key);
    await db.delete(fileUploads).where(eq(fileUploads.id, id));
  }
  // The pieces of what was finished go right away; a process may have died just then.
  const finished = await db
    .select()
    .from(fileUploads)
    .where(and(isNotNull(fileUploads.fileId), sql`jsonb_array_length(${fileUploads.keys}) > 0`));
  for (const { id, keys } of finished) {
    for (const key of keys) await storage.delete(key);
    await db.update(fileUploads).set({ segments: [], keys: [] }).where(eq(fileUploads.id, id));
  }
}
