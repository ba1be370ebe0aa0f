import { type ChildProcess, spawn, type SpawnOptions } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** A process that says when it is ready. `stop` asks it to end and waits for it. */
export type RunningProcess = {
  child: ChildProcess;
  readyLine: string;
  readyAfterMs: number;
  stop: () => Promise<void>;
};

/** Starts a program and waits for the line of its output that matches. Throws with its last words if it ends before. */
export async function startProcess(
  command: string,
  args: readonly string[],
  isReady: RegExp,
  options: SpawnOptions = {},
): Promise<RunningProcess> {
  const startedAt = performance.now();
  const child = spawn(command, args, { cwd: ROOT, ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  const lastWords: string[] = [];
  const readyLine = await new Promise<string>((resolve, reject) => {
    for (const stream of [child.stdout!, child.stderr!]) {
      createInterface({ input: stream }).on('line', (line) => {
        lastWords.push(line);
        if (lastWords.length > 20) lastWords.shift();
        if (isReady.test(line)) resolve(line);
      });
    }
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`${command} ended with ${code}:\n${lastWords.join('\n')}`)));
  });
  return {
    child,
    readyLine,
    readyAfterMs: performance.now() - startedAt,
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}

/** Starts one of the project's own TypeScript programs. */
export function startProgram(
  path: string,
  isReady: RegExp,
  env: Record<string, string>,
  nodeArgs: readonly string[] = [],
): Promise<RunningProcess> {
  return startProcess(process.execPath, [...nodeArgs, '--import', 'tsx', path], isReady, {
    env: { ...process.env, ...env },
  });
}
