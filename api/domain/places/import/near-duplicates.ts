import { distanceM } from '../../geo/geodesic.ts';
import type { Point } from '../../geo/point.ts';
import { bigramsOf, likenessOf, nameKey } from './name-likeness.ts';

export const DUPLICATE_RADIUS_M = 150;
/** Below this two names are two places. */
export const DUPLICATE_LIKENESS = 0.5;
const MAX_CANDIDATES = 5;
/**
 * So many of a cell's places are compared by likeness. Where more stand in one cell (a list whose points are all the
 * town hall) the rest is found only by the very same name, so that work stays in proportion to the rows.
 */
const MAX_COMPARED_PER_CELL = 100;
/** Cells as high as the radius; as wide as the radius at 54° N, so wider further south: a neighbour is enough everywhere. */
const CELL_LAT = DUPLICATE_RADIUS_M / 110_500;
const CELL_LNG = DUPLICATE_RADIUS_M / 65_000;
const COLUMNS = Math.ceil(360 / CELL_LNG) + 2;

export interface DuplicateCandidate<T> {
  id: T;
  distanceM: number;
  /** From 0 to 1: 1 is the same name but for what all names share. */
  likeness: number;
}

export interface NearDuplicates<T> {
  add: (id: T, name: string, point: Point) => void;
  /** At most five places near enough and alike enough, likest first. */
  find: (name: string, point: Point) => DuplicateCandidate<T>[];
}

interface Entry<T> {
  id: T;
  point: Point;
  key: string;
  bigrams: Uint32Array | null;
}
interface Cell<T> {
  entries: Entry<T>[];
  byKey: Map<string, Entry<T>[]> | null;
}

/** Finds places that may be the same by distance and name. Adding and finding cost the same however many there are. */
export function createNearDuplicates<T>(): NearDuplicates<T> {
  const cells = new Map<number, Cell<T>>();

  function add(id: T, name: string, point: Point): void {
    const at = cellOf(point);
    const entry: Entry<T> = { id, point, key: nameKey(name), bigrams: null };
    const cell = cells.get(at);
    if (!cell) {
      cells.set(at, { entries: [entry], byKey: null });
      return;
    }
    cell.entries.push(entry);
    if (cell.byKey) remember(cell.byKey, entry);
    else if (cell.entries.length > MAX_COMPARED_PER_CELL) {
      cell.byKey = new Map();
      for (const known of cell.entries) remember(cell.byKey, known);
    }
  }

  function find(name: string, point: Point): DuplicateCandidate<T>[] {
    const key = nameKey(name);
    const bigrams = bigramsOf(key);
    const found: DuplicateCandidate<T>[] = [];
    const at = cellOf(point);
    for (const cellAt of neighbours(at)) {
      const cell = cells.get(cellAt);
      if (!cell) continue;
      const compared = cell.byKey
        ? new Set([...cell.entries.slice(0, MAX_COMPARED_PER_CELL), ...(cell.byKey.get(key) ?? [])])
        : cell.entries;
      for (const entry of compared) {
        const apartM = distanceM(point, entry.point);
        if (apartM > DUPLICATE_RADIUS_M) continue;
        const likeness = key === entry.key ? 1 : likenessOf(bigrams, (entry.bigrams ??= bigramsOf(entry.key)));
        if (likeness >= DUPLICATE_LIKENESS) found.push({ id: entry.id, distanceM: apartM, likeness });
      }
    }
    return found.sort((a, b) => b.likeness - a.likeness || a.distanceM - b.distanceM).slice(0, MAX_CANDIDATES);
  }

  return { add, find };
}

function remember<T>(byKey: Map<string, Entry<T>[]>, entry: Entry<T>): void {
  const known = byKey.get(entry.key);
  if (!known) byKey.set(entry.key, [entry]);
  else if (known.length < MAX_COMPARED_PER_CELL) known.push(entry);
}

function cellOf({ lng, lat }: Point): number {
  return (Math.floor((lat + 90) / CELL_LAT) + 1) * COLUMNS + Math.floor((lng + 180) / CELL_LNG) + 1;
}

function neighbours(at: number): number[] {
  return [-COLUMNS, 0, COLUMNS].flatMap((up) => [at + up - 1, at + up, at + up + 1]);
}
