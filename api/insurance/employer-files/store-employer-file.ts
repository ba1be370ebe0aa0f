import { randomUUID } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { and, eq, ne } from 'drizzle-orm';
import { matchEmployerColumns, templateHeader } from '#domain/insurance/employer-columns.ts';
import type { Database } from '../../../db/connect.ts';
import { employerFileRows, employerFiles } from '../../../db/tables/employer-files.ts';
import { Problem } from '../../http/problem.ts';
import { writeAudit } from '../../platform/audit.ts';
import { TableProblem } from '../../platform/tables/table-problem.ts';
import type { Vault } from '../../platform/vault.ts';
import type { EmployerTable, ReadEmployerTable } from './read-employer-table.ts';
import type { ReceivedFile } from './receive-employer-file.ts';
import { fileKeyOf, sealRow } from './sealed-rows.ts';

/** Rows in one statement. */
const BATCH = 500;

type Storing = { db: Database; vault: Vault; read: ReadEmployerTable; nowMs: number };

/**
 * Stores an employer's list, encrypted, to be checked. The same file of the same employer again is the one that is there
 * (`isNew` false), unless that was discarded. Throws `table_unreadable`.
 */
export async function storeEmployerFile(
  { db, vault, read, nowMs }: Storing,
  { bytes, fileName, sha256 }: ReceivedFile,
  { organisationId, personId }: { organisationId: string; personId: string },
): Promise<{ id: string; isNew: boolean }> {
  const fileHash = vault.lookupOf('employer_file', sha256);
  const known = await findSame(db, organisationId, fileHash);
  if (known) return { id: known, isNew: false };
  const table = await readOrRefuse(read, bytes, fileName);
  const { mapping, missing } = matchEmployerColumns(table.header);
  if (missing.length > 0) throw columnsMissing(missing.map(templateHeader));
  const used = new Set(Object.values(mapping));
  const id = randomUUID();
  return db.transaction(async (tx) => {
    const stored = await tx
      .insert(employerFiles)
      .values({
        id,
        organisationId,
        fileHash,
        fileName,
        madeBy: personId,
        state: 'checking',
        mapping,
        unusedColumns: table.header.filter((name, at) => name !== '' && !used.has(at)).map((name) => name.slice(0, 60)),
        rowsTotal: table.rows.length,
        createdAt: new Date(nowMs),
      })
      .onConflictDoNothing()
      .returning({ id: employerFiles.id });
    // A request beside this one stored the same file.
    if (stored.length === 0) return { id: (await findSame(tx, organisationId, fileHash))!, isNew: false };
    const seal = await vault.sealerFor(tx, fileKeyOf(id));
    for (let at = 0; at < table.rows.length; at += BATCH) {
      const rows = table.rows.slice(at, at + BATCH);
      await tx
        .insert(employerFileRows)
        .values(rows.map((row) => ({ fileId: id, row: row.row, sealed: sealRow(seal, row) })));
      await setImmediate();
    }
    await writeAudit(tx, {
      actorId: personId,
      action: 'employer_file.upload',
      subject: { kind: 'employer_file', id },
      after: { organisationId, rows: table.rows.length },
      atMs: nowMs,
    });
    return { id, isNew: true };
  });
}

async function findSame(db: Database, organisationId: string, fileHash: string): Promise<string | null> {
  const [row] = await db
    .select({ id: employerFiles.id })
    .from(employerFiles)
    .where(
      and(
        eq(employerFiles.organisationId, organisationId),
        eq(employerFiles.fileHash, fileHash),
        ne(employerFiles.state, 'discarded'),
      ),
    );
  return row?.id ?? null;
}

async function readOrRefuse(read: ReadEmployerTable, bytes: Buffer, fileName: string): Promise<EmployerTable> {
  try {
    return await read(bytes, fileName);
  } catch (error) {
    if (!(error instanceof TableProblem)) throw error;
    throw new Problem('table_unreadable', `${error.message} Nothing was stored.`, {
      current: { code: error.code, params: error.params },
    });
  }
}

function columnsMissing(names: string[]): Problem {
  return new Problem(
    'table_unreadable',
    `Columns are missing: ${names.join('、')}. Name them in the first row, as the template does. Nothing was stored.`,
    { current: { code: 'columns_missing', params: { columns: names.join('、') } } },
  );
}
