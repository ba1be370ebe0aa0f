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

/** The places of a cell by their numbers; `byKey` only where they are crowded. */
interface Cell {
  places: number[];
  byKey: Map<string, number[]> | null;
}

/** Finds places that may be the same by distance and name. Adding and finding cost the same however many there are. */
export function createNearDuplicates<T>(): NearDuplicates<T> {
  // Columns of plain numbers: a country of objects is slow to walk through.
  const ids: T[] = [];
  const lngs: number[] = [];
  const lats: number[] = [];
  const keys: string[] = [];
  const bigramsByPlace: (Uint32Array | undefined)[] = [];
  const rows = new Map<number, Map<number, Cell>>();

  function add(id: T, name: string, { lng, lat }: Point): void {
    const place = ids.length;
    ids.push(id);
    lngs.push(lng);
    lats.push(lat);
    keys.push(nameKey(name));
    bigramsByPlace.push(undefined);
    const cell = cellAt(Math.floor(lng / CELL_LNG), Math.floor(lat / CELL_LAT));
    cell.places.push(place);
    if (cell.places.length <= MAX_COMPARED_PER_CELL) return;
    cell.byKey ??= new Map();
    const namesakes = cell.byKey.get(keys[place]!);
    if (!namesakes) cell.byKey.set(keys[place]!, [place]);
    else if (namesakes.length < MAX_COMPARED_PER_CELL) namesakes.push(place);
  }

  function cellAt(column: number, row: number): Cell {
    let columns = rows.get(row);
    if (!columns) rows.set(row, (columns = new Map()));
    let cell = columns.get(column);
    if (!cell) columns.set(column, (cell = { places: [], byKey: null }));
    return cell;
  }

  function find(name: string, point: Point): DuplicateCandidate<T>[] {
    const key = nameKey(name);
    const asked = { key, bigrams: bigramsOf(key), point };
    const found: DuplicateCandidate<T>[] = [];
    const [column, row] = [Math.floor(point.lng / CELL_LNG), Math.floor(point.lat / CELL_LAT)];
    for (let y = row - 1; y <= row + 1; y += 1) {
      const columns = rows.get(y);
      if (!columns) continue;
      for (let x = column - 1; x <= column + 1; x += 1) {
        const cell = columns.get(x);
        if (!cell) continue;
        for (let i = 0; i < cell.places.length && i < MAX_COMPARED_PER_CELL; i += 1)
          look(cell.places[i]!, asked, found);
        // Of a crowded cell the first hundred were looked at; among the rest only the very same name counts.
        for (const place of cell.byKey?.get(key) ?? []) look(place, asked, found);
      }
    }
    return found.sort((a, b) => b.likeness - a.likeness || a.distanceM - b.distanceM).slice(0, MAX_CANDIDATES);
  }

  function look(
    place: number,
    asked: { key: string; bigrams: Uint32Array; point: Point },
    found: DuplicateCandidate<T>[],
  ): void {
    const lng = lngs[place]!;
    const lat = lats[place]!;
    // Most neighbours are out by one axis alone.
    if (Math.abs(lat - asked.point.lat) > CELL_LAT || Math.abs(lng - asked.point.lng) > CELL_LNG) return;
    const apartM = distanceM(asked.point, { lng, lat });
    if (apartM > DUPLICATE_RADIUS_M) return;
    const isNamesake = asked.key === keys[place];
    const likeness = isNamesake ? 1 : likenessOf(asked.bigrams, (bigramsByPlace[place] ??= bigramsOf(keys[place]!)));
    if (likeness >= DUPLICATE_LIKENESS) found.push({ id: ids[place]!, distanceM: apartM, likeness });
  }

  return { add, find };
}
