/**
 * A migrated, empty embedded database, made once and copied from then on: creating one takes ten seconds, copying it
 * less than one. It is kept between runs, under a name that changes with the migrations and with PGlite.
 */
import { createHash } from 'node:crypto';
import { constants, existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { connectDatabase, migrate, type Connection } from '../../db/connect.ts';
import { databaseFolder } from '../../db/embedded/start.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const cache = join(root, 'node_modules/.cache/luyi');
const OLD_AFTER_MS = 24 * 3_600_000;
/** Raise it when this file makes templates differently. */
const FORMAT = '1';

/** The schema in which the rows that migrations insert are kept, so that a test database can be emptied to them. */
export const PRISTINE_SCHEMA = 'pristine';

/** Makes a data folder that holds a migrated, empty database. Whoever asks for it removes it. */
export async function newDataDir(): Promise<string> {
  const template = await findOrBuildTemplate();
  const dataDir = await mkdtemp(join(tmpdir(), 'luyi-test-'));
  await cp(databaseFolder(template), databaseFolder(dataDir), { recursive: true, mode: constants.COPYFILE_FICLONE });
  return dataDir;
}

async function findOrBuildTemplate(): Promise<string> {
  const template = join(cache, `template-${await templateKey()}`);
  if (existsSync(template)) return template;
  await mkdir(cache, { recursive: true });
  const unfinished = await mkdtemp(join(cache, 'unfinished-'));
  const connection = await connectDatabase({ dataDir: unfinished, poolSize: 1 });
  try {
    await migrate(connection);
    await keepPristineRows(connection);
  } finally {
    await connection.close();
  }
  await rename(unfinished, template).catch(async (error: unknown) => {
    if (!existsSync(template)) throw error;
    await rm(unfinished, { recursive: true }); // another process made the same one meanwhile
  });
  await removeOldTemplates();
  return template;
}

async function templateKey(): Promise<string> {
  const hash = createHash('sha256').update(FORMAT);
  for (const name of ['@electric-sql/pglite', '@electric-sql/pglite-postgis']) {
    hash.update(await readFile(join(root, 'node_modules', name, 'package.json')));
  }
  const migrations = join(root, 'db/migrations');
  for (const name of (await readdir(migrations)).filter((file) => file.endsWith('.sql')).sort()) {
    hash.update(name).update(await readFile(join(migrations, name)));
  }
  return hash.digest('hex').slice(0, 16);
}

/** Copies what migrations inserted, so that `emptyTestDatabase` can put it back. */
export async function keepPristineRows({ sql }: Connection): Promise<void> {
  await sql.unsafe(`create schema ${PRISTINE_SCHEMA}`);
  for (const table of await listTables(sql)) {
    const [row] = await sql`select 1 from ${sql('public')}.${sql(table)} limit 1`;
    if (!row) continue;
    await sql`create table ${sql(PRISTINE_SCHEMA)}.${sql(table)} as table ${sql('public')}.${sql(table)}`;
  }
}

/** The project's own tables. */
export async function listTables(sql: Connection['sql']): Promise<string[]> {
  const rows = await sql<{ tablename: string }[]>`
    select tablename from pg_tables where schemaname = 'public' and tablename <> 'spatial_ref_sys' order by tablename`;
  return rows.map((row) => row.tablename);
}

async function removeOldTemplates(): Promise<void> {
  for (const name of await readdir(cache)) {
    const { mtimeMs } = await stat(join(cache, name));
    if (mtimeMs < Date.now() - OLD_AFTER_MS) await rm(join(cache, name), { recursive: true, force: true });
  }
}
