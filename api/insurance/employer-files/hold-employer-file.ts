import { randomUUID } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { and, asc, eq, inArray, isNull, sql } from 'drizzle-orm';
import type { PaymentProviderName } from '#domain/insurance/enrolment.ts';
import type { EmployerWorker, TermsOfDay } from '#domain/insurance/employer-file.ts';
import { shanghaiDay } from '#domain/time/shanghai.ts';
import type { Database, Transaction } from '../../../db/connect.ts';
import { employerFileRows, employerFiles } from '../../../db/tables/employer-files.ts';
import { enrolments, insuredPersons, payments } from '../../../db/tables/enrolments.ts';
import { Problem } from '../../http/problem.ts';
import { writeAudit } from '../../platform/audit.ts';
import type { Vault } from '../../platform/vault.ts';
import { dayRangeText } from '../day-range-sql.ts';
import { auditReleased, releaseExpiredHolds } from '../release-holds.ts';
import { insertCovers, makeCertificateCode } from '../submit-enrolment.ts';
import { judgeEmployerRow, type JudgedRow, openTerms } from './judge-employer-rows.ts';
import { releaseFile } from './release-employer-file.ts';
import { fileKeyOf, unsealRow } from './sealed-rows.ts';

/** An employer pays for thousands by a bank's form: longer than a rider needs. */
const HOLD_MS = 2 * 60 * 60_000;
/** Rows in one transaction. */
const BATCH = 200;

export type FileRow = typeof employerFiles.$inferSelect;

type Holding = {
  db: Database;
  vault: Vault;
  provider: PaymentProviderName;
  clock: () => number;
  shouldStop: () => boolean;
};

/** Something is not as it was when the file was checked. */
class NotAsChecked extends Error {
  override name = 'NotAsChecked';
}

/**
 * Holds the days of every good row of a file that is `holding`, some at a time, and then asks for one payment for all of
 * them. Cut short, it goes on where it stopped. When a row can't be held any more, none is, and the file is checked again.
 */
export async function holdEmployerFile(deps: Holding, fileId: string): Promise<void> {
  const { db, vault, clock, shouldStop } = deps;
  const termsOf = await openTerms(db);
  const unseal = await vault.unsealerFor(db, fileKeyOf(fileId));
  if (!unseal) return;
  try {
    while (!shouldStop()) {
      const isMore = await db.transaction((tx) => holdSome(tx, { ...deps, termsOf, unseal }, fileId));
      if (!isMore) return;
      await setImmediate();
    }
  } catch (error) {
    const isTaken = error instanceof Problem && error.code === 'days_taken';
    if (!isTaken && !(error instanceof NotAsChecked)) throw error;
    await db.transaction(async (tx) => {
      const file = await lockFile(tx, fileId);
      if (file?.state !== 'holding') return;
      await releaseFile(tx, { vault, file, to: { state: 'checking', problem: 'changed_meanwhile' }, nowMs: clock() });
    });
  }
}

export async function lockFile(tx: Transaction, fileId: string): Promise<FileRow | undefined> {
  const [file] = await tx.select().from(employerFiles).where(eq(employerFiles.id, fileId)).for('update');
  return file;
}

type Some = Holding & { termsOf: TermsOfDay; unseal: (sealed: string, context: string) => string };

/** False: there is nothing left to do. Throws `NotAsChecked`, and `days_taken` when the database finds it. */
async function holdSome(tx: Transaction, some: Some, fileId: string): Promise<boolean> {
  const { vault, clock, termsOf, unseal } = some;
  const file = await lockFile(tx, fileId);
  if (file?.state !== 'holding') return false;
  const rows = await tx
    .select({ row: employerFileRows.row, sealed: employerFileRows.sealed })
    .from(employerFileRows)
    .where(
      and(
        eq(employerFileRows.fileId, fileId),
        eq(employerFileRows.state, 'good'),
        isNull(employerFileRows.enrolmentId),
      ),
    )
    .orderBy(asc(employerFileRows.row))
    .limit(BATCH);
  const nowMs = clock();
  if (rows.length === 0) {
    await askForPayment(tx, file, some.provider, nowMs);
    return false;
  }
  const about = { mapping: file.mapping, termsOf, today: shanghaiDay(nowMs), vault };
  const judged = rows.map(({ row, sealed }) => judgeEmployerRow(unsealRow(unseal, { row, sealed: sealed! }), about));
  if (judged.some(({ state }) => state !== 'good')) throw new NotAsChecked();
  const { idOf, released } = await settlePeople(tx, vault, judged, nowMs);
  await holdRows(tx, file, judged, { idOf, termsOf, nowMs });
  await tx
    .update(employerFiles)
    .set({ rowsDone: file.rowsDone + rows.length })
    .where(eq(employerFiles.id, fileId));
  await auditReleased(tx, released, nowMs);
  return true;
}

/** Finds or makes everybody in these rows, and locks them in one order, so that two files do not wait in a circle. */
async function settlePeople(tx: Transaction, vault: Vault, judged: readonly JudgedRow[], nowMs: number) {
  const workers = new Map<string, EmployerWorker>(judged.map(({ idLookup, worker }) => [idLookup!, worker!]));
  const lookups = [...workers.keys()].sort();
  const createdAt = new Date(nowMs);
  const made = await tx
    .insert(insuredPersons)
    .values(lookups.map((idLookup) => ({ id: randomUUID(), idLookup, createdAt })))
    .onConflictDoNothing()
    .returning({ id: insuredPersons.id, idLookup: insuredPersons.idLookup });
  const people = await tx
    .select({ id: insuredPersons.id, idLookup: insuredPersons.idLookup })
    .from(insuredPersons)
    .where(inArray(insuredPersons.idLookup, lookups))
    .orderBy(asc(insuredPersons.idLookup))
    .for('update');
  await vault.putNewPeople(
    tx,
    made.map(({ id, idLookup }) => {
      const { name, idNumber, phone } = workers.get(idLookup)!;
      return { personId: id, fields: { name, id_number: idNumber, phone } };
    }),
    nowMs,
  );
  const isNew = new Set(made.map(({ id }) => id));
  const known = people.filter(({ id }) => !isNew.has(id));
  const names = await vault.getPersonalOfMany(
    tx,
    known.map(({ id }) => id),
    'name',
  );
  if (known.some(({ id, idLookup }) => names.get(id) !== workers.get(idLookup)!.name)) throw new NotAsChecked();
  const released =
    known.length === 0
      ? []
      : await releaseExpiredHolds(
          tx,
          known.map(({ id }) => id),
          nowMs,
        );
  return { idOf: new Map(people.map(({ id, idLookup }) => [idLookup, id])), released };
}

type Settled = { idOf: ReadonlyMap<string, string>; termsOf: TermsOfDay; nowMs: number };

async function holdRows(tx: Transaction, file: FileRow, judged: readonly JudgedRow[], settled: Settled): Promise<void> {
  const { idOf, termsOf, nowMs } = settled;
  const held = judged.map((row) => {
    const { insurerId, version, ownShareFenPerDay, subsidyFenPerDay } = termsOf(row.days[0]!.from)!;
    const common = { insuredPersonId: idOf.get(row.idLookup!)!, insurerId, payer: 'employer' as const };
    const id = randomUUID();
    return {
      row: row.row,
      enrolment: {
        ...common,
        id,
        termsVersion: version,
        state: 'held' as const,
        employerId: file.organisationId,
        employerFileId: file.id,
        ownFen: row.ownFen,
        subsidyFen: row.subsidyFen,
        boughtDays: row.days,
        certificateCode: makeCertificateCode(),
        channel: 'employer_file' as const,
        madeBy: file.madeBy,
        createdAt: new Date(nowMs),
        heldUntil: new Date(nowMs + HOLD_MS),
      },
      covers: row.days.map((days) => ({
        ...common,
        enrolmentId: id,
        isInsured: false,
        days: dayRangeText(days),
        ownFenPerDay: ownShareFenPerDay.value,
        subsidyFenPerDay: subsidyFenPerDay.value,
      })),
    };
  });
  await tx.insert(enrolments).values(held.map(({ enrolment }) => enrolment));
  await insertCovers(
    tx,
    held.flatMap((row) => row.covers),
  );
  const text = JSON.stringify(held.map(({ row, enrolment }) => ({ row, id: enrolment.id })));
  await tx.execute(sql`
    update employer_file_rows r set enrolment_id = j.id
    from jsonb_to_recordset(${text}::text::jsonb) as j(row int, id uuid)
    where r.file_id = ${file.id} and r.row = j.row`);
}

/** The last step: all days are held, for one payment. Throws `NotAsChecked` when the first of them were lost meanwhile. */
async function askForPayment(
  tx: Transaction,
  file: FileRow,
  provider: PaymentProviderName,
  nowMs: number,
): Promise<void> {
  const [held] = await tx
    .select({
      rows: sql`count(*)`.mapWith(Number),
      ownFen: sql`coalesce(sum(${enrolments.ownFen}), 0)`.mapWith(Number),
    })
    .from(enrolments)
    .where(and(eq(enrolments.employerFileId, file.id), eq(enrolments.state, 'held')));
  if (held!.rows !== file.goodRows || held!.ownFen !== file.ownFen) throw new NotAsChecked();
  const heldUntil = new Date(nowMs + HOLD_MS);
  await tx
    .update(enrolments)
    .set({ heldUntil })
    .where(and(eq(enrolments.employerFileId, file.id), eq(enrolments.state, 'held')));
  const id = randomUUID();
  await tx.insert(payments).values({
    id,
    employerFileId: file.id,
    provider,
    state: 'open',
    amountFen: file.ownFen,
    tradeNo: id.replaceAll('-', ''),
    createdAt: new Date(nowMs),
    expiresAt: heldUntil,
  });
  await tx.update(employerFiles).set({ state: 'held', heldUntil }).where(eq(employerFiles.id, file.id));
  await writeAudit(tx, {
    actorId: null,
    action: 'employer_file.hold',
    subject: { kind: 'employer_file', id: file.id },
    before: { state: 'holding' },
    after: { state: 'held', paymentId: id, amountFen: file.ownFen, rows: held!.rows },
    atMs: nowMs,
  });
}
