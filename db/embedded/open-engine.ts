/**
 * Opens PGlite with the extensions the project uses (migrations create them), as an engine for the wire.
 */
import { existsSync } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { postgis } from '@electric-sql/pglite-postgis';
import { btree_gist } from '@electric-sql/pglite/contrib/btree_gist';
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';
import { pgcrypto } from '@electric-sql/pglite/contrib/pgcrypto';
import type { Engine } from './wire.ts';

/** How PGlite reports an ordinary SQL error to its own loop (POSTGRES_MAIN_LONGJMP in pglite.ts). */
const SQL_ERROR_STATUS = 100;

/**
 * Opens the database in a folder and creates it if the folder is not there. A creation that was interrupted is
 * started again: until it has ended no client could connect, so there is nothing in it to lose.
 *
 * `archive` is a dump (a tar of the folder) to create the database from.
 */
export async function openPGlite(folder: string, { archive }: { archive?: Blob } = {}): Promise<PGlite> {
  const creatingMark = `${folder}.creating`;
  if (existsSync(creatingMark)) await rm(folder, { recursive: true, force: true });
  const isNew = !existsSync(join(folder, 'PG_VERSION'));
  if (isNew) await (await open(creatingMark, 'w')).close();
  const database = await PGlite.create(folder, {
    extensions: { postgis, btree_gist, pg_trgm, pgcrypto },
    ...(archive && { loadDataDir: archive }),
  });
  if (isNew) await rm(creatingMark);
  return database;
}

/**
 * The engine of a PGlite. `onCrash` must not return: after a C++ exception (PostGIS throws one on some invalid
 * geometries) PGlite would answer with nothing, as if there were no rows, or run the same message for ever.
 */
export function engineOf(database: PGlite, { onCrash }: { onCrash: (messages: Buffer) => never }): Engine {
  const { Module } = database;
  // oxlint-disable-next-line no-underscore-dangle -- the name PGlite gives it
  const runOnce = Module._PostgresMainLoopOnce;
  let running: Buffer = Buffer.alloc(0);
  // oxlint-disable-next-line no-underscore-dangle
  Module._PostgresMainLoopOnce = () => {
    try {
      runOnce();
    } catch (thrown) {
      const isSqlError = (thrown as { status?: number } | undefined)?.status === SQL_ERROR_STATUS;
      if (!isSqlError) onCrash(running);
      throw thrown;
    }
  };
  return async (messages) => {
    running = messages;
    const answer: Buffer[] = [];
    // The bytes are a view of the engine's memory, so they are copied. The streaming call is used because the others
    // also parse every row and keep what they parsed.
    await database.execProtocolRawStream(messages, {
      onRawData: (bytes) => {
        answer.push(Buffer.from(bytes));
      },
    });
    return Buffer.concat(answer);
  };
}
