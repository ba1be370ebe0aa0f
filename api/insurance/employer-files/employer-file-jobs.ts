import { and, eq, inArray, isNull, lt } from 'drizzle-orm';
import type { Connection } from '../../../db/connect.ts';
import { employerFileRows, employerFiles } from '../../../db/tables/employer-files.ts';
import { describeError } from '../../http/describe-error.ts';
import type { SendMessage } from '../../platform/notifications/message.ts';
import type { PaymentProviders } from '../../platform/payments/payment-provider.ts';
import type { Vault } from '../../platform/vault.ts';
import { checkEmployerFile } from './check-employer-file.ts';
import { holdEmployerFile } from './hold-employer-file.ts';
import { type ReadEmployerTable, readEmployerTableApart } from './read-employer-table.ts';
import { MAX_TELL_TRIES, tellWorkers } from './tell-workers.ts';

/**
 * The long work on employers' files, one file after the other in each process. What is to do stands in the database, in
 * the state of each file, so that any process goes on where one was killed; two on one file do not disturb each other.
 */
export type EmployerFileJobs = {
  read: ReadEmployerTable;
  /** Does what the state of a file asks for. */
  wake: (fileId: string) => void;
  /** Wakes every file on which something is left to do. */
  wakeAll: () => Promise<void>;
  /** Resolves when nothing is left to do. */
  idle: () => Promise<void>;
  /** Stops between two batches. */
  close: () => Promise<void>;
};

export type EmployerFileJobOptions = {
  connection: Connection;
  vault: Vault;
  sendMessage: SendMessage;
  payments: PaymentProviders;
  clock: () => number;
  log: (line: string) => void;
  /** How a file is read; in a worker thread unless it is said. */
  read?: ReadEmployerTable;
};

export function createEmployerFileJobs(options: EmployerFileJobOptions): EmployerFileJobs {
  const { connection, payments, log, read = readEmployerTableApart } = options;
  const { db } = connection;
  let isClosing = false;
  const deps = { ...options, db, provider: payments.current.name, shouldStop: () => isClosing };
  // Thousands of messages do not keep another employer's file waiting.
  const working = createLine((fileId) => work(fileId), log);
  const telling = createLine((fileId) => tellWorkers(deps, fileId), log);

  async function work(fileId: string): Promise<void> {
    let before = '';
    while (!deps.shouldStop()) {
      const [file] = await db
        .select({ state: employerFiles.state })
        .from(employerFiles)
        .where(eq(employerFiles.id, fileId));
      const state = file?.state ?? '';
      if (state === before) return;
      before = state;
      if (state === 'checking') await checkEmployerFile(deps, fileId);
      else if (state === 'holding') await holdEmployerFile(deps, fileId);
      else if (state === 'insured') return telling.add(fileId);
      else return;
    }
  }

  return {
    read,
    wake: (fileId) => working.add(fileId),
    async wakeAll() {
      const running = await db
        .select({ id: employerFiles.id })
        .from(employerFiles)
        .where(inArray(employerFiles.state, ['checking', 'holding']));
      const untold = await db
        .selectDistinct({ id: employerFileRows.fileId })
        .from(employerFileRows)
        .innerJoin(employerFiles, eq(employerFiles.id, employerFileRows.fileId))
        .where(
          and(
            eq(employerFiles.state, 'insured'),
            isNull(employerFiles.rowsDestroyedAt),
            eq(employerFileRows.state, 'good'),
            eq(employerFileRows.isFirstOfPerson, true),
            isNull(employerFileRows.toldAt),
            lt(employerFileRows.tellTries, MAX_TELL_TRIES),
          ),
        );
      for (const { id } of [...running, ...untold]) working.add(id);
    },
    async idle() {
      await working.end();
      await telling.end();
    },
    async close() {
      isClosing = true;
      await working.end();
      await telling.end();
    },
  };
}

/** Does one thing after the other. What waits already is not put in line again. */
function createLine(work: (fileId: string) => Promise<void>, log: (line: string) => void) {
  const waiting = new Set<string>();
  let last: Promise<void> = Promise.resolve();
  return {
    add(fileId: string) {
      if (waiting.has(fileId)) return;
      waiting.add(fileId);
      last = last
        .then(() => {
          waiting.delete(fileId);
          return work(fileId);
        })
        .catch((error: unknown) => log(`The employer's file ${fileId} was left: ${describeError(error)}`));
    },
    end: () => last,
  };
}
