/** A worker thread that checks one import, so that the service goes on answering meanwhile. */
import { parentPort, workerData } from 'node:worker_threads';
import { type CheckWork, runCheck } from './run-check.ts';

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- that is for windows
parentPort!.postMessage(await runCheck(workerData as CheckWork));
