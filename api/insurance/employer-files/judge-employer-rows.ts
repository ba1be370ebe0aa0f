import { and, eq, inArray, sql } from 'drizzle-orm';
import { type Days, daysOf } from '#domain/insurance/day-ranges.ts';
import {
  type EmployerIssue,
  type EmployerMapping,
  type EmployerWorker,
  namedDays,
  quoteEmployerRow,
  readEmployerRow,
  type TermsOfDay,
} from '#domain/insurance/employer-file.ts';
import type { EmployerRowState } from '#domain/insurance/employer-file-states.ts';
import { termsForDay } from '#domain/insurance/quote-enrolment.ts';
import type { TableRow } from '#domain/tables/table-row.ts';
import type { Database } from '../../../db/connect.ts';
import { covers, enrolments, insuredPersons, policyTerms } from '../../../db/tables/enrolments.ts';
import type { Vault } from '../../platform/vault.ts';
import { dayRangeText, readDayRange } from '../day-range-sql.ts';

export type JudgedRow = {
  row: number;
  state: Exclude<EmployerRowState, 'new'>;
  issues: EmployerIssue[];
  idLookup: string | null;
  days: Days[];
  coveredDays: number;
  ownFen: number;
  subsidyFen: number;
  termsVersion: string | null;
  worker: EmployerWorker | null;
};

/** Every version of the terms, to be asked for many days. */
export async function openTerms(db: Database): Promise<TermsOfDay> {
  const rows = await db.select().from(policyTerms);
  const versions = rows.map((row) => ({ ...row, createdAtMs: row.createdAt.getTime() }));
  const found = new Map<string, ReturnType<TermsOfDay>>();
  return (day) => {
    const known = found.get(day);
    if (known !== undefined) return known;
    const terms = termsForDay(versions, day)?.document ?? null;
    found.set(day, terms);
    return terms;
  };
}

/** Judges one row by what stands in it. */
export function judgeEmployerRow(
  row: TableRow,
  { mapping, termsOf, today, vault }: { mapping: EmployerMapping; termsOf: TermsOfDay; today: string; vault: Vault },
): JudgedRow {
  const { worker, days, issues } = readEmployerRow(row, mapping, today);
  const judged: JudgedRow = {
    row: row.row,
    state: 'bad',
    issues,
    idLookup: worker && vault.lookupOf('id_number', worker.idNumber),
    days: days ?? [],
    coveredDays: 0,
    ownFen: 0,
    subsidyFen: 0,
    termsVersion: null,
    worker,
  };
  if (!worker || !days) return judged;
  const quote = quoteEmployerRow(days, worker.birthDay, termsOf, today);
  if (!quote.ok) return { ...judged, issues: [...issues, quote.issue] };
  const { coveredDays, ownFen, subsidyFen, terms } = quote;
  const state = issues.length === 0 ? 'good' : 'bad';
  return { ...judged, state, coveredDays, ownFen, subsidyFen, termsVersion: terms.version };
}

type Seen = { row: number; name: string; days: Set<string> };

/** Finds people who stand in a file twice, of row after row. */
export function createTwiceFinder(): (judged: JudgedRow) => void {
  const seenBy = new Map<string, Seen[]>();
  return (judged) => {
    const { idLookup, worker, days } = judged;
    if (!idLookup || !worker || days.length === 0) return;
    const before = seenBy.get(idLookup) ?? [];
    const own = daysOf(days);
    const other = before.find(({ name }) => name !== worker.name);
    const twice = before.find((seen) => own.some((day) => seen.days.has(day)));
    if (other) addIssue(judged, { code: 'name_differs', column: 'name', params: { row: other.row } });
    if (twice) {
      const both = own.filter((day) => twice.days.has(day));
      addIssue(judged, { code: 'twice', column: 'id_number', params: { row: twice.row, days: namedDays(both) } });
    }
    // What a bad row wants is not wanted.
    if (judged.state === 'good')
      seenBy.set(idLookup, [...before, { row: judged.row, name: worker.name, days: new Set(own) }]);
  };
}

function addIssue(judged: JudgedRow, issue: EmployerIssue): void {
  judged.issues.push(issue);
  judged.state = 'bad';
}

/** Compares good rows with who is known and which days are taken, in three statements for all of them. */
export async function compareWithCovers(
  db: Database,
  judged: readonly JudgedRow[],
  { vault, organisationId, nowMs }: { vault: Vault; organisationId: string; nowMs: number },
): Promise<void> {
  const good = judged.filter(({ state }) => state === 'good');
  if (good.length === 0) return;
  const people = await db
    .select({ id: insuredPersons.id, idLookup: insuredPersons.idLookup })
    .from(insuredPersons)
    .where(inArray(insuredPersons.idLookup, [...new Set(good.map(({ idLookup }) => idLookup!))]));
  if (people.length === 0) return;
  const ids = people.map(({ id }) => id);
  const names = await vault.getPersonalOfMany(db, ids, 'name');
  const taken = await takenDaysOf(db, ids, good, nowMs);
  const idOf = new Map(people.map(({ id, idLookup }) => [idLookup, id]));
  for (const one of good) {
    const id = idOf.get(one.idLookup!);
    if (id === undefined) continue;
    // Whoever does not know the name learns nothing about the days.
    if (names.get(id) !== one.worker!.name) {
      addIssue(one, { code: 'name_differs', column: 'name', params: { row: 0 } });
      continue;
    }
    const own = daysOf(one.days);
    const overlapping = own.filter((day) => taken.get(id)?.has(day));
    if (overlapping.length === 0) continue;
    if (overlapping.length === own.length && own.every((day) => taken.get(id)!.get(day) === organisationId)) {
      one.state = 'already';
    } else {
      addIssue(one, { code: 'days_taken', column: 'days', params: { days: namedDays(overlapping) } });
    }
  }
}

/** Of each person the days that are in a cover, each with the employer who has insured it, null for anybody else. */
async function takenDaysOf(
  db: Database,
  personIds: readonly string[],
  wanted: readonly JudgedRow[],
  nowMs: number,
): Promise<Map<string, Map<string, string | null>>> {
  const ends = wanted.flatMap(({ days }) => days);
  const from = ends.reduce((first, days) => (days.from < first ? days.from : first), ends[0]!.from);
  const to = ends.reduce((last, days) => (days.to > last ? days.to : last), ends[0]!.to);
  const rows = await db
    .select({
      personId: covers.insuredPersonId,
      days: covers.days,
      isInsured: covers.isInsured,
      employerId: enrolments.employerId,
      heldUntil: enrolments.heldUntil,
    })
    .from(covers)
    .innerJoin(enrolments, eq(enrolments.id, covers.enrolmentId))
    .where(
      and(
        inArray(covers.insuredPersonId, [...personIds]),
        sql`${covers.days} && ${dayRangeText({ from, to })}::daterange`,
      ),
    );
  const taken = new Map<string, Map<string, string | null>>();
  for (const { personId, days, isInsured, employerId, heldUntil } of rows) {
    if (!isInsured && heldUntil && heldUntil.getTime() <= nowMs) continue;
    const own = taken.get(personId) ?? new Map<string, string | null>();
    for (const day of daysOf([readDayRange(days)])) own.set(day, isInsured ? employerId : null);
    taken.set(personId, own);
  }
  return taken;
}
