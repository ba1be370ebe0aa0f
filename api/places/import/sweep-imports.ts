import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { and, eq, inArray, sql } from 'drizzle-orm';
import { IMPORT_KEPT_DAYS } from '#domain/places/office.ts';
import type { Connection } from '../../../db/connect.ts';
import { imports } from '../../../db/tables/office.ts';
import { isAbandoned } from './hold-import.ts';

const INTERRUPTED_CHECK = 'The service was interrupted while it read the file. Please upload it again.';
const INTERRUPTED_STORE =
  'The service was interrupted while it stored the rows; nothing was changed. Store them again.';

/**
 * At start: settles imports whose process is gone (a transaction that was not committed never happened, so what was
 * being stored is `checked` again), purges rows that are too old or undone, and removes files that nobody needs.
 */
export async function sweepImports(connection: Connection, uploadsDir: string, nowMs: number): Promise<void> {
  const { db, engine } = connection;
  const client = connection.openClient();
  try {
    const running = await db
      .select({ id: imports.id, state: imports.state })
      .from(imports)
      .where(inArray(imports.state, ['checking', 'storing']));
    for (const { id, state } of running) {
      if (!(await isAbandoned(engine, client, id))) continue;
      await db
        .update(imports)
        .set(
          state === 'storing'
            ? { state: 'checked', stopping: false, problem: INTERRUPTED_STORE }
            : { state: 'failed', stopping: false, problem: INTERRUPTED_CHECK, endedAt: new Date(nowMs) },
        )
        .where(and(eq(imports.id, id), eq(imports.state, state)));
    }
    const oldest = new Date(nowMs - IMPORT_KEPT_DAYS * 86_400_000).toISOString();
    await db.execute(sql`
      update imports set state = 'stopped', ended_at = ${new Date(nowMs).toISOString()}::timestamptz
      where state = 'checked' and started_at < ${oldest}::timestamptz`);
    await client`
      delete from import_rows r where not exists (select from imports i where i.id = r.import_id
        and i.state in ('checking', 'checked', 'storing', 'stored') and i.started_at >= ${oldest}::timestamptz)`;
  } finally {
    await client.end();
  }
  await mkdir(uploadsDir, { recursive: true });
  const wanted = await db
    .select({ id: imports.id })
    .from(imports)
    .where(inArray(imports.state, ['checking', 'checked', 'storing']));
  const names = new Set(wanted.map(({ id }) => id));
  for (const name of await readdir(uploadsDir)) {
    if (!names.has(name)) await rm(join(uploadsDir, name), { force: true });
  }
}
