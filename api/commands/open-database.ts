import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Connection, connectDatabase, connectToSocket, migrate } from '../../db/connect.ts';
import { DataFolderInUse } from '../../db/embedded/lock.ts';
import { databaseFolder, databaseSocket } from '../../db/embedded/start.ts';

export type CommandSettings = { dataDir: string; databaseUrl: string | undefined };

/** Where the database is; blank is unset, as for the server. */
export function commandSettings(environment: Record<string, string | undefined>): CommandSettings {
  return { dataDir: environment.DATA_DIR || '.data', databaseUrl: environment.DATABASE_URL || undefined };
}

/**
 * Opens the database for a command. While the server runs it owns the embedded database, and the command works through
 * it, unless it has to be `alone`: then it throws `DataFolderInUse`. Throws in words when there is no database yet.
 */
export async function openDatabase(
  { dataDir, databaseUrl }: CommandSettings,
  { alone = false }: { alone?: boolean } = {},
): Promise<Connection> {
  if (databaseUrl) return connectDatabase({ url: databaseUrl, dataDir, poolSize: 2 });
  if (!existsSync(databaseFolder(dataDir))) {
    throw new Error(
      `There is no database in ${resolve(dataDir)}. Start the server once, or set DATA_DIR or DATABASE_URL.`,
    );
  }
  try {
    const connection = await connectDatabase({ dataDir, poolSize: 2 });
    await migrate(connection);
    return connection;
  } catch (error) {
    if (alone || !(error instanceof DataFolderInUse)) throw error;
    return connectToSocket(await databaseSocket(dataDir), 2);
  }
}

/** Runs a command to its end: what goes wrong is told in words, with the exit code 1. */
export async function runCommand(command: () => Promise<void>): Promise<void> {
  try {
    await command();
  } catch (error) {
    console.error(error instanceof Error ? error.message : 'Something that is not an Error was thrown.');
    process.exitCode = 1;
  }
}
