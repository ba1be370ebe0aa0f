import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import crossingsJson from '../../../seed/reference/crossings.json' with { type: 'json' };
import zonesJson from '../../../seed/reference/reach-zones.json' with { type: 'json' };
import { distanceM } from './geodesic.ts';
import { createLandNetwork, lowerBoundM, OutsideCityError } from './land-network.ts';
import { toOutline, toPlane, toPoint } from './land-plane.ts';
import { createLandRaster, side } from './land-raster.ts';
import type { Point } from './point.ts';
import { CITY_BOX } from './city-box.ts';
import { ReachData } from './reach-data.ts';
import type { TravelMode } from './travel.ts';
import { DETOUR_RATIO, TRAVEL_MODES } from './travel.ts';

const { zones, crossings } = ReachData.parse({ zones: zonesJson, crossings: crossingsJson });
const network = createLandNetwork(zones, crossings);
const withCauseway = createLandNetwork(
  zones,
  crossings.map((crossing) => (crossing.id === 'gaoji-causeway' ? { ...crossing, enabled: true } : crossing)),
);

const at = (lng: number, lat: number): Point => ({ lng, lat });
const ZHONGSHAN_ROAD = at(118.078, 24.455);
const GULANGYU = at(118.065, 24.446);
const JIMEI_VILLAGE = at(118.0985, 24.572);
const GAOQI = at(118.115, 24.545);
const HAICANG = at(118.03, 24.485);
const XIANGAN = at(118.24, 24.57);
const FENGXIANG = at(118.21, 24.595);
const MAXIANG = at(118.2463, 24.6601);
const XINGLIN = at(118.0364, 24.5639);
const DADENG = at(118.33, 24.556);

const SEED = 20_230_913;
const mode = fc.constantFrom(...TRAVEL_MODES);
const inCity = fc
  .record({
    lng: fc.double({ min: CITY_BOX[0], max: CITY_BOX[2], noNaN: true }),
    lat: fc.double({ min: CITY_BOX[1], max: CITY_BOX[3], noNaN: true }),
  })
  .filter((point) => !network.locate(point).outside);
// Around the bay, where the way is seldom straight.
const byTheSea = fc
  .record({
    lng: fc.double({ min: 118.03, max: 118.26, noNaN: true }),
    lat: fc.double({ min: 24.44, max: 24.62, noNaN: true }),
  })
  .filter((point) => !network.locate(point).outside);
const anywhere = fc.oneof(inCity, byTheSea);

describe('where a point belongs', () => {
  it.each([
    ['the rights centre', at(118.118, 24.4885), 'island'],
    ['Gulangyu', GULANGYU, 'gulangyu'],
    ['Jimei', JIMEI_VILLAGE, 'mainland'],
    ['Dadeng', DADENG, 'mainland'],
    ['Xiaodeng', at(118.38, 24.559), 'islet'],
  ])('puts %s into its zone', (_, point, zone) => {
    expect(network.locate(point)).toEqual({ outside: false, zone, offshoreM: 0 });
  });

  it('gives a rider on a quay or a little off the shore to the nearest zone, and says how far off', () => {
    const off = network.locate(at(118.203, 24.49));
    expect(off).toMatchObject({ outside: false, zone: 'island' });
    expect(off.outside ? 0 : off.offshoreM).toBeGreaterThan(500);
  });

  it('keeps a rider in the city who is on a crossing, even far from land', () => {
    const longBridge = {
      ...crossings[0]!,
      id: 'long',
      line: [[118.2, 24.49] as [number, number], [118.4, 24.4] as [number, number]],
    };
    const middle = at(118.3, 24.445);
    expect(network.locate(middle).outside).toBe(true);
    expect(createLandNetwork(zones, [longBridge]).locate(middle).outside).toBe(false);
  });

  it.each([
    ['Kinmen', at(118.32, 24.43)],
    ['Quanzhou', at(118.59, 24.91)],
    ['the open sea', at(118.3, 24.3)],
    ["the middle of Tong'an Bay", at(118.15, 24.59)],
    ['no number at all', at(Number.NaN, 24.5)],
  ])('finds %s outside the city, where nothing starts and nothing ends', (_, point) => {
    const location = network.locate(point);
    expect(location.outside && location.nearestM).toBeGreaterThan(1000);
    expect(() => network.reachFrom(point, 'car')).toThrow(OutsideCityError);
    expect(network.reachFrom(GAOQI, 'car').to(point)).toBeNull();
  });
});

describe('known pairs', () => {
  it('has no way to Gulangyu but the ferry, for nobody', () => {
    for (const by of TRAVEL_MODES) expect(network.reachFrom(ZHONGSHAN_ROAD, by).to(GULANGYU)).toBeNull();
    expect(network.waysAcross('island', 'gulangyu', 'foot').map(({ kind }) => kind)).toEqual(['ferry', 'ferry']);
    expect(network.waysAcross('gulangyu', 'island', 'foot')).toHaveLength(2);
    expect(network.waysAcross('island', 'gulangyu', 'ebike')).toEqual([]);
    expect(network.waysAcross('island', 'mainland', 'car').map(({ id }) => id)).toContain('xiamen-bridge');
    expect(network.waysAcross('island', 'mainland', 'ebike')).toEqual([]);
  });

  it('lets a car, but no e-bike, from Jimei to the island, unless the causeway is switched on', () => {
    expect(network.reachFrom(JIMEI_VILLAGE, 'ebike').to(GAOQI)).toBeNull();
    expect(network.reachFrom(JIMEI_VILLAGE, 'foot').to(GAOQI)).toBeNull();
    expect(network.reachFrom(JIMEI_VILLAGE, 'car').to(GAOQI)?.crossings).toHaveLength(1);
    expect(withCauseway.reachFrom(JIMEI_VILLAGE, 'ebike').to(GAOQI)?.crossings).toEqual(['gaoji-causeway']);
    expect(withCauseway.reachFrom(JIMEI_VILLAGE, 'car').to(GAOQI)?.crossings).not.toContain('gaoji-causeway');
  });

  it("sends an e-bike from Haicang to Xiang'an around the bay, and a car over the island", () => {
    const straight = lowerBoundM(HAICANG, XIANGAN);
    const ebike = network.reachFrom(HAICANG, 'ebike').to(XIANGAN);
    expect(ebike?.travelDistanceM).toBeGreaterThan(1.6 * straight);
    expect(ebike?.crossings).toEqual([]);
    const car = network.reachFrom(HAICANG, 'car').to(XIANGAN);
    expect(car?.crossings).toHaveLength(2);
    expect(car!.travelDistanceM).toBeLessThan(ebike!.travelDistanceM);
  });

  it.each([
    ['Jimei', 'Fengxiang on the other shore', JIMEI_VILLAGE, FENGXIANG, 2, []],
    ['Jimei', 'Maxiang', JIMEI_VILLAGE, MAXIANG, 1.1, []],
    ['Haicang', 'Jimei', HAICANG, JIMEI_VILLAGE, 1.1, ['jixing-causeway']],
    ['Xinglin', 'Jimei', XINGLIN, JIMEI_VILLAGE, 1, ['jixing-causeway']],
  ])('sends an e-bike from %s to %s around the water', (_, __, from, to, times, via) => {
    const way = network.reachFrom(from, 'ebike').to(to);
    expect(way!.travelDistanceM).toBeGreaterThan(times * lowerBoundM(from, to));
    expect(way!.crossings).toEqual(via);
  });

  it('keeps a rider in the middle of a bridge in the city', () => {
    for (const { line } of crossings) {
      const [[west, south], [east, north]] = [line[0]!, line.at(-1)!];
      expect(network.locate(at((west + east) / 2, (south + north) / 2)).outside).toBe(false);
    }
  });

  it('joins Dadeng to the mainland for everybody', () => {
    for (const by of TRAVEL_MODES) expect(network.reachFrom(XIANGAN, by).to(DADENG)).not.toBeNull();
  });

  it('goes straight within the island', () => {
    const [from, to] = [at(118.1, 24.46), at(118.17, 24.5)];
    expect(network.reachFrom(from, 'foot').to(to)).toEqual({ travelDistanceM: lowerBoundM(from, to), crossings: [] });
  });
});

describe('reach', () => {
  it('never leads through water, and only over crossings that are on and open to the mode', () => {
    fc.assert(
      fc.property(anywhere, anywhere, mode, (from, to, by) => {
        const path = network.reachFrom(from, by).pathTo(to);
        for (let i = 1; i < (path?.length ?? 0); i++) {
          const { point: b, crossingId } = path![i]!;
          const a = path![i - 1]!.point;
          if (crossingId) {
            const crossing = crossings.find(({ id }) => id === crossingId)!;
            expect(crossing.enabled && crossing.kind !== 'ferry' && crossing.modes.includes(by)).toBe(true);
            continue;
          }
          const steps = Math.ceil(distanceM(a, b) / 100);
          for (let k = 0; k <= steps; k++) {
            const spot = at(a.lng + ((b.lng - a.lng) * k) / steps, a.lat + ((b.lat - a.lat) * k) / steps);
            const location = network.locate(spot);
            expect(location.outside ? Infinity : location.offshoreM).toBeLessThan(5);
          }
        }
      }),
      { seed: SEED, numRuns: 400 },
    );
  });

  it('is as long back as there, and never shorter than the bound that searches stop by', () => {
    fc.assert(
      fc.property(anywhere, anywhere, mode, (a, b, by) => {
        const there = network.reachFrom(a, by).to(b);
        const back = network.reachFrom(b, by).to(a);
        expect(there === null).toBe(back === null);
        if (!there || !back) return;
        expect(Math.abs(there.travelDistanceM - back.travelDistanceM)).toBeLessThan(1);
        expect(there.travelDistanceM).toBeGreaterThanOrEqual(lowerBoundM(a, b));
      }),
      { seed: SEED, numRuns: 1000 },
    );
  });

  it('is never longer than by way of a third place', () => {
    fc.assert(
      fc.property(anywhere, anywhere, anywhere, mode, (a, b, c, by) => {
        const ab = network.reachFrom(a, by).to(b);
        const bc = network.reachFrom(b, by).to(c);
        if (!ab || !bc) return;
        const ac = network.reachFrom(a, by).to(c);
        const around = ab.travelDistanceM + bc.travelDistanceM;
        expect(ac!.travelDistanceM).toBeLessThanOrEqual(around * 1.0005 + 20);
      }),
      { seed: SEED, numRuns: 1000 },
    );
  });

  it('gives a prepared target the same answer', () => {
    fc.assert(
      fc.property(anywhere, anywhere, mode, (a, b, by) => {
        const reach = network.reachFrom(a, by);
        expect(reach.toPrepared(network.prepare(b))).toEqual(reach.to(b));
      }),
      { seed: SEED },
    );
  });

  it('finds what plain search over every corner and every edge finds', () => {
    const oracle = createOracle();
    fc.assert(
      fc.property(anywhere, anywhere, mode, (a, b, by) => {
        const way = withCauseway.reachFrom(a, by).to(b);
        const expected = oracle(a, b, by);
        expect(way === null).toBe(expected === null);
        if (way && expected) expect(Math.abs(way.travelDistanceM / expected - 1)).toBeLessThan(0.0005);
      }),
      { seed: SEED, numRuns: 150 },
    );
  });
});

/** Shortest ways with no grid, no pruning and no laziness: every corner sees every corner, or an edge is in between. */
function createOracle(): (from: Point, to: Point, by: TravelMode) => number | null {
  const outlines = zones.features.flatMap((zone) => zone.geometry.coordinates.map((rings) => toOutline(rings[0]!)));
  const raster = createLandRaster(outlines);
  const edges = outlines.flatMap((outline) =>
    Array.from({ length: outline.length / 2 }, (_, i) => {
      const j = (2 * i + 2) % outline.length;
      return [outline[2 * i]!, outline[2 * i + 1]!, outline[j]!, outline[j + 1]!] as const;
    }),
  );
  type Spot = Point & { x: number; y: number };
  const seen = (a: Spot, b: Spot) =>
    !edges.some(
      ([cx, cy, dx, dy]) =>
        side(a.x, a.y, b.x, b.y, cx, cy) > 0 !== side(a.x, a.y, b.x, b.y, dx, dy) > 0 &&
        side(cx, cy, dx, dy, a.x, a.y) > 0 !== side(cx, cy, dx, dy, b.x, b.y) > 0,
    );
  const spots: Spot[] = outlines.flatMap((outline, land) =>
    Array.from({ length: outline.length / 2 }, (_, i) => {
      const { x, y } = raster.insetCorner(land, i);
      return { ...toPoint(x, y), x, y };
    }),
  );
  const byCrossing: [number, number, number, readonly TravelMode[]][] = crossings
    .filter(({ kind }) => kind !== 'ferry')
    .map(({ line, modes }) => {
      const ends = [line[0]!, line.at(-1)!].map(([lng, lat]) => at(lng, lat));
      const [i, j] = ends.map((end) => spots.push({ ...end, ...toPlane(end) }) - 1);
      return [i!, j!, distanceM(ends[0]!, ends[1]!), modes];
    });
  const sight = spots.map((a, i) => spots.map((b, j) => (j > i && seen(a, b) ? distanceM(a, b) : Infinity)));
  for (let i = 0; i < spots.length; i++) for (let j = 0; j < i; j++) sight[i]![j] = sight[j]![i]!;

  const place = (point: Point): Spot & { access: number } => {
    const { x, y } = toPlane(point);
    if (raster.landAt(x, y) >= 0) return { ...point, x, y, access: 0 };
    const shore = raster.nearestShore(x, y);
    return { ...toPoint(shore.x, shore.y), x: shore.x, y: shore.y, access: shore.distanceM };
  };
  return (from, to, by) => {
    const [a, b] = [place(from), place(to)];
    if (seen(a, b)) return DETOUR_RATIO * Math.max(distanceM(from, to), a.access + distanceM(a, b) + b.access);
    const length = spots.map((spot) => (seen(a, spot) ? distanceM(a, spot) : Infinity));
    const open = new Set(spots.keys());
    while (open.size > 0) {
      let nearest = [...open][0]!;
      for (const i of open) if (length[i]! < length[nearest]!) nearest = i;
      open.delete(nearest);
      for (const i of open) length[i] = Math.min(length[i]!, length[nearest]! + sight[nearest]![i]!);
      for (const [i, j, crossingM, modes] of byCrossing) {
        if (!modes.includes(by)) continue;
        if (i === nearest) length[j] = Math.min(length[j]!, length[i]! + crossingM);
        if (j === nearest) length[i] = Math.min(length[i]!, length[j]! + crossingM);
      }
    }
    const best = Math.min(...spots.map((spot, i) => (seen(spot, b) ? length[i]! + distanceM(spot, b) : Infinity)));
    return best === Infinity ? null : DETOUR_RATIO * Math.max(distanceM(from, to), a.access + best + b.access);
  };
}
