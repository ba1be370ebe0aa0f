import { and, desc, eq } from 'drizzle-orm';
import type { ConfirmEmployerFile } from '#domain/insurance/employer-file-contract.ts';
import type { EmployerFileState } from '#domain/insurance/employer-file-states.ts';
import { shanghaiDay } from '#domain/time/shanghai.ts';
import type { Database } from '../../../db/connect.ts';
import { employerFiles } from '../../../db/tables/employer-files.ts';
import { payments } from '../../../db/tables/enrolments.ts';
import { Problem } from '../../http/problem.ts';
import { writeAudit } from '../../platform/audit.ts';
import { PaymentProblem, providerNamed } from '../../platform/payments/payment-provider.ts';
import type { Vault } from '../../platform/vault.ts';
import type { InsuranceDependencies } from '../dependencies.ts';
import type { PayLinks } from '../enrolment-view.ts';
import type { Payer } from '../start-payment.ts';
import { lockFile } from './hold-employer-file.ts';
import { releaseFile } from './release-employer-file.ts';

/**
 * Begins to hold the days of every good row. Asked again it changes nothing. Throws `employer_file_state`,
 * `employer_file_bad_rows`, and `employer_file_changed` when the sum is not the one that was shown, or was found on
 * another day (then the file is being checked again). The caller wakes the job.
 */
export async function confirmEmployerFile(
  db: Database,
  { fileId, actorId }: { fileId: string; actorId: string },
  { leaveBadRowsOut, ownFen }: ConfirmEmployerFile,
  nowMs: number,
): Promise<void> {
  const isStale = await db.transaction(async (tx) => {
    const file = (await lockFile(tx, fileId))!;
    if (['holding', 'held', 'insured'].includes(file.state) && file.ownFen === ownFen) return false;
    if (file.state !== 'checked') throw wrongState(file.state);
    if (shanghaiDay(file.checkedAt!.getTime()) !== shanghaiDay(nowMs)) {
      await tx.update(employerFiles).set({ state: 'checking', rowsDone: 0 }).where(eq(employerFiles.id, fileId));
      return true;
    }
    if (file.badRows > 0 && !leaveBadRowsOut) {
      throw new Problem(
        'employer_file_bad_rows',
        `${file.badRows} rows are not right. Correct them and upload the file again, or say that they are left out. Nobody was insured.`,
      );
    }
    if (file.goodRows === 0 || file.ownFen === 0) {
      throw new Problem('employer_file_state', 'No row of the file has anything to be insured.');
    }
    if (file.ownFen !== ownFen) {
      throw new Problem('employer_file_changed', 'Look at the sum again and confirm it then. Nobody was insured.');
    }
    await tx
      .update(employerFiles)
      .set({ state: 'holding', problem: null, rowsDone: 0 })
      .where(eq(employerFiles.id, fileId));
    await writeAudit(tx, {
      actorId,
      action: 'employer_file.confirm',
      subject: { kind: 'employer_file', id: fileId },
      before: { state: 'checked' },
      after: { state: 'holding', rows: file.goodRows, leftOut: file.badRows, ownFen, workersKnow: true },
      atMs: nowMs,
    });
    return false;
  });
  if (isStale) {
    throw new Problem(
      'employer_file_changed',
      'The file was checked on another day, and which days can be bought has changed. It is being checked again. Nobody was insured.',
    );
  }
}

/** Gives a file up for good, with whatever it holds. Asked again it changes nothing. Throws `employer_file_state`. */
export async function discardEmployerFile(
  { db, vault }: { db: Database; vault: Vault },
  { fileId, actorId }: { fileId: string; actorId: string },
  nowMs: number,
): Promise<void> {
  await db.transaction(async (tx) => {
    const file = (await lockFile(tx, fileId))!;
    if (file.state === 'discarded') return;
    if (file.state === 'insured') throw wrongState(file.state);
    await releaseFile(tx, { vault, file, to: { state: 'discarded' }, actorId, nowMs });
  });
}

function wrongState(state: EmployerFileState): Problem {
  return new Problem('employer_file_state', `The file is ${state}; that cannot be done now.`);
}

/** The payment that a file that is held waits for; undefined: there is none. */
export async function findFilePayment(db: Database, fileId: string) {
  const [payment] = await db
    .select()
    .from(payments)
    .where(and(eq(payments.employerFileId, fileId)))
    .orderBy(desc(payments.createdAt))
    .limit(1);
  return payment;
}

/** Asks the provider how a file that is held can be paid. Null: there is nothing to pay. Throws `payment_unreachable`. */
export async function startFilePayment(
  { connection: { db }, payments: providers, clock, log }: InsuranceDependencies,
  fileId: string,
  payer: Payer,
): Promise<PayLinks | null> {
  const payment = await findFilePayment(db, fileId);
  if (!payment || payment.state !== 'open' || payment.expiresAt.getTime() <= clock()) return null;
  const { provider, tradeNo, amountFen, expiresAt } = payment;
  try {
    const description = '益鹭保 单位参保';
    return await providerNamed(providers, provider).create({ tradeNo, amountFen, description, expiresAt, ...payer });
  } catch (error) {
    if (!(error instanceof PaymentProblem)) throw error;
    log(`Payment ${tradeNo} could not be started (${error.kind}): ${error.message}`);
    throw new Problem(
      'payment_unreachable',
      'The payment could not be started. The days stay held for now: try again.',
    );
  }
}
