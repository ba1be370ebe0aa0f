import type { TableRow } from '#domain/tables/table-row.ts';

/** Under which name the vault has the key of a file's rows. It is no person's. */
export const fileKeyOf = (fileId: string): string => `employer-file:${fileId}`;

const contextOf = (row: number): string => `row ${row}`;

export function sealRow(sealText: (plain: string, context: string) => string, row: TableRow): string {
  return sealText(JSON.stringify(row), contextOf(row.row));
}

export function unsealRow(
  unsealText: (sealed: string, context: string) => string,
  { row, sealed }: { row: number; sealed: string },
): TableRow {
  return JSON.parse(unsealText(sealed, contextOf(row))) as TableRow;
}
