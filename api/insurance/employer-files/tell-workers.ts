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
const AT_ONCE = 20;

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
  const left = await listUntold(db, fileId, clock());
  for (let at = 0; at < left.length && !shouldStop(); at += AT_ONCE) {
    const claimed = await claim(db, fileId, left.slice(at, at + AT_ONCE), clock());
    const sent = await Promise.all(
      claimed.map(async ({ row, sealed, days }) => {
        const { worker } = readEmployerRow(unsealRow(unseal, { row, sealed }), file.mapping, shanghaiDay(clock()));
        const text = wordsTo(file.employer, days, simulated !== undefined);
        return (await tellOne(deps, fileId, row, { to: worker!.phone, text, id: `${fileId}-${row}` })) ? row : null;
      }),
    );
    const told = sent.filter((row) => row !== null);
    if (told.length === 0) continue;
    await db
      .update(employerFileRows)
      .set({ toldAt: new Date(clock()) })
      .where(and(eq(employerFileRows.fileId, fileId), inArray(employerFileRows.row, told)));
  }
}

/** `某平台为您投保了益鹭保：…`, nothing personal beyond the days. */
function wordsTo(employer: string, days: readonly Days[], isSimulated: boolean): string {
  const named = rangesOf(daysOf(days)).map(({ from, to }) => (from === to ? from : `${from}至${to}`));
  const shown = named.length > 3 ? `${named.slice(0, 3).join('、')}等` : named.join('、');
  const trial = isSimulated ? '（模拟支付，未真实投保）' : '';
  return `【鹭驿】${employer}为您投保了益鹭保：${shown}${trial}。用本手机号登录鹭驿，在“我的”里可查看保障和凭证。`;
}

/** Nobody has told them, and nobody has tried to just now. */
const mayBeTold = (nowMs: number) => {
  const { toldAt, tellTries, tellingAt } = employerFileRows;
  return and(
    isNull(toldAt),
    lt(tellTries, MAX_TELL_TRIES),
    or(isNull(tellingAt), lt(tellingAt, new Date(nowMs - AGAIN_AFTER_MS))),
  );
};

async function listUntold(db: Database, fileId: string, nowMs: number): Promise<number[]> {
  const { row, state, isFirstOfPerson } = employerFileRows;
  const rows = await db
    .select({ row })
    .from(employerFileRows)
    .where(and(eq(employerFileRows.fileId, fileId), eq(state, 'good'), eq(isFirstOfPerson, true), mayBeTold(nowMs)))
    .orderBy(row);
  return rows.map((one) => one.row);
}

/** Of these rows those that no other process has claimed meanwhile. */
async function claim(db: Database, fileId: string, wanted: number[], nowMs: number) {
  const { row, state, tellTries } = employerFileRows;
  const rows = await db
    .update(employerFileRows)
    .set({ tellingAt: new Date(nowMs), tellTries: sql`${tellTries} + 1` })
    .where(and(eq(employerFileRows.fileId, fileId), inArray(row, wanted), mayBeTold(nowMs)))
    .returning({ row, sealed: employerFileRows.sealed, idLookup: employerFileRows.idLookup });
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

/** False: it could not be sent now. */
async function tellOne(
  { sendMessage, log }: Telling,
  fileId: string,
  row: number,
  message: Parameters<SendMessage>[0],
): Promise<boolean> {
  try {
    await sendMessage(message);
    return true;
  } catch (error) {
    // Its own words could name the phone.
    const kind = error instanceof Error ? error.name : '';
    log(`A message about row ${row} of the file ${fileId} could not be sent: ${kind}`);
    return false;
  }
}
