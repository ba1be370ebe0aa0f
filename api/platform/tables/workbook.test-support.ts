import { zipSync } from 'fflate';

const NS = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

export interface TestSheet {
  name: string;
  /** What stands in `<sheetData>`. */
  rows: string;
  /** What stands behind it, such as merged ranges. */
  behind?: string;
  state?: 'hidden';
}

/** The parts of a workbook made by hand: everything that a writer of workbooks would not write. Style 1 is a date, 2 a time. */
export function workbookParts(sheets: readonly TestSheet[]): Record<string, Uint8Array> {
  const parts: Record<string, string> = {
    '[Content_Types].xml': '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
    'xl/workbook.xml': `<workbook ${NS} xmlns:r="${OFFICE}"><sheets>${sheets
      .map(
        ({ name, state }, i) =>
          `<sheet name="${name}" sheetId="${i + 1}" ${state ? `state="${state}" ` : ''}r:id="rId${i + 1}"/>`,
      )
      .join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${sheets
      .map(
        (_, i) => `<Relationship Id="rId${i + 1}" Type="${OFFICE}/worksheet" Target="worksheets/sheet${i + 1}.xml"/>`,
      )
      .join('')}<Relationship Id="rId99" Type="${OFFICE}/styles" Target="styles.xml"/></Relationships>`,
    'xl/styles.xml': `<styleSheet ${NS}><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="20"/></cellXfs></styleSheet>`,
  };
  sheets.forEach(({ rows, behind = '' }, i) => {
    parts[`xl/worksheets/sheet${i + 1}.xml`] = `<worksheet ${NS}><sheetData>${rows}</sheetData>${behind}</worksheet>`;
  });
  return Object.fromEntries(Object.entries(parts).map(([name, xml]) => [name, Buffer.from(xml)]));
}

export function makeWorkbook(...sheets: TestSheet[]): Buffer {
  return Buffer.from(zipSync(workbookParts(sheets)));
}

/** A row of cells with text, from column A; null leaves a gap. */
export function textRow(row: number, ...cells: (string | null)[]): string {
  const xml = cells.map((text, i) =>
    text === null
      ? ''
      : `<c r="${String.fromCharCode(65 + i)}${row}" t="inlineStr"><is><t>${text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</t></is></c>`,
  );
  return `<row r="${row}">${xml.join('')}</row>`;
}
