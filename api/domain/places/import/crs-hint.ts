import { convertPoint, COORDINATE_SYSTEMS, type CoordinateSystem } from '../../geo/coordinates.ts';
import { distanceM } from '../../geo/geodesic.ts';
import type { Point } from '../../geo/point.ts';
import { foldText } from './fold-text.ts';
import { nameKey } from './name-likeness.ts';

/** A row with a point as the file gives it. `district` is a code, null when the row states none we know. */
export interface RawPlace {
  name: string;
  address: string | null;
  district: string | null;
  raw: Point;
}

/** A place of ours; `point` is WGS-84, good to some tens of metres (leave rougher ones out). */
export interface KnownPoint {
  name: string;
  address: string | null;
  point: Point;
}

/** How well a file fits when its points are read as one system. Shares run from 0 to 1, null when nothing can be said. */
export interface CrsFit {
  /** Median distance to the places of ours with the same name or address. */
  medianM: number | null;
  onLandShare: number;
  inDistrictShare: number | null;
}

export interface CrsHint {
  /** Null: can't tell. A person answers; this is only what the file itself suggests. */
  hint: CoordinateSystem | null;
  reason: 'known_places' | 'district' | 'land' | 'cannot_tell' | 'no_points';
  /** How many rows were looked at, and how many of them have a place of ours with the same name or address. */
  rows: number;
  matched: number;
  fits: Record<CoordinateSystem, CrsFit>;
}

/** So many rows tell as much as all of them. */
const MAX_ROWS = 3000;
const MIN_MATCHED = 3;
/** GCJ-02 lies 300 to 700 m from WGS-84, BD-09 about as far from it: the right system is several times nearer. */
const NEAR_M = 200;
const CLEARLY_NEARER = 2;
/** Borders and shore are rough by 100 to 300 m, so a share must be clearly higher, and by more than a few rows. */
const CLEAR_SHARE = 0.04;
const CLEAR_ROWS = 3;

/**
 * Which coordinate system a file's points are likely in, with the numbers that say so. Places of ours with the same name
 * or address count most; then whether points lie in the district their row names; then whether they lie on land.
 */
export function hintCoordinateSystem(
  rows: readonly RawPlace[],
  known: readonly KnownPoint[],
  { isOnLand, districtOf }: { isOnLand: (point: Point) => boolean; districtOf: (point: Point) => string | null },
): CrsHint {
  const step = Math.max(1, rows.length / MAX_ROWS);
  const looked = Array.from({ length: Math.min(rows.length, MAX_ROWS) }, (_, i) => rows[Math.floor(i * step)]!);
  const twins = findTwins(looked, known);
  const stated = looked.filter(({ district }) => district !== null);
  const fitOf = (system: CoordinateSystem): CrsFit => {
    const points = new Map(looked.map((row) => [row, convertPoint(row.raw, system, 'WGS84')]));
    const land = looked.filter((row) => isOnLand(points.get(row)!)).length;
    const inDistrict = stated.filter((row) => districtOf(points.get(row)!) === row.district).length;
    return {
      medianM: median([...twins].map(([row, twin]) => distanceM(points.get(row)!, twin))),
      onLandShare: looked.length === 0 ? 0 : land / looked.length,
      inDistrictShare: stated.length === 0 ? null : inDistrict / stated.length,
    };
  };
  const fits = Object.fromEntries(COORDINATE_SYSTEMS.map((system) => [system, fitOf(system)])) as CrsHint['fits'];
  const hint = (reason: CrsHint['reason'], system: CoordinateSystem | null): CrsHint => ({
    hint: system,
    reason,
    rows: looked.length,
    matched: twins.size,
    fits,
  });
  if (looked.length === 0) return hint('no_points', null);
  if (twins.size >= MIN_MATCHED) {
    const [best, second] = COORDINATE_SYSTEMS.toSorted((a, b) => fits[a].medianM! - fits[b].medianM!);
    const isClear = fits[best!].medianM! * CLEARLY_NEARER <= fits[second!].medianM!;
    if (fits[best!].medianM! <= NEAR_M && isClear) return hint('known_places', best!);
  }
  const byDistrict = clearlyBest((system) => fits[system].inDistrictShare ?? 0, stated.length);
  if (byDistrict) return hint('district', byDistrict);
  const byLand = clearlyBest((system) => fits[system].onLandShare, looked.length);
  return byLand ? hint('land', byLand) : hint('cannot_tell', null);
}

function clearlyBest(shareOf: (system: CoordinateSystem) => number, rows: number): CoordinateSystem | null {
  const [best, second] = COORDINATE_SYSTEMS.toSorted((a, b) => shareOf(b) - shareOf(a));
  const lead = shareOf(best!) - shareOf(second!);
  return lead >= CLEAR_SHARE && lead * rows >= CLEAR_ROWS ? best! : null;
}

/** For rows whose name or address is that of exactly one place of ours: its point. */
function findTwins(rows: readonly RawPlace[], known: readonly KnownPoint[]): Map<RawPlace, Point> {
  const byName = new Map<string, Point | null>();
  const byAddress = new Map<string, Point | null>();
  for (const { name, address, point } of known) {
    remember(byName, nameKey(name), point);
    if (address) remember(byAddress, addressKey(address), point);
  }
  const twins = new Map<RawPlace, Point>();
  for (const row of rows) {
    const twin = byName.get(nameKey(row.name)) ?? (row.address ? byAddress.get(addressKey(row.address)) : null);
    if (twin) twins.set(row, twin);
  }
  return twins;
}

function remember(points: Map<string, Point | null>, key: string, point: Point): void {
  if (key !== '') points.set(key, points.has(key) ? null : point);
}

function addressKey(address: string): string {
  return foldText(address)
    .replace(/[^\p{L}\p{N}]/gu, '')
    .replace(/^(?:福建省?)?(?:厦门市?)?/, '');
}

function median(values: number[]): number | null {
  if (values.length === 0) return null;
  return values.sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
}
