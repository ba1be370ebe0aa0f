import type { Actor } from '#domain/accounts/roles.ts';
import { type DatabaseAddress, joinDatabase } from '../../../db/connect.ts';
import { describeError } from '../../http/describe-error.ts';
import { checkImport } from './check-import.ts';
import { ImportStopped } from './store-import.ts';
import { TableProblem } from '../../platform/tables/table-problem.ts';

export type CheckWork = {
  address: DatabaseAddress;
  importId: string;
  filePath: string;
  actor: Actor;
  /** Its first cell is 1 when the work should stop. */
  stopFlag: Int32Array;
};
/** `problem` is for the person (a code, then its parameters), `failed` for the log. */
export type CheckOutcome = { kind: 'checked' } | { kind: 'stopped' } | { kind: 'problem' | 'failed'; words: string };

/** Checks an import over a connection of its own. Never throws. */
export async function runCheck({ address, stopFlag, ...work }: CheckWork): Promise<CheckOutcome> {
  try {
    const connection = await joinDatabase(address, 1);
    try {
      await checkImport(connection, work.importId, { ...work, shouldStop: () => Atomics.load(stopFlag, 0) === 1 });
      return { kind: 'checked' };
    } finally {
      await connection.close();
    }
  } catch (error) {
    if (error instanceof ImportStopped) return { kind: 'stopped' };
    if (error instanceof TableProblem) {
      return { kind: 'problem', words: [error.code, ...Object.values(error.params)].join(': ') };
    }
    return { kind: 'failed', words: describeError(error) };
  }
}
