import { describe, expect, it } from 'vitest';
import { readTable } from './read-table.ts';
import { TABLE_LIMITS } from '../../platform/tables/table-problem.ts';

const feature = (geometry: unknown, properties: unknown, id?: string | number) => ({
  type: 'Feature',
  ...(id !== undefined && { id }),
  geometry,
  properties,
});
const at = (...coordinates: unknown[]) => ({ type: 'Point', coordinates });
const bytes = (features: unknown) => Buffer.from(JSON.stringify({ type: 'FeatureCollection', features }));
const read = (features: unknown) => readTable(bytes(features), 'a.geojson');

describe('GeoJSON', () => {
  it('becomes rows with points, its properties columns', async () => {
    const table = await read([
      feature(at(118.1, 24.5), { name: '甲', services: ['rest', 'water'], open: true }, 7),
      feature(at(118.2, 24.6, 12), { 地址: '某路1号', floor: 2, name: null }),
      feature(null, { name: '丙' }),
    ]);
    expect(table).toEqual({
      format: 'geojson',
      headerRow: null,
      header: ['id', 'name', 'services', 'open', '地址', 'floor'],
      warnings: [],
      rows: [
        { row: 1, cells: ['7', '甲', 'rest、water', 'true', '', ''], point: { lng: 118.1, lat: 24.5 } },
        { row: 2, cells: ['', '', '', '', '某路1号', '2'], point: { lng: 118.2, lat: 24.6 } },
        { row: 3, cells: ['', '丙', '', '', '', ''] },
      ],
    });
  });

  it.each([
    ['not_a_point', feature({ type: 'LineString', coordinates: [[1, 2]] }, { name: '甲' })],
    ['not_a_point', feature(at('118.1', '24.5'), { name: '甲' })],
    ['not_a_point', feature(at(118.1), { name: '甲' })],
    ['not_a_point', feature(at(1e9, 24), { name: '甲' })],
    ['not_a_feature', { type: 'Point', coordinates: [1, 2] }],
    ['not_a_feature', null],
    ['not_a_feature', 'x'],
  ])('says of a row that it is %s; the others are unharmed', async (code, bad) => {
    const { rows } = await read([bad, feature(at(118.1, 24.5), { name: '乙' })]);
    expect(rows[0]!.problems).toEqual([{ code }]);
    expect(rows[0]!.point).toBeUndefined();
    expect(rows[1]).toMatchObject({ row: 2, cells: ['乙'], point: { lng: 118.1, lat: 24.5 } });
  });

  it('tells which system it names, and keeps names such as __proto__ as columns', async () => {
    const text =
      '\uFEFF{"type":"FeatureCollection","crs":{"properties":{"name":"urn:ogc:def:crs:EPSG::4490"}},"features":[{"type":"Feature","geometry":null,"properties":{"__proto__":"甲","constructor":"乙"}}]}';
    const table = await readTable(Buffer.from(text), 'a.json');
    expect(table.header).toEqual(['__proto__', 'constructor']);
    expect(table.rows[0]!.cells).toEqual(['甲', '乙']);
    expect(table.warnings).toEqual([{ code: 'crs_named', params: { name: 'urn:ogc:def:crs:EPSG::4490' } }]);
  });

  it.each([
    ['broken_json', '{"type":"FeatureCollection","features":['],
    ['not_a_feature_collection', '{"type":"Feature","geometry":null}'],
    ['not_a_feature_collection', '{"type":"FeatureCollection","features":{}}'],
    ['no_rows', '{"type":"FeatureCollection","features":[]}'],
    ['unreadable_text', Buffer.concat([Buffer.from('{"type":"'), Buffer.from([0xff, 0xff]), Buffer.from('"}')])],
  ])('is refused in words: %s', async (code, text) => {
    await expect(readTable(Buffer.from(text as string), 'a.geojson')).rejects.toMatchObject({
      name: 'TableProblem',
      code,
    });
  });

  it('is refused when it has more rows or columns than a table may', async () => {
    const wide = Object.fromEntries(Array.from({ length: 201 }, (_, i) => [`c${i}`, i]));
    await expect(read([feature(null, wide)])).rejects.toMatchObject({ code: 'too_many_columns' });
    const two = [feature(null, { name: '甲' }), feature(null, { name: '乙' })];
    const limits = { ...TABLE_LIMITS, geojsonRows: 1 };
    await expect(readTable(bytes(two), 'a.json', limits)).rejects.toMatchObject({ code: 'too_many_rows' });
  });

  it('survives properties nested a hundred thousand deep', async () => {
    const deep = `{"type":"FeatureCollection","features":[{"type":"Feature","geometry":null,"properties":{"name":"甲","x":${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}}}]}`;
    const { rows } = await readTable(Buffer.from(deep), 'a.json');
    expect(rows[0]!.cells[0]).toBe('甲');
  });
});
