import { execFile } from 'node:child_process';
import { readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectDatabase, type Connection } from '../../db/connect.ts';
import { backupFolder } from '../../db/embedded/start.ts';
import { newDataDir } from '../support/template.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
let dataDir: string;

beforeAll(async () => {
  dataDir = await newDataDir();
});

afterAll(() => rm(dataDir, { recursive: true }));

/** Runs db/backup.ts or db/restore.ts as `npm run` does. */
async function run(script: string, ...parameters: string[]): Promise<{ exitCode: number; output: string }> {
  const env = { ...process.env, DATA_DIR: dataDir, DATABASE_URL: '' };
  try {
    const { stdout, stderr } = await promisify(execFile)(
      process.execPath,
      ['--import', 'tsx', `db/${script}.ts`, ...parameters],
      { cwd: root, env },
    );
    return { exitCode: 0, output: stdout + stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { exitCode: code, output: stdout + stderr };
  }
}

async function withDatabase<T>(work: (connection: Connection) => Promise<T>): Promise<T> {
  const connection = await connectDatabase({ dataDir, poolSize: 2, ownerUrl: () => 'http://127.0.0.1:4321' });
  try {
    return await work(connection);
  } finally {
    await connection.close();
  }
}

const newestBackup = async (): Promise<string> =>
  join(backupFolder(dataDir), (await readdir(backupFolder(dataDir))).sort().at(-1)!);

describe('backup and restore', () => {
  it('bring back what was there, and keep what they replaced', { timeout: 120_000 }, async () => {
    await withDatabase(async ({ sql }) => {
      await sql`create table kept as select n, ST_SetSRID(ST_MakePoint(118 + n / 1000.0, 24.5), 4326) as at
        from generate_series(1, 1000) n`;
      // While the program runs, it is asked for the backup, and restoring is refused in words.
      const backup = await run('backup');
      expect(backup.output).toContain(await newestBackup());
      expect(backup.exitCode).toBe(0);
      const refused = await run('restore', await newestBackup());
      expect(refused.exitCode).toBe(1);
      expect(refused.output).toContain(`in use by process ${process.pid} on `);
      expect(refused.output).toContain('(http://127.0.0.1:4321)');
      await sql`delete from kept where n > 10`;
    });

    const restored = await run('restore', await newestBackup());
    expect(restored).toMatchObject({ exitCode: 0 });
    expect(restored.output).toContain('The database that was there is now in');
    await withDatabase(async ({ sql }) => {
      expect(await sql`select count(*)::int as n, ST_XMax(ST_Extent(at)) as lng from kept`).toEqual([
        { n: 1000, lng: 119 },
      ]);
    });
  });

  it('work while the program does not run', { timeout: 60_000 }, async () => {
    const before = await readdir(backupFolder(dataDir));
    expect(await run('backup')).toMatchObject({ exitCode: 0 });
    expect(await readdir(backupFolder(dataDir))).toHaveLength(before.length + 1);
  });

  it('refuse a file that is not a backup, and leave the database as it is', { timeout: 60_000 }, async () => {
    const file = join(dataDir, 'not-a-backup.tar.gz');
    await writeFile(file, 'something else');
    const refused = await run('restore', file);
    expect(refused.exitCode).toBe(1);
    expect(refused.output).toContain('is not a backup of the embedded database');
    await withDatabase(async ({ sql }) => {
      expect(await sql`select count(*)::int as n from kept`).toEqual([{ n: 1000 }]);
    });
  });

  it('say what is missing', async () => {
    expect((await run('restore')).output).toContain('npm run db:restore -- <file>');
    expect((await run('restore', '/nowhere/x.tar.gz')).output).toContain('There is no file');
  });
});
