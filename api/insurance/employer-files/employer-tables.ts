import { and, asc, eq } from 'drizzle-orm';
import { TEMPLATE_COLUMNS, templateHeader } from '#domain/insurance/employer-columns.ts';
import { COLUMN_WORDS, employerIssueWords } from '#domain/insurance/employer-file-words.ts';
import { addDays, shanghaiDay } from '#domain/time/shanghai.ts';
import type { Database } from '../../../db/connect.ts';
import { employerFileRows } from '../../../db/tables/employer-files.ts';
import { toCsv } from '../../platform/tables/write-table.ts';

/** The columns with one line that shows how, whose ID number is nobody's. */
export function employerTemplateCsv(nowMs: number): Buffer {
  const from = addDays(shanghaiDay(nowMs), 1);
  const example: Record<(typeof TEMPLATE_COLUMNS)[number], string> = {
    name: '示例（请删除本行）',
    id_number: '11010119900307000X', // with digits only, Excel would make a number of it and lose the last ones
    phone: '13800000000',
    from,
    to: addDays(from, 6),
    count: '',
    days: '',
  };
  return toCsv(
    [example],
    TEMPLATE_COLUMNS.map((column) => ({ header: templateHeader(column), value: (row: typeof example) => row[column] })),
  );
}

/** Every problem of a file in words, in the order of its rows. */
export async function employerErrorsCsv(db: Database, fileId: string, language: 'zh' | 'en'): Promise<Buffer> {
  const rows = await db
    .select({ row: employerFileRows.row, issues: employerFileRows.issues })
    .from(employerFileRows)
    .where(and(eq(employerFileRows.fileId, fileId), eq(employerFileRows.state, 'bad')))
    .orderBy(asc(employerFileRows.row));
  const lines = rows.flatMap(({ row, issues }) => issues.map((issue) => ({ row, issue })));
  const [rowName, columnName, problemName] = language === 'zh' ? ['行', '列', '问题'] : ['Row', 'Column', 'Problem'];
  return toCsv(lines, [
    { header: rowName!, value: ({ row }) => row },
    { header: columnName!, value: ({ issue }) => issue.column && COLUMN_WORDS[language][issue.column] },
    { header: problemName!, value: ({ issue }) => employerIssueWords(issue, language) },
  ]);
}
