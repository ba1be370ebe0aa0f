/**
 * `npm test`: the unit tests, then those with a database and those with a browser side by side, since each of the two
 * keeps one core busy. With arguments it is `vitest run` with them: `npm test -- --project unit`.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const VITEST = fileURLToPath(new URL('../node_modules/vitest/vitest.mjs', import.meta.url));

async function run(...args: string[]): Promise<boolean> {
  const child = spawn(process.execPath, [VITEST, 'run', ...args], { stdio: 'inherit' });
  const [code] = (await once(child, 'exit')) as [number | null];
  return code === 0;
}

const given = process.argv.slice(2);
const passed =
  given.length > 0
    ? await run(...given)
    : (await run('--project', 'unit')) &&
      (await Promise.all([run('--project', 'database'), run('--project', 'browser')])).every(Boolean);
process.exit(passed ? 0 : 1);
