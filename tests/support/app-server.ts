/** The real service as its own process, on a free port and a data folder of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { newDataDir } from './template.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const READY = /is ready: (http:\/\/\S+)/;

export type AppServer = {
  url: string;
  /** Its data folder, with the messages that it sent to phones in `outbox.jsonl`. */
  dataDir: string;
  /** Everything the process has said. */
  log: () => string;
  /** `kill -9`; answers when the process is gone. The folder stays. */
  kill: () => Promise<void>;
  /** Starts again on the same folder and port; answers when the service is ready. */
  restart: () => Promise<void>;
  /** Ends the process and removes the folder. */
  close: () => Promise<void>;
};

/**
 * Starts `api/server.ts` with the settings of `environment` (README) over SEED=demo and BASEMAP=none, and waits until
 * it is ready. `TEST_CLOCK`, an ISO instant, sets its clock. Throws with what the process said when it ends instead.
 */
export async function startAppServer(environment: Record<string, string> = {}): Promise<AppServer> {
  const dataDir = await newDataDir();
  let log = '';
  let child: ChildProcess;
  let port = '0';

  async function start(): Promise<string> {
    child = spawn(
      process.execPath,
      ['--import', 'tsx', '--import', './tests/support/shift-clock.ts', 'api/server.ts'],
      {
        cwd: root,
        env: { ...process.env, SEED: 'demo', BASEMAP: 'none', ...environment, DATA_DIR: dataDir, PORT: port },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    return new Promise((resolve, reject) => {
      const hear = (line: string) => {
        log += `${line}\n`;
        const url = READY.exec(line)?.[1];
        if (url) resolve(url);
      };
      createInterface({ input: child.stdout! }).on('line', hear);
      createInterface({ input: child.stderr! }).on('line', hear);
      child.once('error', reject);
      child.once('exit', (code) => reject(new Error(`The server ended (${code}) before it was ready:\n${log}`)));
    });
  }

  async function end(signal: NodeJS.Signals): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill(signal);
    await gone;
  }

  const url = await start();
  port = new URL(url).port;
  return {
    url,
    dataDir,
    log: () => log,
    kill: () => end('SIGKILL'),
    restart: async () => {
      await start();
    },
    close: async () => {
      await end('SIGTERM');
      await rm(dataDir, { recursive: true });
    },
  };
}
