import { describe, expect, it } from 'vitest';
import { convertPoint } from '../../geo/coordinates.ts';
import { distanceM } from '../../geo/geodesic.ts';
import { CITY_BOX, isInBox } from '../../geo/city-box.ts';
import { parseOpeningHours } from '../../time/osm-opening-hours.ts';
import { type ColumnMapping, IMPORT_FIELDS, type ImportField } from './columns.ts';
import { ImportDocument } from './import-document.ts';
import { createKnownPlaces, type KnownPlace } from './known-places.ts';
import { createRowJudge, type JudgedRow, judgeRow, type JudgingContext } from './row-fate.ts';
import { createJurisdictionNames } from './street-names.ts';
import type { TableRow } from './table.ts';

/** Every field has its column, in the order of the list. */
const MAPPING: ColumnMapping = Object.fromEntries(IMPORT_FIELDS.map((field, i) => [field, i]));

function row(number: number, cells: Partial<Record<ImportField, string>>, rest: Partial<TableRow> = {}): TableRow {
  return { row: number, cells: IMPORT_FIELDS.map((field) => cells[field] ?? ''), ...rest };
}

const names = createJurisdictionNames(
  [
    { code: '350206004', name: '江头街道', districtCode: '350206' },
    { code: '350206005', name: '金山街道', districtCode: '350206' },
    { code: '350203011', name: '嘉莲街道', districtCode: '350203' },
    { code: '350211103', name: '后溪镇', districtCode: '350211' },
  ],
  [
    { code: '350203', name: '思明区' },
    { code: '350206', name: '湖里区' },
    { code: '350211', name: '集美区' },
  ],
);

function context(rest: Partial<JudgingContext> = {}, places: KnownPlace[] = []): JudgingContext {
  return {
    crs: 'WGS84',
    onBadPoint: 'error',
    precisionM: 50,
    defaultServices: ['rest'],
    names,
    isInCity: (point) => isInBox(point, CITY_BOX),
    isOnLand: ({ lat }) => lat > 24.45,
    districtOf: ({ lng, lat }) => (lat < 24.45 ? null : lng > 118.15 ? '350206' : '350203'),
    readHours: (text) =>
      text === '朝九晚五'
        ? { ok: true, hours: '09:00-17:00', notes: [{ code: 'days_not_stated', at: text }] }
        : { ok: false, reason: text === '无' ? 'not_given' : 'not_understood', at: text },
    known: createKnownPlaces(places),
    ...rest,
  };
}

const judge = (cells: Partial<Record<ImportField, string>>, rest: Partial<JudgingContext> = {}) =>
  judgeRow(row(2, cells), MAPPING, context(rest));
const codes = ({ issues }: JudgedRow) => issues.map(({ code }) => code);

const FULL: Partial<Record<ImportField, string>> & { name: string } = {
  externalId: 'A-17',
  name: '金山街道爱心驿站',
  street: '湖里区金山街道',
  address: '金湖路101号',
  lng: '118.160000',
  lat: '24.500000',
  phone: '0592-1234567',
  services: '休息、饮水',
  hours: 'Mo-Fr 08:30-17:30',
  price: '免费',
  facilities: '空调、微波炉、无厕所',
  capacity: '20人',
  access: '扫码进入',
  organisation: '金山街道总工会',
  status: '正常开放',
  note: '二楼',
};

describe('the fate of a row', () => {
  it('is new with all it says', () => {
    const judged = judge(FULL);
    expect(judged).toMatchObject({ row: 2, fate: 'new', issues: [] });
    expect(judged.document).toEqual({
      externalId: 'A-17',
      name: '金山街道爱心驿站',
      district: '350206',
      street: '350206005',
      address: '金湖路101号',
      phone: '0592-1234567',
      organisation: '金山街道总工会',
      status: 'open',
      access: 'code',
      position: {
        point: { lng: 118.16, lat: 24.5 },
        precisionM: 50,
        originalLng: 118.16,
        originalLat: 24.5,
        originalCrs: 'WGS84',
      },
      services: [
        {
          service: 'rest',
          hours: 'Mo-Fr 08:30-17:30',
          price: 'free',
          capacity: 20,
          facilities: { aircon: true, microwave: true, toilet: false },
        },
        { service: 'water', hours: 'Mo-Fr 08:30-17:30', price: 'free' },
      ],
      note: '二楼',
    });
    expect(ImportDocument.safeParse(judged.document).success).toBe(true);
  });

  it('converts the point from the chosen system and keeps it as it was given', () => {
    const given = convertPoint({ lng: 118.118, lat: 24.4885 }, 'WGS84', 'GCJ02');
    const { document } = judge({ name: '甲', lng: given.lng.toFixed(6), lat: given.lat.toFixed(6) }, { crs: 'GCJ02' });
    expect(distanceM(document!.position!.point, { lng: 118.118, lat: 24.4885 })).toBeLessThan(0.5);
    expect(document!.position).toMatchObject({ originalCrs: 'GCJ02', precisionM: 50 });
    expect(document!.position!.originalLng).toBeCloseTo(given.lng, 6);
  });

  it.each<[string, Partial<Record<ImportField, string>>, object]>([
    ['no name', { name: '' }, { field: 'name', code: 'name_missing' }],
    [
      'a name of a page',
      { name: '甲'.repeat(101) },
      { field: 'name', code: 'text_too_long', params: { max: 100, text: `${'甲'.repeat(60)}…` } },
    ],
    ['coordinates in words', { lng: '见附件', lat: '24.5' }, { code: 'coordinates_not_read' }],
    ['a point at sea', { lng: '118.118000', lat: '24.430000' }, { code: 'point_at_sea' }],
    ['a point in Beijing', { lng: '116.397000', lat: '39.908000' }, { code: 'point_outside_city' }],
  ])('is an error in words for %s', (_, cells, issue) => {
    const judged = judge({ ...FULL, lng: '', lat: '', ...cells });
    expect(judged.fate).toBe('error');
    expect(judged.document).toBeUndefined();
    expect(judged.issues).toContainEqual(expect.objectContaining(issue));
  });

  it('is an error while nobody has said which system the points are in', () => {
    expect(codes(judge(FULL, { crs: null }))).toContain('system_not_chosen');
    expect(judge({ ...FULL, lng: '', lat: '' }, { crs: null }).fate).toBe('new');
  });

  it('may be to list a row without its bad point, to be placed by hand', () => {
    const judged = judge({ ...FULL, lng: '116.397000', lat: '39.908000' }, { onBadPoint: 'place_later' });
    expect(judged).toMatchObject({ fate: 'new', document: { position: null } });
    expect(judged.issues).toContainEqual({
      field: 'coordinates',
      code: 'point_left_out',
      params: { lng: 116.397, lat: 39.908, reason: 'point_outside_city' },
    });
  });

  it.each<[string, Partial<Record<ImportField, string>>, object]>([
    ['no point', { lng: '', lat: '' }, { code: 'point_missing' }],
    ['a point the wrong way round', { lng: '24.500000', lat: '118.160000' }, { code: 'coordinates_swapped' }],
    ['a rough point', { lng: '118.16', lat: '24.5' }, { code: 'coordinates_rough' }],
    [
      'a point in another district',
      { lng: '118.100000', lat: '24.500000' },
      { code: 'point_not_in_district', params: { stated: '350206', found: '350203' } },
    ],
    [
      'a street spelt nearly right',
      { street: '金三街道' },
      { code: 'street_unknown', params: { text: '金三街道', suggestions: [{ code: '350206005', name: '金山街道' }] } },
    ],
    [
      'a street nobody knows',
      { street: '中关村街道' },
      { code: 'street_unknown', params: { text: '中关村街道', suggestions: [] } },
    ],
    [
      'a street of another district',
      { district: '思明区' },
      { code: 'street_not_in_district', params: { streetDistrict: '350206', stated: '350203' } },
    ],
    [
      'an unknown district',
      { district: '海淀区', street: '' },
      { code: 'district_unknown', params: { text: '海淀区' } },
    ],
    [
      'hours that nobody can read',
      { hours: '看心情' },
      { code: 'hours_not_read', params: { text: '看心情', at: '看心情', reason: 'not_understood' } },
    ],
    [
      'hours read with an assumption',
      { hours: '朝九晚五' },
      { code: 'hours_assumed', params: { reason: 'days_not_stated', at: '朝九晚五' } },
    ],
    [
      'unknown facilities',
      { facilities: '空调、血压计' },
      { code: 'facilities_unknown', params: { words: ['血压计'] } },
    ],
    ['unknown services', { services: '休息、下棋' }, { code: 'services_unknown', params: { words: ['下棋'] } }],
    ['no services', { services: '' }, { code: 'services_assumed', params: { services: ['rest'] } }],
    ['an unknown status', { status: '???' }, { code: 'status_not_read' }],
    ['an unknown date', { statusUntil: '2026年13月1日' }, { code: 'date_not_read' }],
    ['an unknown capacity', { capacity: '很多' }, { code: 'capacity_not_read' }],
  ])('is new, with a word about %s', (_, cells, issue) => {
    const judged = judge({ ...FULL, ...cells });
    expect(judged.fate).toBe('new');
    expect(judged.issues).toContainEqual(expect.objectContaining(issue));
    expect(ImportDocument.safeParse(judged.document).success).toBe(true);
  });

  it('keeps hours that were not read as text, and says nothing for 无', () => {
    expect(judge({ ...FULL, hours: '看心情' }).document!.services[0]!.hours).toBe('看心情');
    expect(judge({ ...FULL, hours: '朝九晚五' }).document!.services[0]!.hours).toBe('09:00-17:00');
    const none = judge({ ...FULL, hours: '无' });
    expect(none.document!.services[0]!.hours).toBeNull();
    expect(none.issues).toEqual(expect.not.arrayContaining([expect.objectContaining({ field: 'hours' })]));
    expect(parseOpeningHours('看心情').ok).toBe(false);
  });

  it('finds facilities in the column of services', () => {
    const { document, issues } = judge({ ...FULL, services: '休息、充电、冰箱', facilities: '' });
    expect(document!.services).toMatchObject([{ service: 'rest', facilities: { phone_charging: true, fridge: true } }]);
    expect(issues).toEqual([]);
  });

  it('takes the point of a GeoJSON row, and the problems that reading the file found', () => {
    const point = { lng: 118.16, lat: 24.5 };
    expect(judgeRow(row(1, { name: '甲' }, { point }), MAPPING, context()).document!.position!.point).toEqual(point);
    const bad = row(1, { name: '甲' }, { problems: [{ code: 'not_a_point' }, { code: 'cell_too_long', column: 3 }] });
    const judged = judgeRow(bad, MAPPING, context());
    expect(judged.fate).toBe('error');
    expect(codes(judged).slice(0, 2)).toEqual(['not_a_point', 'cell_too_long']);
  });
});

const stored = (cells: Partial<Record<ImportField, string>> = FULL, id = 'site-1'): KnownPlace => ({
  id,
  document: judge(cells).document!,
});

const judgeAgain = (cells: Partial<Record<ImportField, string>>, place = stored()) =>
  judgeRow(row(2, cells), MAPPING, context({}, [place]));

describe('rows and places that are known', () => {
  it('are the same when nothing changed, by number or without one', () => {
    expect(judgeAgain(FULL)).toMatchObject({ fate: 'same', site: 'site-1', changed: [] });
    const { externalId: _, ...unnumbered } = FULL;
    expect(judgeAgain(unnumbered, stored(unnumbered))).toMatchObject({ fate: 'same', site: 'site-1' });
    const homeless = { name: '甲', address: '某路1号' };
    expect(judgeAgain(homeless, stored(homeless))).toMatchObject({ fate: 'same' });
  });

  it('are the same after a database gave the document back in another order of keys', () => {
    const place = stored();
    const reordered = JSON.parse(
      JSON.stringify(place.document, Object.keys(flatKeys(place.document)).sort().toReversed()),
    );
    expect(judgeAgain(FULL, { ...place, document: reordered })).toMatchObject({ fate: 'same', changed: [] });
  });

  it('are changed in what the row says; an empty cell erases nothing', () => {
    const judged = judgeAgain({ externalId: 'A-17', name: '金山街道工会驿站', hours: '24/7', facilities: '有厕所' });
    expect(judged).toMatchObject({ fate: 'changed', site: 'site-1' });
    expect(judged.changed!.sort()).toEqual(['name', 'services']);
    expect(judged.document).toMatchObject({ address: '金湖路101号', street: '350206005', access: 'code' });
    expect(judged.document!.services).toMatchObject([
      { service: 'rest', hours: '24/7', capacity: 20, facilities: { aircon: true, microwave: true, toilet: true } },
      { service: 'water', hours: '24/7', price: 'free' },
    ]);
  });

  it('keep a known point that the row moves by less than a metre', () => {
    expect(judgeAgain({ ...FULL, lng: '118.160004' }).fate).toBe('same');
    expect(judgeAgain({ ...FULL, lng: '118.160400' })).toMatchObject({ fate: 'changed', changed: ['position'] });
  });

  it('lose the street when the row moves them to another district', () => {
    const judged = judgeAgain({ externalId: 'A-17', name: FULL.name, district: '思明' });
    expect(judged.document).toMatchObject({ district: '350203', street: null });
  });

  it('stay two when their numbers differ, but a person is asked', () => {
    expect(judgeAgain({ ...FULL, externalId: 'A-18' })).toMatchObject({
      fate: 'duplicate',
      twins: [{ of: { site: 'site-1' }, likeness: 1 }],
    });
  });

  it('meet again after an officer gave the place its street', () => {
    const homeless = { name: '甲', address: '某路1号' };
    const place = stored(homeless);
    place.document = { ...place.document, street: '350206004', district: '350206' };
    expect(judgeAgain(homeless, place)).toMatchObject({ fate: 'same' });
    expect(judgeAgain({ ...homeless, street: '嘉莲街道' }, place).fate).toBe('new');
  });

  it('are asked about when they are only near and alike', () => {
    const near = { name: '金山工会驿站', lng: '118.160500', lat: '24.500000' };
    const judged = judgeAgain(near);
    expect(judged).toMatchObject({ fate: 'duplicate', twins: [{ of: { site: 'site-1' } }] });
    expect(judged.twins![0]!.distanceM).toBeCloseTo(50, -1);
    expect(judgeAgain({ ...near, name: '江头驿站' }).fate).toBe('new');
    expect(judgeAgain({ ...near, lng: '118.162000' }).fate).toBe('new');
  });
});

function flatKeys(document: object): Record<string, true> {
  const keys: Record<string, true> = {};
  JSON.stringify(document, (key, value: unknown) => {
    if (key !== '') keys[key] = true;
    return value;
  });
  return keys;
}

describe('rows of one file', () => {
  it('may not share a number, and are asked about when they are alike', () => {
    const judgeNext = createRowJudge(MAPPING, context());
    const first = judgeNext(row(2, { externalId: '1', name: '甲乙驿站', lng: '118.160000', lat: '24.500000' }));
    const again = judgeNext(row(3, { externalId: '1', name: '丙丁驿站' }));
    const twin = judgeNext(row(4, { externalId: '2', name: '甲乙爱心驿站', lng: '118.160300', lat: '24.500000' }));
    const placeless = judgeNext(row(5, { name: '戊己', address: '某路1号' }));
    const repeated = judgeNext(row(6, { name: '戊己', address: '某路1号' }));
    expect([first, again, twin, placeless, repeated].map(({ fate }) => fate)).toEqual([
      'new',
      'error',
      'duplicate',
      'new',
      'duplicate',
    ]);
    expect(again.issues).toContainEqual({
      field: 'externalId',
      code: 'external_id_repeated',
      params: { firstRow: 2, text: '1' },
    });
    expect(twin.twins).toMatchObject([{ of: { row: 2 }, likeness: 1 }]);
    expect(repeated.twins).toEqual([{ of: { row: 5 }, distanceM: null, likeness: 1 }]);
  });
});
