/**
 * Databases for tests. Every file that asks for one gets it empty and migrated. On the embedded database the files run
 * one after the other on one instance (see the project `database` in vite.config.ts); on a server each has its own.
 */
import { randomBytes } from 'node:crypto';
import postgres from 'postgres';
import { inject } from 'vitest';
import { connectDatabase, connectToSocket, type Connection } from '../../db/connect.ts';
import { databaseUrl } from './start-database.ts';
import { listTables, PRISTINE_SCHEMA } from './template.ts';

/** The databases of this run: the embedded one, and the server that TEST_DATABASE_URL names. */
export function testEngines(): Connection['engine'][] {
  return inject('serverTemplate') ? ['pglite', 'postgresql'] : ['pglite'];
}

/** Opens an empty, migrated database. Close it in `afterAll`. */
export async function openTestDatabase(engine: Connection['engine'] = 'pglite'): Promise<Connection> {
  return engine === 'pglite' ? openEmbedded() : openOnServer();
}

/**
 * Takes a database back to what migrations leave behind: tables emptied, numbers started again, the rows that
 * migrations insert restored. `openTestDatabase` has already done it; call it between tests that need it.
 */
export async function emptyTestDatabase(connection: Connection): Promise<void> {
  const { sql } = connection;
  const tables = await listTables(sql);
  if (tables.length === 0) return;
  const pristine = await sql<{ tablename: string }[]>`
    select tablename from pg_tables where schemaname = ${PRISTINE_SCHEMA}`;
  await sql.begin(async (tx) => {
    // Triggers would refuse some of this, or answer it with changes of their own.
    await tx`set local session_replication_role = replica`;
    await tx.unsafe(`truncate table ${tables.map((table) => `"${table}"`).join(', ')} restart identity cascade`);
    for (const { tablename } of pristine) {
      await tx`
        insert into ${tx('public')}.${tx(tablename)} overriding system value
        select * from ${tx(PRISTINE_SCHEMA)}.${tx(tablename)}`;
    }
  });
}

async function openEmbedded(): Promise<Connection> {
  const connection = connectToSocket(inject('embeddedSocket'), 4);
  await emptyTestDatabase(connection);
  return connection;
}

async function openOnServer(): Promise<Connection> {
  const url = process.env.TEST_DATABASE_URL!;
  const name = `luyi_test_${process.pid}_${randomBytes(4).toString('hex')}`;
  const admin = postgres(url, { max: 1, onnotice: () => {} });
  await admin`create database ${admin(name)} template ${admin(inject('serverTemplate')!)}`;
  const connection = await connectDatabase({ url: databaseUrl(url, name), dataDir: '', poolSize: 4 });
  return {
    ...connection,
    async close() {
      await connection.close();
      await admin`drop database if exists ${admin(name)} with (force)`;
      await admin.end();
    },
  };
}
