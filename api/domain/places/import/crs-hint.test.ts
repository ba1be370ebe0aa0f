import { describe, expect, it } from 'vitest';
import districtsJson from '../../../../seed/reference/districts.json' with { type: 'json' };
import { seededRandom } from '../../../../tests/support/random.ts';
import { convertPoint, COORDINATE_SYSTEMS, type CoordinateSystem } from '../../geo/coordinates.ts';
import { findDistrictOf } from '../../geo/district-of.ts';
import type { Point } from '../../geo/point.ts';
import type { DistrictCollection } from '../../geo/reach-data.ts';
import { hintCoordinateSystem, type KnownPoint, type RawPlace } from './crs-hint.ts';

const { features: districts } = districtsJson as unknown as DistrictCollection;
const districtOf = (point: Point) => findDistrictOf(point, districts)?.properties.code ?? null;
const land = { districtOf, isOnLand: (point: Point) => districtOf(point) !== null };

/** Points on land all over the island, the same in every run. */
function somePoints(count: number): Point[] {
  const random = seededRandom(20_260_310);
  const points: Point[] = [];
  while (points.length < count) {
    const point = { lng: 118.06 + random() * 0.14, lat: 24.43 + random() * 0.12 };
    if (land.isOnLand(point)) points.push(point);
  }
  return points;
}
const named = (i: number) => `第${i}职工之家`;
const known = (points: Point[]): KnownPoint[] =>
  points.map((point, i) => ({ name: named(i), address: `湖滨南路${i}号`, point }));
const rowsIn = (system: CoordinateSystem, points: Point[], withDistrict = false): RawPlace[] =>
  points.map((point, i) => ({
    name: named(i),
    address: null,
    district: withDistrict ? districtOf(point) : null,
    raw: convertPoint(point, 'WGS84', system),
  }));

describe('the hint at a coordinate system', () => {
  it.each(COORDINATE_SYSTEMS)('comes from places of ours with the same name: %s', (system) => {
    const points = somePoints(10);
    // People put the pin on the gate or on the counter.
    const placed = points.map(({ lng, lat }, i) => ({ lng: lng + (i % 3) * 0.0003, lat }));
    const hint = hintCoordinateSystem(rowsIn(system, placed), known(points), land);
    expect(hint).toMatchObject({ hint: system, reason: 'known_places', matched: 10, rows: 10 });
    expect(hint.fits[system].medianM).toBeLessThan(60);
  });

  it('comes from places of ours at the same address, however the city is written before it', () => {
    const points = somePoints(5);
    const rows = rowsIn('GCJ02', points).map((row, i) => ({
      ...row,
      name: `${i}甲乙丙`,
      address: `福建省厦门市湖滨南路${i}号`,
    }));
    expect(hintCoordinateSystem(rows, known(points), land)).toMatchObject({ hint: 'GCJ02', reason: 'known_places' });
  });

  it.each(COORDINATE_SYSTEMS)('comes from the districts that rows name where no place is known: %s', (system) => {
    const hint = hintCoordinateSystem(rowsIn(system, somePoints(400), true), [], land);
    expect(hint).toMatchObject({ hint: system, reason: 'district', matched: 0 });
    expect(hint.fits[system].inDistrictShare).toBeGreaterThan(0.95);
  });

  it('comes from the shore where rows name no district', () => {
    const hint = hintCoordinateSystem(rowsIn('BD09', somePoints(1500)), [], land);
    expect(hint).toMatchObject({ hint: 'BD09', reason: 'land' });
  });

  it('is not given for a few points inland, where every system looks right', () => {
    const inland = [118.12, 118.13, 118.14, 118.15].map((lng) => ({ lng, lat: 24.5 }));
    const hint = hintCoordinateSystem(rowsIn('GCJ02', inland, true), [], land);
    expect(hint).toMatchObject({ hint: null, reason: 'cannot_tell' });
    for (const system of COORDINATE_SYSTEMS) expect(hint.fits[system].onLandShare).toBe(1);
  });

  it('is not given by two places, nor by places that are all elsewhere', () => {
    const points = somePoints(10);
    expect(hintCoordinateSystem(rowsIn('WGS84', points.slice(0, 2)), known(points), land).hint).toBeNull();
    const shuffled = known(points).map((place, i) => ({ ...place, point: points[(i + 5) % 10]! }));
    expect(hintCoordinateSystem(rowsIn('WGS84', points), shuffled, land).hint).toBeNull();
  });

  it('is not given without points, and is bounded with very many', () => {
    expect(hintCoordinateSystem([], [], land)).toMatchObject({ hint: null, reason: 'no_points' });
    const many = rowsIn(
      'WGS84',
      Array.from({ length: 20_000 }, () => ({ lng: 118.12, lat: 24.5 })),
    );
    expect(hintCoordinateSystem(many, [], land).rows).toBe(3000);
  });
});
