import type { RowIssue } from '#domain/places/import-contract.ts';
import type { OfficeImportMessages } from '../../../../client/messages/zh/office-import.ts';

/** What is to be said of a row, with the field it is about. */
export function issueWords({ field, code, params }: RowIssue, m: OfficeImportMessages): string {
  const words = m.issues[code]?.(rounded(params ?? {}), m) ?? m.issueUnknown(code);
  // Said of the pair, in whatever columns it stands.
  const name = field === 'coordinates' ? m.coordinates : m.fields[field];
  return name ? m.issueAt(name, words) : words;
}

/** Coordinates to a metre, as people compare them. */
function rounded(params: NonNullable<RowIssue['params']>): NonNullable<RowIssue['params']> {
  return Object.fromEntries(
    Object.entries(params).map(([key, value]) => [key, typeof value === 'number' ? Number(value.toFixed(5)) : value]),
  );
}

/** `title_rows: 2` in words; what this version does not know is shown as it is. */
export function warningWords(warning: string, m: OfficeImportMessages): string {
  const [code, ...params] = warning.split(': ');
  return m.warnings[code!]?.(...params) ?? warning;
}

export function problemWords(problem: string, m: OfficeImportMessages): string {
  const [code, ...params] = problem.split(': ');
  return m.problems[code!]?.(...params) ?? m.problemUnknown;
}

/** What a column is called; one without a name by its place. */
export function columnName(header: readonly string[], column: number, m: OfficeImportMessages): string {
  return header[column] || m.read.unnamed(column + 1);
}
