import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchColumns } from '#domain/places/import/columns.ts';
import { createKnownPlaces } from '#domain/places/import/known-places.ts';
import { createRowJudge } from '#domain/places/import/row-fate.ts';
import { createJurisdictionNames } from '#domain/places/import/street-names.ts';
import { readTable } from './read-table.ts';
import { TABLE_LIMITS, TABLE_PROBLEMS, TableProblem } from '../../platform/tables/table-problem.ts';

const piece = fc.oneof(
  fc.uint8Array({ maxLength: 200 }),
  fc.string({ unit: 'grapheme', maxLength: 60 }).map((text) => new TextEncoder().encode(text)),
  fc
    .constantFrom(
      '名称,地址\n',
      '"',
      '\r\n',
      '{"type":"FeatureCollection","features":[',
      'PK\u0003\u0004',
      '\uFEFF',
      '\0',
      "'=1",
      ',,,',
    )
    .map((text) => new TextEncoder().encode(text)),
);
const file = fc.array(piece, { maxLength: 12 }).map((pieces) => Buffer.concat(pieces));

describe('any file', () => {
  it('is a table or a problem in words, and each of its rows has a fate', async () => {
    await fc.assert(
      fc.asyncProperty(file, fc.string({ maxLength: 10 }), async (bytes, name) => {
        const result = await readTable(bytes, name).catch((error: unknown) => error);
        if (result instanceof TableProblem) {
          expect(TABLE_PROBLEMS).toContain(result.code);
          return;
        }
        if (result instanceof Error) throw result;
        const { header, rows } = result as Awaited<ReturnType<typeof readTable>>;
        const judge = createRowJudge(matchColumns(header).mapping, {
          crs: 'GCJ02',
          onBadPoint: 'place_later',
          precisionM: 50,
          defaultServices: ['rest'],
          names: createJurisdictionNames([], []),
          isInCity: () => true,
          isOnLand: () => true,
          districtOf: () => null,
          readHours: () => ({ ok: false, reason: 'not_understood' }),
          known: createKnownPlaces([]),
        });
        for (const row of rows) {
          expect(row.cells).toHaveLength(header.length);
          expect(judge(row).row).toBe(row.row);
        }
      }),
      { seed: 20_260_310, numRuns: 500 },
    );
  });

  it('is told by its content; a name that says otherwise is only mentioned', async () => {
    const csv = Buffer.from('名称,地址\n甲,乙\n');
    expect((await readTable(csv, 'a.CSV')).warnings).toEqual([]);
    expect(await readTable(csv, 'a.xlsx')).toMatchObject({ format: 'csv', warnings: [{ code: 'wrong_ending' }] });
    expect(await readTable(csv, '没有后缀')).toMatchObject({ warnings: [{ code: 'wrong_ending' }] });
  });

  it('is refused before anything is read when it is too large', async () => {
    const limits = { ...TABLE_LIMITS, fileBytes: 10 };
    const error = await readTable(Buffer.alloc(11), 'a.csv', limits).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'file_too_large', params: { limitMb: 0 } });
  });
});
