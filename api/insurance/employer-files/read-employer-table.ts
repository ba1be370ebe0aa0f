import { Worker } from 'node:worker_threads';
import { countEmployerColumns } from '#domain/insurance/employer-columns.ts';
import { EMPLOYER_FILE_MAX_MB, EMPLOYER_FILE_MAX_ROWS } from '#domain/insurance/employer-file-states.ts';
import type { TableRow } from '#domain/tables/table-row.ts';
import { typeScriptEntry } from '../../../db/typescript-entry.ts';
import { readAnyTable } from '../../platform/tables/read-table.ts';
import { type TableLimits, TableProblem, type TableProblemCode } from '../../platform/tables/table-problem.ts';

const MB = 1024 * 1024;

export const EMPLOYER_TABLE_LIMITS: TableLimits = {
  fileBytes: EMPLOYER_FILE_MAX_MB * MB,
  csvRows: EMPLOYER_FILE_MAX_ROWS,
  xlsxRows: EMPLOYER_FILE_MAX_ROWS,
  geojsonRows: 0,
  columns: 60,
  cellLength: 6000, // a year of days, one by one, has 4000
  unpackedBytes: 60 * MB,
};

export type EmployerTable = { header: string[]; rows: TableRow[] };
export type ReadEmployerTable = (bytes: Buffer, fileName: string) => Promise<EmployerTable>;

/** Reads an employer's list. Throws `TableProblem`. */
export const readEmployerTable: ReadEmployerTable = async (bytes, fileName) => {
  const { header, rows } = await readAnyTable(bytes, fileName, {
    limits: EMPLOYER_TABLE_LIMITS,
    countKnown: countEmployerColumns,
  });
  return { header, rows };
};

export type WorkerAnswer =
  | { kind: 'table'; table: EmployerTable }
  | { kind: 'problem'; code: TableProblemCode; params: TableProblem['params'] }
  | { kind: 'failed'; words: string };

const WORKER_HEAP_MB = 300;

/** The same in a thread of its own, so that the service goes on answering meanwhile. */
export const readEmployerTableApart: ReadEmployerTable = async (bytes, fileName) => {
  const worker = new Worker(typeScriptEntry(new URL('./table-worker.ts', import.meta.url)), {
    workerData: { bytes, fileName },
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: WORKER_HEAP_MB },
  });
  const answer = await new Promise<WorkerAnswer>((resolve) => {
    let said: WorkerAnswer = { kind: 'failed', words: 'The thread that reads the file ended without a word.' };
    worker.once('message', (message: WorkerAnswer) => (said = message));
    worker.once('error', (error: NodeJS.ErrnoException) => {
      const isTooBig = error.code === 'ERR_WORKER_OUT_OF_MEMORY';
      said = isTooBig ? { kind: 'problem', code: 'zip_bomb', params: {} } : { kind: 'failed', words: String(error) };
    });
    worker.once('exit', () => resolve(said));
  });
  if (answer.kind === 'problem') throw new TableProblem(answer.code, answer.params);
  if (answer.kind === 'failed') throw new Error(answer.words);
  return answer.table;
};
