import { spawn } from 'node:child_process';

/**
 * Runs pg_dump or pg_restore on the database at `url`, with its output on this terminal. Throws in words if it is not
 * installed or fails. The password goes by the environment: everybody on the machine can see a command's parameters.
 */
export async function runPostgresTool(
  tool: 'pg_dump' | 'pg_restore',
  url: string,
  parameters: string[],
): Promise<void> {
  const address = new URL(url);
  const password = decodeURIComponent(address.password);
  address.password = '';
  const exitCode = await new Promise<number | null>((resolve, reject) => {
    const child = spawn(tool, [`--dbname=${address.href}`, ...parameters], {
      stdio: 'inherit',
      env: { ...process.env, ...(password && { PGPASSWORD: password }) },
    });
    child.once('exit', resolve);
    child.once('error', (error: NodeJS.ErrnoException) => {
      reject(
        error.code === 'ENOENT'
          ? new Error(
              `${tool} is not installed here. Where PostgreSQL's client is installed, run: ${tool} --dbname="$DATABASE_URL" ${parameters.join(' ')}`,
            )
          : error,
      );
    });
  });
  if (exitCode !== 0) throw new Error(`${tool} ended with exit code ${exitCode}.`);
}
