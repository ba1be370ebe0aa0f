import { readCitizenId } from '../accounts/citizen-id.ts';
import { normaliseForLookup } from '../accounts/personal-data.ts';
import { readPersonalValue } from '../accounts/personal-value.ts';
import { foldText } from '../places/import/fold-text.ts';
import type { TableRow } from '../tables/table-row.ts';
import { type Days, daysOf, rangesOf } from './day-ranges.ts';
import { EMPLOYER_ISSUES, type EmployerColumn, type EmployerIssueCode } from './employer-file-states.ts';
import { type PolicyTerms } from './policy-terms.ts';
import { quoteEnrolment, type SaleFault } from './quote-enrolment.ts';
import { readDayText } from './day-text.ts';

/** What is wrong with one row of an employer's file. `params` are days, numbers of rows and limits: nothing personal. */
export type EmployerIssue = {
  code: EmployerIssueCode;
  column: EmployerColumn | null;
  params?: Record<string, string | number>;
};

/** Which column of the file holds what, counted from 0. */
export type EmployerMapping = Partial<Record<EmployerColumn, number>>;

export type EmployerWorker = { name: string; idNumber: string; phone: string; birthDay: string };

/** What stands in a row. `worker` and `days` are null when something about them is wrong. */
export type ReadEmployerRow = { worker: EmployerWorker | null; days: Days[] | null; issues: EmployerIssue[] };

/** No list of days in a row is longer; terms allow far fewer. */
const MAX_DAYS_IN_ROW = 400;

/** Reads one row of an employer's file, without asking whether its days can be bought. */
export function readEmployerRow(row: TableRow, mapping: EmployerMapping, today: string): ReadEmployerRow {
  const issues: EmployerIssue[] = [];
  const say = (code: EmployerIssueCode, column: EmployerColumn | null, params?: EmployerIssue['params']) =>
    void issues.push({ code, column, ...(params && { params }) });
  const cell = (column: EmployerColumn) => {
    const at = mapping[column];
    return at === undefined ? '' : (row.cells[at] ?? '');
  };
  for (const { code } of row.problems ?? []) {
    if (isIssue(code)) say(code, null);
  }

  const name = cell('name');
  const readName = readPersonalValue('name', name, today);
  if (name === '') say('name_missing', 'name');
  else if (!readName.ok) say('name_bad', 'name');

  const idNumber = normaliseForLookup(foldText(cell('id_number')));
  const readId = readCitizenId(idNumber, today);
  if (idNumber === '') say('id_missing', 'id_number');
  else if (isRounded(idNumber, readId.ok)) say('id_rounded', 'id_number');
  else if (!readId.ok) say(`id_${readId.fault}`, 'id_number');

  const phone = foldText(cell('phone'));
  const readPhone = readPersonalValue('phone', phone.replace(/^(?:\+|00)?86(?=1\d{10}$)/, ''), today);
  if (phone === '') say('phone_missing', 'phone');
  else if (!readPhone.ok) say('phone_bad', 'phone');

  const days = readDays(cell, say);
  const isWorker = readName.ok && readId.ok && readPhone.ok;
  return {
    worker: isWorker
      ? { name: readName.value, idNumber: readId.number, phone: readPhone.value, birthDay: readId.birthDay }
      : null,
    days,
    issues,
  };
}

function isIssue(code: string): code is EmployerIssueCode {
  return (EMPLOYER_ISSUES as readonly string[]).includes(code);
}

/** Spreadsheets keep fifteen digits of a number: 350203199003070037 becomes 350203199003070000, or 3.50203E+17. */
function isRounded(text: string, isGood: boolean): boolean {
  return /^\d(?:\.\d+)?e\+?17$/i.test(text) || (!isGood && /^\d{15}000$/.test(text));
}

type Say = (code: EmployerIssueCode, column: EmployerColumn | null, params?: EmployerIssue['params']) => void;

function readDays(cell: (column: EmployerColumn) => string, say: Say): Days[] | null {
  const list = cell('days');
  const [fromText, toText, countText] = [cell('from'), cell('to'), cell('count')];
  if (list !== '') {
    const listed = readDayList(list);
    if (listed === null) return refuse(say, 'day_unreadable', 'days');
    if (listed.length > MAX_DAYS_IN_ROW) return refuse(say, 'list_too_long', 'days', { most: MAX_DAYS_IN_ROW });
    return rangesOf(listed);
  }
  if (fromText === '') return refuse(say, 'days_missing', toText === '' && countText === '' ? null : 'from');
  const from = readDayText(fromText);
  if (from === null) return refuse(say, 'day_unreadable', 'from');
  const count = countText === '' ? null : readCount(countText);
  if (count === 0) return refuse(say, 'count_bad', 'count', { most: MAX_DAYS_IN_ROW });
  if (toText === '') return rangesOf(daysFrom(from, count ?? 1));
  const to = readDayText(toText);
  if (to === null) return refuse(say, 'day_unreadable', 'to');
  if (to < from) return refuse(say, 'days_reversed', 'to');
  const ranges = [{ from, to }];
  const length = (Date.parse(to) - Date.parse(from)) / 86_400_000 + 1;
  if (length > MAX_DAYS_IN_ROW) return refuse(say, 'list_too_long', 'to', { most: MAX_DAYS_IN_ROW });
  if (count !== null && count !== length) return refuse(say, 'days_disagree', 'count', { days: length });
  return ranges;
}

function refuse(say: Say, ...issue: Parameters<Say>): null {
  say(...issue);
  return null;
}

function daysFrom(from: string, count: number): string[] {
  const first = Date.parse(from);
  return Array.from({ length: count }, (_, i) => new Date(first + i * 86_400_000).toISOString().slice(0, 10));
}

/** Whole days, 1 to 400, also as `3天`; 0: it says something else. */
function readCount(text: string): number {
  const found = /^(\d{1,3})(?:\.0+)?(?:天|日|days?)?$/.exec(foldText(text).replaceAll(' ', ''));
  const count = Number(found?.[1] ?? 0);
  return count <= MAX_DAYS_IN_ROW ? count : 0;
}

/** `2026-12-01、2026-12-03~2026-12-05`; null when a part of it is no day. May hold more days than are allowed. */
function readDayList(text: string): string[] | null {
  const days: string[] = [];
  for (const part of text.split(/[,，、;；\r\n]+/)) {
    if (part.trim() === '') continue;
    const ends = part.split(/\s*(?:~|～|至|到|—+|–|\bto\b)\s*/);
    const [from, to] = [readDayText(ends[0]!), readDayText(ends.at(-1)!)];
    if (ends.length > 2 || from === null || to === null || to < from) return null;
    if (days.length > MAX_DAYS_IN_ROW || Date.parse(to) - Date.parse(from) > MAX_DAYS_IN_ROW * 86_400_000) {
      return Array.from({ length: MAX_DAYS_IN_ROW + 1 }, () => from);
    }
    days.push(...daysOf([{ from, to }]));
  }
  return days.length > 0 ? days : null;
}

/** The terms that hold on a day, as `termsForDay` finds them. */
export type TermsOfDay = (day: string) => PolicyTerms | null;

export type EmployerQuote =
  | { ok: true; ownFen: number; subsidyFen: number; coveredDays: number; terms: PolicyTerms }
  | { ok: false; issue: EmployerIssue };

/** Whether the days of a row can be bought on the day `today`, and what they cost. */
export function quoteEmployerRow(
  ranges: readonly Days[],
  birthDay: string,
  termsOf: TermsOfDay,
  today: string,
): EmployerQuote {
  const days = daysOf(ranges);
  const terms = termsOf(days[0]!);
  if (!terms) return { ok: false, issue: { code: 'no_terms', column: 'days' } };
  if (days.some((day) => termsOf(day)?.version !== terms.version)) {
    return { ok: false, issue: { code: 'terms_change', column: 'days' } };
  }
  const quote = quoteEnrolment({ days, terms, today, birthDay });
  if (!quote.ok) return { ok: false, issue: issueOf(quote.fault) };
  const { ownFen, subsidyFen, coveredDays } = quote;
  return { ok: true, ownFen, subsidyFen, coveredDays, terms };
}

function issueOf({ code, ...params }: SaleFault): EmployerIssue {
  if (code === 'no_days') return { code: 'days_missing', column: 'days' };
  const isAge = code === 'too_young' || code === 'too_old';
  return { code, column: isAge ? 'id_number' : 'days', params: params as Record<string, string | number> };
}

/** So many days are named of those that are taken. */
const NAMED_DAYS = 10;

export function namedDays(days: readonly string[]): string {
  return days.slice(0, NAMED_DAYS).join('、') + (days.length > NAMED_DAYS ? ' …' : '');
}
