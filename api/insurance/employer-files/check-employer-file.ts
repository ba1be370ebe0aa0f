import { setImmediate } from 'node:timers/promises';
import { and, asc, eq, type SQL, sql } from 'drizzle-orm';
import { shanghaiDay } from '#domain/time/shanghai.ts';
import type { Database } from '../../../db/connect.ts';
import { employerFileRows, employerFiles } from '../../../db/tables/employer-files.ts';
import { writeAudit } from '../../platform/audit.ts';
import type { Vault } from '../../platform/vault.ts';
import {
  compareWithCovers,
  createTwiceFinder,
  judgeEmployerRow,
  type JudgedRow,
  openTerms,
} from './judge-employer-rows.ts';
import { fileKeyOf, unsealRow } from './sealed-rows.ts';

/** So many rows are judged between two looks at everything else that waits. */
const BATCH = 200;

type Checking = { db: Database; vault: Vault; clock: () => number; shouldStop: () => boolean };

/**
 * Checks every row of a file that is `checking`, from the beginning: cut short, it is done again. Nothing happens to a
 * file that is at another point.
 */
export async function checkEmployerFile({ db, vault, clock, shouldStop }: Checking, fileId: string): Promise<void> {
  const [file] = await db.select().from(employerFiles).where(eq(employerFiles.id, fileId));
  if (file?.state !== 'checking') return;
  const unseal = await vault.unsealerFor(db, fileKeyOf(fileId));
  if (!unseal) return;
  const rows = await db
    .select({ row: employerFileRows.row, sealed: employerFileRows.sealed })
    .from(employerFileRows)
    .where(eq(employerFileRows.fileId, fileId))
    .orderBy(asc(employerFileRows.row));
  const nowMs = clock();
  const about = { mapping: file.mapping, termsOf: await openTerms(db), today: shanghaiDay(nowMs), vault };
  const markTwice = createTwiceFinder();
  for (let at = 0; at < rows.length; at += BATCH) {
    if (shouldStop()) return;
    const judged = rows
      .slice(at, at + BATCH)
      .map(({ row, sealed }) => judgeEmployerRow(unsealRow(unseal, { row, sealed: sealed! }), about));
    for (const one of judged) markTwice(one);
    await compareWithCovers(db, judged, { vault, organisationId: file.organisationId, nowMs });
    if (!(await storeJudged(db, fileId, judged, at + judged.length))) return;
    await setImmediate();
  }
  await finish(db, fileId, nowMs);
}

/** False: the file is not being checked any more. */
async function storeJudged(
  db: Database,
  fileId: string,
  judged: readonly JudgedRow[],
  rowsDone: number,
): Promise<boolean> {
  const text = JSON.stringify(judged.map((row) => ({ ...row, worker: undefined })));
  return db.transaction(async (tx) => {
    const moved = await tx
      .update(employerFiles)
      .set({ rowsDone })
      .where(and(eq(employerFiles.id, fileId), eq(employerFiles.state, 'checking')))
      .returning({ id: employerFiles.id });
    if (moved.length === 0) return false;
    await tx.execute(sql`
      update employer_file_rows r set state = j.state, issues = j.issues, id_lookup = j."idLookup", days = j.days,
        covered_days = j."coveredDays", own_fen = j."ownFen", subsidy_fen = j."subsidyFen",
        terms_version = j."termsVersion", enrolment_id = null,
        is_first_of_person = true
      from jsonb_to_recordset(${text}::text::jsonb) as j(row int, state text, issues jsonb, "idLookup" text, days jsonb,
        "coveredDays" int, "ownFen" bigint, "subsidyFen" bigint, "termsVersion" text)
      where r.file_id = ${fileId} and r.row = j.row`);
    return true;
  });
}

const whole = (of: SQL) => sql`${of}`.mapWith(Number);

/** Counts what was found and shows it to the employer. */
async function finish(db: Database, fileId: string, nowMs: number): Promise<void> {
  await db.transaction(async (tx) => {
    const [file] = await tx.select().from(employerFiles).where(eq(employerFiles.id, fileId)).for('update');
    if (file?.state !== 'checking') return;
    const { state, coveredDays, ownFen, subsidyFen, idLookup } = employerFileRows;
    const isGood = sql`filter (where ${state} = 'good')`;
    const [found] = await tx
      .select({
        goodRows: whole(sql`count(*) ${isGood}`),
        badRows: whole(sql`count(*) filter (where ${state} = 'bad')`),
        alreadyRows: whole(sql`count(*) filter (where ${state} = 'already')`),
        workers: whole(sql`count(distinct ${idLookup}) ${isGood}`),
        coveredDays: whole(sql`coalesce(sum(${coveredDays}) ${isGood}, 0)`),
        ownFen: whole(sql`coalesce(sum(${ownFen}) ${isGood}, 0)`),
        subsidyFen: whole(sql`coalesce(sum(${subsidyFen}) ${isGood}, 0)`),
      })
      .from(employerFileRows)
      .where(eq(employerFileRows.fileId, fileId));
    await tx.execute(sql`
      update employer_file_rows r set is_first_of_person = false
      from (
        select row, row_number() over (partition by id_lookup order by row) as nth
        from employer_file_rows where file_id = ${fileId} and state = 'good'
      ) as good
      where r.file_id = ${fileId} and r.row = good.row and good.nth > 1`);
    await tx
      .update(employerFiles)
      .set({ ...found, state: 'checked', checkedAt: new Date(nowMs) })
      .where(eq(employerFiles.id, fileId));
    await writeAudit(tx, {
      actorId: null,
      action: 'employer_file.check',
      subject: { kind: 'employer_file', id: fileId },
      after: found,
      atMs: nowMs,
    });
  });
}
