import { and, eq, inArray, isNull, lt, or, sql } from 'drizzle-orm';
import { type Days, rangesOf, daysOf } from '#domain/insurance/day-ranges.ts';
import { readEmployerRow } from '#domain/insurance/employer-file.ts';
import { shanghaiDay } from '#domain/time/shanghai.ts';
import type { Database } from '../../../db/connect.ts';
import { employerFileRows, employerFiles } from '../../../db/tables/employer-files.ts';
import { payments } from '../../../db/tables/enrolments.ts';
import { organisations } from '../../../db/tables/places.ts';
import type { SendMessage } from '../../platform/notifications/message.ts';
import type { Vault } from '../../platform/vault.ts';
import { fileKeyOf, unsealRow } from './sealed-rows.ts';

/** A message that failed is tried so often, at the earliest after so long. */
export const MAX_TELL_TRIES = 5;
const AGAIN_AFTER_MS = 4 * 60_000;
/** So many are claimed at once, and sent at the same time. */
const AT_ONCE = 10;

type Telling = {
  db: Database;
  vault: Vault;
  sendMessage: SendMessage;
  clock: () => number;
  log: (line: string) => void;
  shouldStop: () => boolean;
};

/**
 * Tells everybody in a file that is insured who has insured them and for which days, each once: their first row is claimed
 * before the message goes out, and what is sent again after a kill has the same id. Returns when nobody is left for now.
 */
export async function tellWorkers(deps: Telling, fileId: string): Promise<void> {
  const { db, vault, clock, shouldStop } = deps;
  const [file] = await db
    .select({ state: employerFiles.state, mapping: employerFiles.mapping, employer: organisations.name })
    .from(employerFiles)
    .innerJoin(organisations, eq(organisations.id, employerFiles.organisationId))
    .where(eq(employerFiles.id, fileId));
  if (file?.state !== 'insured') return;
  const unseal = await vault.unsealerFor(db, fileKeyOf(fileId));
  if (!unseal) return;
  const [simulated] = await db
    .select({ id: payments.id })
    .from(payments)
    .where(and(eq(payments.employerFileId, fileId), eq(payments.state, 'paid'), eq(payments.provider, 'simulated')));
  while (!shouldStop()) {
    const claimed = await claim(db, fileId, clock());
    if (claimed.length === 0) return;
    await Promise.all(
      claimed.map(async ({ row, sealed, days }) => {
        const { worker } = readEmployerRow(unsealRow(unseal, { row, sealed }), file.mapping, shanghaiDay(clock()));
        const text = wordsTo(file.employer, days, simulated !== undefined);
        await tellOne(deps, fileId, row, { to: worker!.phone, text, id: `${fileId}-${row}` });
      }),
    );
  }
}

/** `某平台为您投保了益鹭保：…`, nothing personal beyond the days. */
export function wordsTo(employer: string, days: readonly Days[], isSimulated: boolean): string {
  const named = rangesOf(daysOf(days)).map(({ from, to }) => (from === to ? from : `${from}至${to}`));
  const shown = named.length > 3 ? `${named.slice(0, 3).join('、')}等` : named.join('、');
  const trial = isSimulated ? '（模拟支付，未真实投保）' : '';
  return `【鹭驿】${employer}为您投保了益鹭保：${shown}${trial}。用本手机号登录鹭驿，在“我的”里可查看保障和凭证。`;
}

/** Who stands in several rows is told once, in the first. */
export const isFirstOfPerson = sql`not exists (
  select from employer_file_rows earlier where earlier.file_id = ${employerFileRows.fileId}
    and earlier.id_lookup = ${employerFileRows.idLookup} and earlier.state = 'good'
    and earlier.row < ${employerFileRows.row})`;

async function claim(db: Database, fileId: string, nowMs: number) {
  const { row, state, toldAt, tellTries, tellingAt } = employerFileRows;
  const rows = await db.transaction(async (tx) => {
    const free = await tx
      .select({ row })
      .from(employerFileRows)
      .where(
        and(
          eq(employerFileRows.fileId, fileId),
          eq(state, 'good'),
          isNull(toldAt),
          lt(tellTries, MAX_TELL_TRIES),
          or(isNull(tellingAt), lt(tellingAt, new Date(nowMs - AGAIN_AFTER_MS))),
          isFirstOfPerson,
        ),
      )
      .orderBy(row)
      .limit(AT_ONCE)
      .for('update', { skipLocked: true });
    if (free.length === 0) return [];
    return tx
      .update(employerFileRows)
      .set({ tellingAt: new Date(nowMs), tellTries: sql`${tellTries} + 1` })
      .where(
        and(
          eq(employerFileRows.fileId, fileId),
          inArray(
            row,
            free.map((one) => one.row),
          ),
        ),
      )
      .returning({ row, sealed: employerFileRows.sealed, idLookup: employerFileRows.idLookup });
  });
  const people = rows.flatMap(({ idLookup }) => idLookup ?? []);
  if (people.length === 0) return [];
  const ofThem = await db
    .select({ idLookup: employerFileRows.idLookup, days: employerFileRows.days })
    .from(employerFileRows)
    .where(and(eq(employerFileRows.fileId, fileId), eq(state, 'good'), inArray(employerFileRows.idLookup, people)));
  return rows.flatMap(({ sealed, idLookup, ...rest }) =>
    sealed === null
      ? []
      : [{ ...rest, sealed, days: ofThem.flatMap((one) => (one.idLookup === idLookup ? one.days : [])) }],
  );
}

async function tellOne(
  { db, sendMessage, clock, log }: Telling,
  fileId: string,
  row: number,
  message: Parameters<SendMessage>[0],
): Promise<void> {
  try {
    await sendMessage(message);
  } catch (error) {
    // Its own words could name the phone.
    log(
      `A message about row ${row} of the file ${fileId} could not be sent: ${error instanceof Error ? error.name : ''}`,
    );
    return;
  }
  await db
    .update(employerFileRows)
    .set({ toldAt: new Date(clock()) })
    .where(and(eq(employerFileRows.fileId, fileId), eq(employerFileRows.row, row)));
}
