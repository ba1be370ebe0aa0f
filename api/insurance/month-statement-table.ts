import type { Payer } from '#domain/insurance/enrolment.ts';
import type { DayClosing } from '#domain/insurance/ledger.ts';
import type { CoveredSum, MonthStatement } from '#domain/insurance/ledger-contract.ts';
import type { ExportColumn } from '../places/export/write-table.ts';

export type StatementLanguage = 'zh' | 'en';

type Line = CoveredSum & { day: string; payer: string; employer: string; closing: string; agrees: string };

const HEADERS = {
  zh: ['日期', '缴费方', '用人单位', '参保人日', '个人承担（元）', '财政补贴（元）', '合计（元）', '结账', '三方核对'],
  en: [
    'Day',
    'Paid by',
    'Employer',
    'Covered days',
    'Own share (CNY)',
    'Subsidy (CNY)',
    'Total (CNY)',
    'Close',
    'Agrees',
  ],
} as const;

const WORDS = {
  zh: {
    self: '本人',
    employer: '用人单位',
    closed: '已结账',
    not_closed: '未结账',
    open: '未到期',
    before_start: '未开始',
    agrees: '一致',
    differs: '不一致',
    total: '合计',
  },
  en: {
    self: 'the person',
    employer: 'the employer',
    closed: 'closed',
    not_closed: 'not closed',
    open: 'open',
    before_start: 'before the start',
    agrees: 'agrees',
    differs: 'DIFFERS',
    total: 'Total',
  },
} as const satisfies Record<StatementLanguage, Record<Payer | DayClosing | 'agrees' | 'differs' | 'total', string>>;

/** The columns of a statement's file. Money is in yuan with two decimals, as whole fen come to. */
export function statementColumns(language: StatementLanguage): ExportColumn<Line>[] {
  const yuan = (key: 'ownFen' | 'subsidyFen' | 'totalFen') => (line: Line) => line[key] / 100;
  const values: ExportColumn<Line>['value'][] = [
    ({ day }) => day,
    ({ payer }) => payer,
    ({ employer }) => employer,
    ({ coveredDays }) => coveredDays,
    yuan('ownFen'),
    yuan('subsidyFen'),
    yuan('totalFen'),
    ({ closing }) => closing,
    ({ agrees }) => agrees,
  ];
  return HEADERS[language].map((header, i) => ({ header, value: values[i]! }));
}

/** The lines of a statement's file, with the month's total as the last. */
export function statementLines(statement: MonthStatement, language: StatementLanguage): Line[] {
  const words = WORDS[language];
  const agreement = new Map(statement.days.map(({ day, payer, agrees }) => [`${day} ${payer}`, agrees]));
  const say = (agrees: boolean | null | undefined) =>
    agrees === true ? words.agrees : agrees === false ? words.differs : '';
  const lines = statement.rows.map((row) => ({
    ...row,
    payer: words[row.payer],
    employer: row.employerName ?? row.employerId ?? '',
    closing: words[row.closing],
    agrees: say(agreement.get(`${row.day} ${row.payer}`)),
  }));
  const { wholeMonth, daysNotClosed, agrees } = statement.totals;
  const isOver = statement.days.every(({ closing: state }) => state === 'closed' || state === 'before_start');
  const closing = isOver ? words.closed : daysNotClosed > 0 ? words.not_closed : words.open;
  return [...lines, { ...wholeMonth, day: words.total, payer: '', employer: '', closing, agrees: say(agrees) }];
}
