/** How much a file may hold. Larger ones are refused in words that name the limit. */
export interface TableLimits {
  fileBytes: number;
  csvRows: number;
  xlsxRows: number;
  geojsonRows: number;
  columns: number;
  cellLength: number;
  /** All parts of an XLSX file together, unpacked. */
  unpackedBytes: number;
}

export const TABLE_LIMITS: TableLimits = {
  fileBytes: 64 * 1024 * 1024, // 200,000 stations with ten columns of Chinese in UTF-8 are 40 MB
  csvRows: 200_000,
  xlsxRows: 50_000,
  geojsonRows: 50_000,
  columns: 200,
  cellLength: 2000,
  unpackedBytes: 150 * 1024 * 1024,
};

type Params = Record<string, string | number>;

/** Why a file as a whole can't be read, and what to do about it. */
const WORDS = {
  empty_file: () => 'The file is empty. Save it again and choose it once more.',
  file_too_large: ({ limitMb }) => `The file is larger than ${limitMb} MB. Split it into several files.`,
  unknown_format: () =>
    'This is neither a CSV, an XLSX nor a GeoJSON file. Open it in Excel or WPS and save it as .xlsx or .csv.',
  old_xls: () =>
    'This is an old Excel file (.xls), or one with a password. Open it in Excel or WPS and save it as .xlsx or .csv, without a password.',
  html_table: () =>
    'This is a web page or an XML table with the name of a spreadsheet. Open it in Excel or WPS and save it as .xlsx or .csv.',
  not_xlsx_zip: () =>
    'This is a ZIP archive, but not an .xlsx workbook. Unpack it, or open it in Excel or WPS and save it as .xlsx or .csv.',
  broken_zip: () =>
    'The .xlsx file is damaged or cut off. Open it in Excel or WPS, save it again and choose the new file.',
  zip_bomb: ({ limitMb }) =>
    `Unpacked, the .xlsx file would be much larger than a table of stations can be (limit ${limitMb} MB). Copy the rows into a new workbook.`,
  broken_xlsx: () => 'The workbook can be unpacked but not read. Open it in Excel or WPS and save it again as .xlsx.',
  sheet_not_found: ({ sheet, sheets }) => `There is no sheet "${sheet}". The workbook has: ${sheets}.`,
  unreadable_text: () =>
    'The text is neither UTF-8, UTF-16 nor GB18030. Open the file in Excel or WPS and save it as "CSV UTF-8" or .xlsx.',
  quote_not_closed: ({ row }) => `A quotation mark that begins in row ${row} is never closed. Close it, or remove it.`,
  row_too_long: ({ row }) => `Row ${row} is longer than a row can be. Often a quotation mark before it is not closed.`,
  too_many_rows: ({ limit }) =>
    `The file has more than ${limit} rows. Split it into several files, or delete what stands far below the table.`,
  too_many_columns: ({ limit, columns }) =>
    `The table has ${columns} columns; ${limit} are the limit. Delete what stands far to the right of the table.`,
  no_header: () => 'There is no row with column names, such as 名称 or 地址. Add one above the first place.',
  no_rows: () => 'The table has column names but no rows below them.',
  broken_json: () => 'The file begins like GeoJSON but is not valid JSON. Export it again.',
  not_a_feature_collection: () => 'The JSON is not a GeoJSON FeatureCollection. Export the places as one.',
} as const satisfies Record<string, (params: Params) => string>;
export type TableProblemCode = keyof typeof WORDS;
export const TABLE_PROBLEMS = Object.keys(WORDS) as TableProblemCode[];

export class TableProblem extends Error {
  readonly code: TableProblemCode;
  readonly params: Params;
  constructor(code: TableProblemCode, params: Params = {}, cause?: unknown) {
    super(WORDS[code](params), { cause });
    this.name = 'TableProblem';
    this.code = code;
    this.params = params;
  }
}

/** What a person should know of how a file was read. The screens put these into words, with `params`. */
export const TABLE_WARNINGS = [
  /** `name`, `format`: the content decides */
  'wrong_ending',
  /** Rows above the header were taken for a title: `rows` */
  'title_rows',
  /** No row names columns that we know: the first one was taken. */
  'header_guessed',
  /** `sheets`: not read */
  'other_sheets',
  /** `cells`: merged downwards; each row got the value */
  'merged_cells',
  /** `cells`, `first`: formulas without a stored value, read as empty */
  'formulas_without_value',
  /** `cells`, `first`: #N/A and the like, read as empty */
  'error_values',
  /** `name`: the GeoJSON names a coordinate system */
  'crs_named',
] as const;
export interface TableWarning {
  code: (typeof TABLE_WARNINGS)[number];
  params: Params;
}
