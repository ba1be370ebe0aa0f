import { distanceM, metresPerDegree } from '../../geo/geodesic.ts';
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
/** A degree at the asked point is not quite one at its neighbour. */
const WIDER = 0.999;

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

/** The places of a cell, each by its number and its coordinates side by side; `byKey` only where they are crowded. */
interface Cell {
  places: number[];
  /** Longitude and latitude of each in turn. */
  points: number[];
  byKey: Map<string, number[]> | null;
}

/** Finds places that may be the same by distance and name. Adding and finding cost the same however many there are. */
export function createNearDuplicates<T>(): NearDuplicates<T> {
  // Columns of plain numbers: a country of objects is slow to walk through.
  const ids: T[] = [];
  const lngs: number[] = [];
  const lats: number[] = [];
  const keys: string[] = [];
  // The bigrams of all places one after the other, each place's up to `ends`: an array for each would be mostly overhead.
  let bigrams = new Uint32Array(1024);
  const ends: number[] = [];
  const cells = new Map<number, Cell>();
  let asked = ask('');

  function add(id: T, name: string, { lng, lat }: Point): void {
    const place = ids.length;
    ids.push(id);
    lngs.push(lng);
    lats.push(lat);
    // A row that was looked for is what is added most of the time.
    if (asked.name !== name) asked = ask(name);
    keys.push(asked.key);
    keepBigrams(asked.bigrams);
    const key = cellAt(Math.floor(lng / CELL_LNG), Math.floor(lat / CELL_LAT));
    let cell = cells.get(key);
    if (!cell) cells.set(key, (cell = { places: [], points: [], byKey: null }));
    if (cell.places.length < MAX_COMPARED_PER_CELL) {
      cell.places.push(place);
      cell.points.push(lng, lat);
      return;
    }
    cell.byKey ??= new Map();
    const namesakes = cell.byKey.get(keys[place]!);
    if (!namesakes) cell.byKey.set(keys[place]!, [place]);
    else if (namesakes.length < MAX_COMPARED_PER_CELL) namesakes.push(place);
  }

  function keepBigrams(more: Uint32Array): void {
    const from = ends.at(-1) ?? 0;
    if (from + more.length > bigrams.length) {
      const larger = new Uint32Array(2 * (from + more.length));
      larger.set(bigrams);
      bigrams = larger;
    }
    bigrams.set(more, from);
    ends.push(from + more.length);
  }

  function find(name: string, point: Point): DuplicateCandidate<T>[] {
    if (ids.length === 0) return [];
    if (asked.name !== name) asked = ask(name);
    const found: DuplicateCandidate<T>[] = [];
    const { lng, lat } = point;
    const reachLng = DUPLICATE_RADIUS_M / (WIDER * metresPerDegree(lat).lng);
    const [firstRow, lastRow] = [Math.floor((lat - CELL_LAT) / CELL_LAT), Math.floor((lat + CELL_LAT) / CELL_LAT)];
    const [west, east] = [Math.floor((lng - reachLng) / CELL_LNG), Math.floor((lng + reachLng) / CELL_LNG)];
    for (let row = firstRow; row <= lastRow; row += 1) {
      for (let column = west; column <= east; column += 1) {
        const cell = cells.get(cellAt(column, row));
        if (cell) lookAround(cell, point, reachLng, found);
      }
    }
    return found;
  }

  function lookAround(
    { places, points, byKey }: Cell,
    point: Point,
    reachLng: number,
    found: DuplicateCandidate<T>[],
  ): void {
    for (let i = 0; i < places.length; i += 1) {
      // Most neighbours are out by more than what the plane can be wrong by.
      const x = (points[2 * i]! - point.lng) / reachLng;
      const y = (points[2 * i + 1]! - point.lat) / CELL_LAT;
      if (x * x + y * y <= 1) look(places[i]!, point, found);
    }
    if (byKey === null) return;
    // Of a crowded cell the first hundred were looked at; among the rest only the very same name counts.
    for (const place of byKey.get(asked.key) ?? []) look(place, point, found);
  }

  function look(place: number, point: Point, found: DuplicateCandidate<T>[]): void {
    const apartM = distanceM(point, { lng: lngs[place]!, lat: lats[place]! });
    if (apartM > DUPLICATE_RADIUS_M) return;
    const isNamesake = asked.key === keys[place];
    const likeness = isNamesake ? 1 : likenessOf(asked.bigrams, bigrams, ends[place - 1] ?? 0, ends[place]!);
    if (likeness >= DUPLICATE_LIKENESS) keepBest(found, ids[place]!, apartM, likeness);
  }

  return { add, find };
}

/** Puts a candidate into its place, likest first, of the alike ones the nearest; what falls out at the end is forgotten. */
function keepBest<T>(found: DuplicateCandidate<T>[], id: T, apartM: number, likeness: number): void {
  let at = found.length;
  while (at > 0 && isBetter(likeness, apartM, found[at - 1]!)) at -= 1;
  if (at >= MAX_CANDIDATES) return;
  found.splice(at, 0, { id, distanceM: apartM, likeness });
  if (found.length > MAX_CANDIDATES) found.pop();
}

function isBetter(likeness: number, apartM: number, than: DuplicateCandidate<unknown>): boolean {
  return likeness > than.likeness || (likeness === than.likeness && apartM < than.distanceM);
}

function ask(name: string): { name: string; key: string; bigrams: Uint32Array } {
  const key = nameKey(name);
  return { name, key, bigrams: bigramsOf(key) };
}

/** A cell's number, small enough to be looked up quickly: cells 38 degrees of longitude apart share one, which costs nothing but a look. */
function cellAt(column: number, row: number): number {
  return row * 16_384 + (column & 16_383);
}
