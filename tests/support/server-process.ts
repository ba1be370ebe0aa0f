/** The service as its users run it: a process of its own, spoken to over HTTP. */
import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export type ServerProcess = {
  child: ChildProcess;
  /** What it said up to now, both streams. */
  said: () => string;
  /** Resolves with its address when it is ready; rejects with what it said if it ends before. */
  ready: Promise<string>;
  /** Resolves when it has ended. */
  exited: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
};

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const running = new Set<ChildProcess>();

/** Starts the server on a free port. Nothing of the test's own environment but what Node needs reaches it. */
export function startServer(settings: Record<string, string>): ServerProcess {
  const { PATH, HOME, TMPDIR, TZ } = process.env;
  const child = spawn(process.execPath, ['--import', 'tsx', 'api/server.ts'], {
    cwd: ROOT,
    env: { PATH, HOME, TMPDIR, TZ, PORT: '0', SEED: 'reference', ...settings } as NodeJS.ProcessEnv,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  const lines: string[] = [];
  const exited = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) =>
    child.once('close', (code, signal) => {
      running.delete(child);
      resolve({ code, signal });
    }),
  );
  const ready = new Promise<string>((resolve, reject) => {
    for (const stream of [child.stdout!, child.stderr!]) {
      createInterface({ input: stream }).on('line', (line) => {
        lines.push(line);
        const address = /is ready: http:\/\/localhost:(\d+)/.exec(line);
        if (address) resolve(`http://127.0.0.1:${address[1]}`);
      });
    }
    void exited.then(() => reject(new Error(`The server ended before it was ready:\n${lines.join('\n')}`)));
  });
  ready.catch(() => {}); // a test that expects the end does not wait for it to be ready
  return { child, said: () => lines.join('\n'), ready, exited };
}

/** For `afterAll`: ends what a failed test left behind. */
export function killServers(): void {
  for (const child of running) child.kill('SIGKILL');
}
