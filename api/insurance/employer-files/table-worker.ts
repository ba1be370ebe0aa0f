/** A worker thread that reads one list. Nothing of it is ever on a disk. */
import { parentPort, workerData } from 'node:worker_threads';
import { TableProblem } from '../../platform/tables/table-problem.ts';
import { readEmployerTable, type WorkerAnswer } from './read-employer-table.ts';

const { bytes, fileName } = workerData as { bytes: Uint8Array; fileName: string };

async function answer(): Promise<WorkerAnswer> {
  try {
    return { kind: 'table', table: await readEmployerTable(Buffer.from(bytes), fileName) };
  } catch (error) {
    if (error instanceof TableProblem) return { kind: 'problem', code: error.code, params: error.params };
    // Its words could repeat what stands in the file.
    return { kind: 'failed', words: error instanceof Error ? error.name : 'unknown' };
  }
}

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- that is for windows
parentPort!.postMessage(await answer());
