import { foldText } from '../places/import/fold-text.ts';
import type { EmployerMapping } from './employer-file.ts';
import { EMPLOYER_COLUMNS, type EmployerColumn } from './employer-file-states.ts';

/** How employers call the columns, folded and without blanks and signs. The first is what the template says. */
const NAMES: Record<EmployerColumn, readonly string[]> = {
  name: [
    '姓名',
    '员工姓名',
    '骑手姓名',
    '工人姓名',
    '名字',
    '被保险人',
    '被保险人姓名',
    '参保人',
    'name',
    'fullname',
    'workername',
  ],
  id_number: [
    '身份证号',
    '身份证号码',
    '身份证',
    '证件号',
    '证件号码',
    '公民身份号码',
    '身份号码',
    'idnumber',
    'idno',
    'idcard',
    'id',
  ],
  phone: [
    '手机号',
    '手机',
    '手机号码',
    '电话',
    '联系电话',
    '联系方式',
    '电话号码',
    '移动电话',
    'phone',
    'mobile',
    'phonenumber',
    'mobilenumber',
    'tel',
  ],
  from: [
    '开始',
    '开始日期',
    '起始日期',
    '起保日期',
    '参保开始',
    '保障开始',
    '开始日',
    '起',
    '起期',
    'from',
    'start',
    'startdate',
    'firstday',
    'fromdate',
  ],
  to: [
    '结束',
    '结束日期',
    '终止日期',
    '终保日期',
    '截止日期',
    '保障结束',
    '结束日',
    '止',
    '止期',
    'to',
    'end',
    'enddate',
    'lastday',
    'todate',
  ],
  count: ['天数', '参保天数', '保障天数', '投保天数', 'days', 'numberofdays', 'daycount', 'count'],
  days: [
    '日期',
    '参保日期',
    '保障日期',
    '投保日期',
    '参保日',
    '哪些天',
    'date',
    'dates',
    'coverdays',
    'dayslist',
    'listofdays',
  ],
};
const KNOWN = new Map(EMPLOYER_COLUMNS.flatMap((column) => NAMES[column].map((name) => [name, column] as const)));

/** The header of the template, in the order of its columns. */
export const TEMPLATE_COLUMNS = [
  'name',
  'id_number',
  'phone',
  'from',
  'to',
  'count',
  'days',
] as const satisfies readonly EmployerColumn[];
export const templateHeader = (column: EmployerColumn): string => NAMES[column][0]!;

function columnOf(header: string): EmployerColumn | null {
  const outside = foldText(header).replace(/[(（【[].*$/, '');
  return KNOWN.get(outside.replace(/[^\p{L}\p{N}]/gu, '')) ?? null;
}

/** Of two columns with one meaning the first counts. `missing`: without them nothing can be insured. */
export function matchEmployerColumns(header: readonly string[]): {
  mapping: EmployerMapping;
  missing: EmployerColumn[];
} {
  const mapping: EmployerMapping = {};
  for (const [at, text] of header.entries()) {
    const column = columnOf(text);
    if (column && mapping[column] === undefined) mapping[column] = at;
  }
  const missing: EmployerColumn[] = (['name', 'id_number', 'phone'] as const).filter(
    (column) => mapping[column] === undefined,
  );
  if (mapping.from === undefined && mapping.days === undefined) missing.push('from');
  return { mapping, missing };
}

/** How many different columns a row of cells names: what tells a header from titles and values. */
export function countEmployerColumns(cells: readonly string[]): number {
  return new Set(cells.flatMap((cell) => (cell.length > 30 ? [] : (columnOf(cell) ?? [])))).size;
}
