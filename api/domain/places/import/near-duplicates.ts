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
  /** Among those of its cell that are compared by likeness. */
  isCompared: boolean;
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
    const cell = cells.get(at);
    const isCompared = (cell?.entries.length ?? 0) < MAX_COMPARED_PER_CELL;
    const entry: Entry<T> = { id, point, key: nameKey(name), bigrams: null, isCompared };
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
    const lngReach = CELL_LAT / Math.cos((Math.min(80, Math.abs(point.lat) + 1) * Math.PI) / 180);
    const look = (entry: Entry<T>): void => {
      // Most neighbours are out by one axis alone.
      if (Math.abs(entry.point.lat - point.lat) > CELL_LAT || Math.abs(entry.point.lng - point.lng) > lngReach) return;
      const apartM = distanceM(point, entry.point);
      if (apartM > DUPLICATE_RADIUS_M) return;
      const likeness = key === entry.key ? 1 : likenessOf(bigrams, (entry.bigrams ??= bigramsOf(entry.key)));
      if (likeness >= DUPLICATE_LIKENESS) found.push({ id: entry.id, distanceM: apartM, likeness });
    };
    for (let row = at - COLUMNS; row <= at + COLUMNS; row += COLUMNS) {
      for (let cellAt = row - 1; cellAt <= row + 1; cellAt += 1) {
        const cell = cells.get(cellAt);
        if (!cell) continue;
        const { entries, byKey } = cell;
        for (let i = 0; i < entries.length && i < MAX_COMPARED_PER_CELL; i += 1) look(entries[i]!);
        // Of a crowded cell the first hundred were looked at; among the rest only the very same name counts.
        for (const entry of byKey?.get(key) ?? []) if (!entry.isCompared) look(entry);
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
