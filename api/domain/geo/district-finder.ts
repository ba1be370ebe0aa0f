import type { Point } from './point.ts';
import type { District } from './reach-data.ts';

/** The height of a row, in degrees of latitude (55 m): finer than the borders are known. */
const ROW_LAT = 0.0005;

/** One row: between `lngs[i - 1]` and `lngs[i]` everything lies in `codes[i]`. */
type Row = { lngs: Float64Array; codes: (string | null)[] };
type Ring = { area: Area; isHole: boolean; isInside: boolean; xs: Float64Array; ys: Float64Array };
type Area = { code: string; rings: Ring[] };

/**
 * `findDistrictOf` for hundreds of thousands of points: where the borders cross the middle of a row is worked out once for
 * each row of 55 m, so that asking costs a search among a few crossings, however many corners the borders have.
 */
export function createDistrictFinder(districts: readonly District[]): (point: Point) => string | null {
  const areas = districts.flatMap(({ properties, geometry }) =>
    geometry.coordinates.map((polygon): Area => {
      const area: Area = { code: properties.code, rings: [] };
      for (const [i, ring] of polygon.entries()) {
        const [xs, ys] = [0, 1].map((axis) => Float64Array.from(ring, (position) => position[axis]!));
        area.rings.push({ area, isHole: i > 0, isInside: false, xs: xs!, ys: ys! });
      }
      return area;
    }),
  );
  const rings = areas.flatMap((area) => area.rings);
  const rows = new Map<number, Row>();

  function readRow(lat: number): Row {
    const crossings: { lng: number; ring: Ring }[] = [];
    for (const ring of rings) {
      const { xs, ys } = ring;
      ring.isInside = false;
      for (let i = 0, j = xs.length - 1; i < xs.length; j = i++) {
        if (ys[i]! > lat === ys[j]! > lat) continue;
        crossings.push({ lng: ((xs[j]! - xs[i]!) * (lat - ys[i]!)) / (ys[j]! - ys[i]!) + xs[i]!, ring });
      }
    }
    crossings.sort((a, b) => a.lng - b.lng);
    const codes: (string | null)[] = [null];
    for (const { ring } of crossings) {
      ring.isInside = !ring.isInside;
      codes.push(areas.find(isInside)?.code ?? null);
    }
    return { lngs: Float64Array.from(crossings, ({ lng }) => lng), codes };
  }

  return ({ lng, lat }) => {
    const number = Math.round(lat / ROW_LAT);
    let row = rows.get(number);
    if (!row) rows.set(number, (row = readRow(number * ROW_LAT)));
    const { lngs, codes } = row;
    let [low, high] = [0, lngs.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (lngs[middle]! <= lng) low = middle + 1;
      else high = middle;
    }
    return codes[low]!;
  };
}

function isInside({ rings }: Area): boolean {
  return rings.every(({ isHole, isInside: within }) => within !== isHole);
}
