import { sql } from 'drizzle-orm';
import type { Payer } from '#domain/insurance/enrolment.ts';
import type { InsurerDay, InsurerDayPage } from '#domain/insurance/ledger-contract.ts';
import type { Database } from '../../db/connect.ts';
import { Problem } from '../http/problem.ts';
import type { Vault } from '../platform/vault.ts';
import { pseudonymsFor } from './insurer-key.ts';

export const DAY_FILES = ['covers.csv', 'covers.json'] as const;
export type DayFile = (typeof DAY_FILES)[number];

/** Closed days of an insurer after a day, in their order. */
export async function listInsurerDays(
  db: Database,
  insurerId: string,
  { after = '0001-01-01', limit }: { after?: string | undefined; limit: number },
): Promise<InsurerDayPage> {
  const found = await selectDays(db, insurerId, sql`day > ${after}::date`, limit + 1);
  const days = found.slice(0, limit);
  return { days, nextAfter: found.length > limit ? days.at(-1)!.day : null };
}

/** Throws `day_not_closed`. */
export async function getInsurerDay(db: Database, insurerId: string, day: string): Promise<InsurerDay> {
  const [found] = await selectDays(db, insurerId, sql`day = ${day}::date`, 1);
  if (!found) {
    throw new Problem('day_not_closed', `${day} is not closed for this insurer. A day is closed after it is over.`);
  }
  return found;
}

async function selectDays(
  db: Database,
  insurerId: string,
  condition: ReturnType<typeof sql>,
  limit: number,
): Promise<InsurerDay[]> {
  type Row = Record<'day' | 'covered_days' | 'own_fen' | 'subsidy_fen' | 'closed_at', string>;
  const rows = await db.execute<Row>(sql`
    select day::text, sum(covered_days) as covered_days, sum(own_fen) as own_fen, sum(subsidy_fen) as subsidy_fen,
      to_json(max(closed_at)) #>> '{}' as closed_at
    from day_closes
    where insurer_id = ${insurerId} and ${condition}
    group by day order by day limit ${limit}`);
  return rows.map((row) => {
    const [ownFen, subsidyFen] = [Number(row.own_fen), Number(row.subsidy_fen)];
    return {
      day: row.day,
      insurerId,
      coveredDays: Number(row.covered_days),
      ownFen,
      subsidyFen,
      totalFen: ownFen + subsidyFen,
      closedAt: new Date(row.closed_at).toISOString(),
      files: DAY_FILES.map(
        (file) => `/office/insurer/days/${row.day}/${file}?insurer=${encodeURIComponent(insurerId)}`,
      ),
    };
  });
}

type CoveredPerson = {
  insured: string;
  enrolment: string;
  payer: Payer;
  ownFen: number;
  subsidyFen: number;
  premiumFen: number;
};

/**
 * A closed day as a file, byte for byte the same whenever it is asked for. Throws `day_not_closed`, and `day_differs`
 * rather than signing figures other than those of the close.
 */
export async function writeInsurerDay(
  db: Database,
  vault: Vault,
  { insurerId, day, file }: { insurerId: string; day: string; file: DayFile },
): Promise<Buffer> {
  const closed = await getInsurerDay(db, insurerId, day);
  const people = await listCoveredPeople(db, vault, insurerId, day);
  const sumOf = (key: 'ownFen' | 'subsidyFen') => people.reduce((sum, person) => sum + person[key], 0);
  const [ownFen, subsidyFen] = [sumOf('ownFen'), sumOf('subsidyFen')];
  if (people.length !== closed.coveredDays || ownFen !== closed.ownFen || subsidyFen !== closed.subsidyFen) {
    throw new Problem(
      'day_differs',
      `The covers of ${day} came to ${closed.coveredDays} people and ${closed.totalFen} fen when the day was closed, and come to ${people.length} and ${ownFen + subsidyFen} fen now. Nothing is signed until somebody has found out why.`,
    );
  }
  const totals = { coveredDays: people.length, ownFen, subsidyFen, premiumFen: ownFen + subsidyFen };
  if (file === 'covers.json') {
    const head = { format: 'luyi-insurer-day', version: 1, insurer: insurerId, day };
    return Buffer.from(`${JSON.stringify({ ...head, ...totals, covers: people })}\n`);
  }
  const lines = people.map(({ insured, enrolment, payer, ownFen: own, subsidyFen: subsidy, premiumFen }) =>
    ['cover', day, insurerId, insured, enrolment, payer, own, subsidy, premiumFen].join(','),
  );
  const total = ['total', day, insurerId, people.length, '', '', ownFen, subsidyFen, totals.premiumFen].join(',');
  return Buffer.from([CSV_HEAD, ...lines, total, ''].join('\n'));
}

/** The last line is `total`, with the number of people under `insured`. */
const CSV_HEAD = 'line,day,insurer,insured,enrolment,payer,own_fen,subsidy_fen,premium_fen';
const PAGE = 20_000;

/** An enrolment has at most one cover on a day, so its id orders the rows and finds the next page. */
async function listCoveredPeople(db: Database, vault: Vault, insurerId: string, day: string): Promise<CoveredPerson[]> {
  type Row = { enrolment_id: string; insured_person_id: string; payer: Payer; own: number; subsidy: number };
  const nameOf = pseudonymsFor(vault, insurerId);
  const people: CoveredPerson[] = [];
  for (let last = '00000000-0000-0000-0000-000000000000'; ;) {
    const rows = await db.execute<Row>(sql`
      select enrolment_id, insured_person_id, payer, own_fen_per_day as own, subsidy_fen_per_day as subsidy
      from covers
      where is_insured and days @> ${day}::date and insurer_id = ${insurerId} and enrolment_id > ${last}::uuid
      order by enrolment_id limit ${PAGE}`);
    for (const { enrolment_id: enrolment, insured_person_id: personId, payer, own, subsidy } of rows) {
      const insured = nameOf(personId);
      people.push({ insured, enrolment, payer, ownFen: own, subsidyFen: subsidy, premiumFen: own + subsidy });
    }
    if (rows.length < PAGE) return people;
    last = rows.at(-1)!.enrolment_id;
  }
}
