/**
 * The thread in which PGlite runs, behind a unix socket that speaks the PostgreSQL protocol. It is a thread of its own
 * because PGlite computes synchronously: the program's event loop stays free while a query runs.
 */
import { rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { parentPort, workerData } from 'node:worker_threads';
import { writeBackup } from './backup.ts';
import { encodeQuery, findStatement } from './messages.ts';
import { engineOf, openPGlite } from './open-engine.ts';
import { Wire } from './wire.ts';

export type WorkerOptions = { folder: string; socketPath: string; idleTransactionLimitMs: number };
export type WorkerRequest = { id: number; task: 'back-up'; folder: string } | { id: number; task: 'close' };
export type WorkerReply =
  | { kind: 'ready' }
  | { kind: 'warning'; text: string }
  | { kind: 'crashed'; during: string }
  | { kind: 'done'; id: number; result: unknown }
  | { kind: 'failed'; id: number; message: string };

const { folder, socketPath, idleTransactionLimitMs } = workerData as WorkerOptions;
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- that is for windows
const reply = (message: WorkerReply): void => parentPort!.postMessage(message);

const database = await openPGlite(folder);
const engine = engineOf(database, {
  onCrash: (messages) => {
    // Only the text of the statement, without its parameters, which may be about persons.
    const sql = findStatement(messages)?.sql.trim().slice(0, 500) ?? 'a prepared statement';
    reply({ kind: 'crashed', during: sql });
    return process.exit(1); // ends this thread only, at once
  },
});
const wire = new Wire(engine, {
  idleTransactionLimitMs,
  onWarning: (text) => reply({ kind: 'warning', text }),
});
const server = createServer((socket) => void wire.serve(socket));

async function backUp(backupFolder: string): Promise<string> {
  const dump = await wire.exclusively(async () => {
    await engine(encodeQuery('CHECKPOINT'));
    return database.dumpDataDir('none');
  });
  return writeBackup(backupFolder, dump); // compressed while others use the engine again
}

async function close(): Promise<void> {
  server.close();
  await wire.close();
  await database.close();
}

async function answer(request: WorkerRequest): Promise<void> {
  try {
    const result = request.task === 'close' ? await close() : await backUp(request.folder);
    reply({ kind: 'done', id: request.id, result });
  } catch (error) {
    reply({ kind: 'failed', id: request.id, message: String(error) });
  }
  if (request.task === 'close') parentPort!.close(); // nothing is left to wait for, so the thread ends
}

parentPort!.on('message', (request: WorkerRequest) => void answer(request));

await rm(socketPath, { force: true }); // left behind by a process that was killed; the lock says that it is gone
server.listen(socketPath, () => reply({ kind: 'ready' }));
