/**
 * The one way to the database: PostgreSQL by its address, or the embedded database in a folder. Both are used through
 * the same driver and give the same `Connection`.
 */
import { fileURLToPath } from 'node:url';
import type { PgDatabase } from 'drizzle-orm/pg-core';
import { drizzle, type PostgresJsQueryResultHKT } from 'drizzle-orm/postgres-js';
import { migrate as runMigrations } from 'drizzle-orm/postgres-js/migrator';
import postgres, { type Options, type Sql } from 'postgres';
import { startEmbedded, type EmbeddedDatabase, type EmbeddedOptions } from './embedded/start.ts';
import { guardTransactions } from './guard-transactions.ts';

/** What queries are written against: the pool, or a transaction on it. */
export type Database = PgDatabase<PostgresJsQueryResultHKT, Record<string, never>>;
/** Inside `database.transaction(async (tx) => …)`. Whatever takes a `Database` takes a `Transaction` too. */
export type Transaction = Parameters<Parameters<Database['transaction']>[0]>[0];

export type Connection = {
  db: Database;
  /** For those who write SQL themselves. A client of its own, because drizzle changes how its client reads dates. */
  sql: Sql;
  engine: 'pglite' | 'postgresql';
  /** Where it is, for a worker that opens a connection of its own. */
  address: DatabaseAddress;
  /** A new client with one connection and no limits on how long a statement may take. Whoever asks for it ends it. */
  openClient: () => Sql;
  /**
   * Calls `onPayload` for every NOTIFY on a channel, from any process. `onListening` is called when listening begins,
   * and again whenever it begins anew after a lost connection: notifications may have been missed before it.
   */
  listen: (channel: string, onPayload: (payload: string) => void, onListening?: () => void) => Promise<StopListening>;
  /** Writes a backup of the embedded database and returns its path. A PostgreSQL server is backed up by its keeper. */
  backUp?: () => Promise<string>;
  /** Finishes what runs, then closes. */
  close: () => Promise<void>;
};

/** A postgres:// address, or the socket of an embedded database that runs in this process. */
export type DatabaseAddress = { url: string } | { socketPath: string };

type StopListening = () => Promise<void>;

export type ConnectOptions = Pick<EmbeddedOptions, 'dataDir' | 'ownerUrl' | 'onProgress' | 'onFailure'> & {
  /** A postgres:// address. Without it the embedded database in `dataDir` is used. */
  url?: string;
  /** Connections in the pool. On the embedded database they take turns, so a few are enough. */
  poolSize: number;
};

const MIGRATIONS = fileURLToPath(new URL('./migrations', import.meta.url));
/** Any number, as long as no other program on the same database uses it for an advisory lock. */
const MIGRATION_LOCK = 592_0592;
/** How long closing waits for queries that are still running. (postgres.js 3.4.9 also waits for those that broke.) */
const CLOSING_PATIENCE_S = 5;

/** Limits for one client of a PostgreSQL server. The embedded engine must never get them: some of them hang it. */
const SERVER_LIMITS = {
  TimeZone: 'UTC',
  statement_timeout: 30_000,
  // A rider's report outlasts the storing of a country's list, which keeps the writers of places waiting.
  lock_timeout: 25_000,
  idle_in_transaction_session_timeout: 30_000,
};

/**
 * Opens the database. Throws `DataFolderInUse` if another process owns `dataDir`, and what the driver throws if a
 * server cannot be reached.
 */
export async function connectDatabase(options: ConnectOptions): Promise<Connection> {
  if (!options.url) {
    const embedded = await startEmbedded(options);
    return connectClients({ socketPath: embedded.socketPath }, options.poolSize, embedded);
  }
  const connection = connectClients({ url: options.url }, options.poolSize);
  try {
    await connection.sql`select 1`;
  } catch (error) {
    await connection.close();
    throw error;
  }
  return connection;
}

/** Joins an embedded database that is already running behind a socket; closing the connection does not close it. */
export function connectToSocket(socketPath: string, poolSize: number): Connection {
  return connectClients({ socketPath }, poolSize);
}

/** Joins the database of another `Connection` of this process, from a worker thread. */
export async function joinDatabase(address: DatabaseAddress, poolSize: number): Promise<Connection> {
  return 'url' in address
    ? connectDatabase({ url: address.url, dataDir: '', poolSize })
    : connectToSocket(address.socketPath, poolSize);
}

/**
 * Brings the schema up to date. On a server, processes that start together wait for each other.
 * `folder` holds the SQL files and `meta/_journal.json` written by drizzle-kit.
 */
export async function migrate(connection: Connection, folder: string = MIGRATIONS): Promise<void> {
  // A session lock, so migrating has one connection of its own. The embedded database has one process and needs none.
  const needsLock = connection.engine === 'postgresql';
  const client = connection.openClient();
  try {
    if (needsLock) await client`select pg_advisory_lock(${MIGRATION_LOCK})`;
    await runMigrations(drizzle(client), { migrationsFolder: folder });
  } finally {
    await client.end(); // which also gives the lock back
  }
}

type ClientOptions = Options<Record<string, never>>;
type OpenClient = (options: ClientOptions) => Sql;

const QUIET: ClientOptions = { onnotice: () => {} };

const embeddedClient =
  (socketPath: string): OpenClient =>
  (options) =>
    // Connections do not wear out here, and there is no network on which to lose them.
    postgres({
      ...QUIET,
      path: socketPath,
      database: 'postgres',
      username: 'postgres',
      max_lifetime: null,
      ...options,
    });

const serverClient =
  (url: string): OpenClient =>
  (options) =>
    postgres(url, { ...QUIET, ...options });

function connectClients(address: DatabaseAddress, poolSize: number, embedded?: EmbeddedDatabase): Connection {
  const engine = 'url' in address ? 'postgresql' : 'pglite';
  const openClient = 'url' in address ? serverClient(address.url) : embeddedClient(address.socketPath);
  const limits: ClientOptions = engine === 'postgresql' ? { connection: SERVER_LIMITS } : {};
  const pool = openClient({ max: poolSize, ...limits });
  const raw = openClient({ max: Math.min(poolSize, 2), ...limits });
  return {
    db: drizzle({ client: guardTransactions(pool) }),
    sql: guardTransactions(raw),
    engine,
    address,
    openClient: () => openClient({ max: 1 }),
    async listen(channel, onPayload, onListening) {
      const { unlisten } = await raw.listen(channel, onPayload, onListening);
      return unlisten;
    },
    ...(embedded && { backUp: embedded.backUp }),
    async close() {
      await Promise.all([pool.end({ timeout: CLOSING_PATIENCE_S }), raw.end({ timeout: CLOSING_PATIENCE_S })]);
      await embedded?.close();
    },
  };
}
