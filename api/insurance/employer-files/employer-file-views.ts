import { and, asc, desc, eq, gt, inArray, sql } from 'drizzle-orm';
import { maskPersonal } from '#domain/accounts/masking.ts';
import { grantsFor } from '#domain/accounts/permissions.ts';
import type { Actor } from '#domain/accounts/roles.ts';
import type { EmployerFileView, EmployerRowPage } from '#domain/insurance/employer-file-contract.ts';
import type { EmployerMapping } from '#domain/insurance/employer-file.ts';
import type { EmployerRowState } from '#domain/insurance/employer-file-states.ts';
import type { Database } from '../../../db/connect.ts';
import { employerFileRows, employerFiles } from '../../../db/tables/employer-files.ts';
import { payments, refunds } from '../../../db/tables/enrolments.ts';
import { organisations } from '../../../db/tables/places.ts';
import { Problem } from '../../http/problem.ts';
import type { Vault } from '../../platform/vault.ts';
import { type PayLinks, viewPayment } from '../enrolment-view.ts';
import { fileKeyOf, unsealRow } from './sealed-rows.ts';
import { MAX_TELL_TRIES } from './tell-workers.ts';

/** The organisations for which somebody may hand in lists. */
export function employersOf(actor: Actor): string[] {
  return grantsFor(actor, 'enrolment.employ').flatMap(({ membership }) => membership.organisationId ?? []);
}

/** A file of an employer for whom the actor acts. Throws `employer_file_not_found`, also for anybody else's. */
export async function getEmployerFile(db: Database, actor: Actor, id: string) {
  const [file] = await db
    .select()
    .from(employerFiles)
    .where(and(eq(employerFiles.id, id), inArray(employerFiles.organisationId, employersOf(actor))));
  if (!file) throw new Problem('employer_file_not_found', 'You have no such file.');
  return file;
}

const MAX_SHOWN = 100;

/** The newest files, or the one with this id. */
export async function viewEmployerFiles(
  db: Database,
  actor: Actor,
  nowMs: number,
  { id, links }: { id?: string; links?: PayLinks | null } = {},
): Promise<EmployerFileView[]> {
  const rows = await db
    .select({ file: employerFiles, employerName: organisations.name })
    .from(employerFiles)
    .innerJoin(organisations, eq(organisations.id, employerFiles.organisationId))
    .where(
      and(
        inArray(employerFiles.organisationId, employersOf(actor)),
        id === undefined ? undefined : eq(employerFiles.id, id),
      ),
    )
    .orderBy(desc(employerFiles.createdAt), asc(employerFiles.id))
    .limit(MAX_SHOWN);
  const ids = rows.map(({ file }) => file.id);
  if (ids.length === 0) return [];
  const paymentRows = await db
    .select()
    .from(payments)
    .where(inArray(payments.employerFileId, ids))
    .orderBy(asc(payments.createdAt));
  const refunded = await db
    .select({ id: refunds.employerFileId, fen: sql`sum(${refunds.amountFen})`.mapWith(Number) })
    .from(refunds)
    .where(inArray(refunds.employerFileId, ids))
    .groupBy(refunds.employerFileId);
  const told = await countTold(db, ids);
  return rows.map(({ file, employerName }) => {
    const payment = paymentRows.findLast(({ employerFileId }) => employerFileId === file.id);
    return {
      id: file.id,
      employerName,
      fileName: file.fileName,
      state: file.state,
      createdAt: file.createdAt.toISOString(),
      rowsTotal: file.rowsTotal,
      rowsDone: file.rowsDone,
      counts: { good: file.goodRows, bad: file.badRows, already: file.alreadyRows },
      workers: file.workers,
      coveredDays: file.coveredDays,
      ownFen: file.ownFen,
      subsidyFen: file.subsidyFen,
      problem: file.problem,
      unusedColumns: file.unusedColumns,
      payment:
        payment && (file.state === 'held' || file.state === 'insured')
          ? viewPayment(payment, nowMs, links ?? { payUrl: null, codeUrl: null })
          : null,
      heldUntil: file.heldUntil?.toISOString() ?? null,
      insuredAt: file.insuredAt?.toISOString() ?? null,
      told: told.get(file.id) ?? { sent: 0, waiting: 0, failed: 0 },
      refundedFen: refunded.find((one) => one.id === file.id)?.fen ?? 0,
    };
  });
}

export async function viewEmployerFile(
  db: Database,
  actor: Actor,
  nowMs: number,
  of: { id: string; links?: PayLinks | null },
): Promise<EmployerFileView> {
  const [view] = await viewEmployerFiles(db, actor, nowMs, of);
  if (!view) throw new Problem('employer_file_not_found', 'You have no such file.');
  return view;
}

async function countTold(db: Database, ids: string[]): Promise<Map<string, EmployerFileView['told']>> {
  const { toldAt, tellTries } = employerFileRows;
  const isUp = sql`${toldAt} is null and ${tellTries} >= ${MAX_TELL_TRIES}`;
  const rows = await db
    .select({
      id: employerFileRows.fileId,
      sent: sql`count(${toldAt})`.mapWith(Number),
      failed: sql`count(*) filter (where ${isUp})`.mapWith(Number),
      all: sql`count(*)`.mapWith(Number),
    })
    .from(employerFileRows)
    .innerJoin(employerFiles, eq(employerFiles.id, employerFileRows.fileId))
    .where(
      and(
        inArray(employerFileRows.fileId, ids),
        eq(employerFiles.state, 'insured'),
        eq(employerFileRows.state, 'good'),
        eq(employerFileRows.isFirstOfPerson, true),
      ),
    )
    .groupBy(employerFileRows.fileId);
  return new Map(rows.map(({ id, sent, failed, all }) => [id, { sent, failed, waiting: all - sent - failed }]));
}

/** Rows in the order of the file, behind `after`; names and numbers masked. */
export async function listEmployerRows(
  db: Database,
  vault: Vault,
  file: { id: string; mapping: EmployerMapping },
  { state, after, limit }: { state?: EmployerRowState | undefined; after: number; limit: number },
): Promise<EmployerRowPage> {
  const rows = await db
    .select()
    .from(employerFileRows)
    .where(
      and(
        eq(employerFileRows.fileId, file.id),
        state === undefined ? undefined : eq(employerFileRows.state, state),
        gt(employerFileRows.row, after),
      ),
    )
    .orderBy(asc(employerFileRows.row))
    .limit(limit + 1);
  const unseal = await vault.unsealerFor(db, fileKeyOf(file.id));
  const shown = rows.slice(0, limit).map(({ row, sealed, state: is, days, ownFen, subsidyFen, issues }) => {
    const cells = unseal && sealed !== null ? unsealRow(unseal, { row, sealed }).cells : null;
    const cell = (column: 'name' | 'id_number' | 'phone') => {
      const text = cells?.[file.mapping[column] ?? -1] ?? '';
      return text === '' ? null : maskPersonal(column, text);
    };
    const [name, idNumber, phone] = [cell('name'), cell('id_number'), cell('phone')];
    return { row, state: is, name, idNumber, phone, days, ownFen, subsidyFen, issues };
  });
  return { rows: shown, nextCursor: rows.length > limit ? String(shown.at(-1)!.row) : null };
}
