import type { Sql } from 'postgres';
import type { Connection } from '../../../db/connect.ts';

/** The class of these locks; beside it stands the import. */
const HOLDING_LOCK = 592_0594;

/**
 * Marks an import as being worked on by this process, for as long as the process lives. The mark is a lock of a session
 * of its own, which a server gives back when the process is gone. The embedded database has one process and no need.
 */
export async function holdImport({ engine, openClient }: Connection, importId: string): Promise<() => Promise<void>> {
  if (engine === 'pglite') return async () => {};
  const client = openClient();
  try {
    await client`select pg_advisory_lock(${HOLDING_LOCK}, hashtext(${importId}))`;
  } catch (error) {
    await client.end();
    throw error;
  }
  return () => client.end();
}

/** Whether no process works on it. On the embedded database: asked before this process works on any. */
export async function isAbandoned(engine: Connection['engine'], client: Sql, importId: string): Promise<boolean> {
  if (engine === 'pglite') return true;
  const [row] = await client<{ free: boolean }[]>`
    select pg_try_advisory_lock(${HOLDING_LOCK}, hashtext(${importId})) as free`;
  if (row!.free) await client`select pg_advisory_unlock(${HOLDING_LOCK}, hashtext(${importId}))`;
  return row!.free;
}
