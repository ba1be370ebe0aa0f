/**
 * Land outlines on a plane in metres, with a raster over them that makes two questions cheap: which land is here, and does
 * a straight line stay on it. Away from the shore the raster alone answers; exact geometry is used only in cells that an
 * outline passes through.
 */

/** One piece of land: its outline as x, y pairs in metres, counter-clockwise, the first corner not repeated. */
export type LandOutline = Float64Array;

/** A place on the shore, moved a little inland so that lines from it start on land. */
export interface ShorePlace {
  land: number;
  x: number;
  y: number;
  /** From the place asked for to the shore. */
  distanceM: number;
}

export interface LandRaster {
  /** The index of the land at a place, -1 for water. */
  landAt: (x: number, y: number) => number;
  /** Whether the straight line between two places on the same land crosses no outline. */
  isClear: (ax: number, ay: number, bx: number, by: number) => boolean;
  /** The nearest shore of all lands. */
  nearestShore: (x: number, y: number) => ShorePlace;
  /** A land's corner moved inland by `INSET_M` along its bisector. */
  insetCorner: (land: number, corner: number) => { x: number; y: number };
}

/** Paths run this far inland of the corners that they round: nothing on the map's scale, all the world to arithmetic. */
const INSET_M = 2;
const CELL_M = 1000;
/** Outlines are entered into cells up to this far off, so that rounding never hides one. */
const CELL_PAD_M = 1;

export function createLandRaster(lands: readonly LandOutline[]): LandRaster {
  // Every edge of every land, flat: ax, ay, bx, by.
  const edges: number[] = [];
  const edgeLand: number[] = [];
  const edgeCorner: number[] = [];
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  lands.forEach((outline, land) => {
    for (let i = 0, j = 2; i < outline.length; i += 2, j = (i + 2) % outline.length) {
      edges.push(outline[i]!, outline[i + 1]!, outline[j]!, outline[j + 1]!);
      edgeLand.push(land);
      edgeCorner.push(i / 2);
      west = Math.min(west, outline[i]!);
      east = Math.max(east, outline[i]!);
      south = Math.min(south, outline[i + 1]!);
      north = Math.max(north, outline[i + 1]!);
    }
  });
  const x0 = west - CELL_M;
  const y0 = south - CELL_M;
  const columns = Math.ceil((east - x0) / CELL_M) + 1;
  const rows = Math.ceil((north - y0) / CELL_M) + 1;

  const cellEdges = enterEdges();
  const clearance = measureClearance();
  const cellLand = fillLands();

  /** Which edges pass through which cell; a cell without any has no entry. */
  function enterEdges(): (number[] | undefined)[] {
    const cells: (number[] | undefined)[] = Array.from({ length: columns * rows });
    for (let e = 0; e < edgeLand.length; e++) {
      const ax = edges[4 * e]!;
      const ay = edges[4 * e + 1]!;
      const dx = edges[4 * e + 2]! - ax;
      const dy = edges[4 * e + 3]! - ay;
      const reach = (CELL_M / 2) * (Math.abs(dx) + Math.abs(dy)) + CELL_PAD_M * Math.hypot(dx, dy);
      const column = (x: number) => Math.floor((x - x0) / CELL_M);
      const row = (y: number) => Math.floor((y - y0) / CELL_M);
      for (let r = row(Math.min(ay, ay + dy) - CELL_PAD_M); r <= row(Math.max(ay, ay + dy) + CELL_PAD_M); r++) {
        for (let c = column(Math.min(ax, ax + dx) - CELL_PAD_M); c <= column(Math.max(ax, ax + dx) + CELL_PAD_M); c++) {
          const centreX = x0 + (c + 0.5) * CELL_M;
          const centreY = y0 + (r + 0.5) * CELL_M;
          if (Math.abs((centreX - ax) * dy - (centreY - ay) * dx) > reach) continue;
          const at = r * columns + c;
          (cells[at] ??= []).push(e);
        }
      }
    }
    return cells;
  }

  /** How many cells away (diagonals count one) the nearest cell with an edge is: 0 for such a cell itself. */
  function measureClearance(): Uint8Array {
    const steps = new Uint8Array(columns * rows);
    const at = (c: number, r: number) => (c < 0 || r < 0 || c >= columns || r >= rows ? 254 : steps[r * columns + c]!);
    for (let r = 0; r < rows; r++) {
      for (let c = 0; c < columns; c++) {
        if (cellEdges[r * columns + c]) continue;
        steps[r * columns + c] = 1 + Math.min(at(c - 1, r), at(c - 1, r - 1), at(c, r - 1), at(c + 1, r - 1), 254);
      }
    }
    for (let r = rows - 1; r >= 0; r--) {
      for (let c = columns - 1; c >= 0; c--) {
        const here = steps[r * columns + c]!;
        const beyond = 1 + Math.min(at(c + 1, r), at(c + 1, r + 1), at(c, r + 1), at(c - 1, r + 1));
        steps[r * columns + c] = Math.min(here, beyond);
      }
    }
    return steps;
  }

  /** The land of every cell that no edge passes through. */
  function fillLands(): Int16Array {
    const filled = new Int16Array(columns * rows).fill(-1);
    for (let r = 0; r < rows; r++) {
      for (let c = 0; c < columns; c++) {
        const at = r * columns + c;
        if (cellEdges[at]) continue;
        // Between two neighbours without an edge the land cannot change, so it is seldom looked up afresh.
        if (c > 0 && !cellEdges[at - 1]) filled[at] = filled[at - 1]!;
        else if (r > 0 && !cellEdges[at - columns]) filled[at] = filled[at - columns]!;
        else filled[at] = lands.findIndex((o) => isInOutline(x0 + (c + 0.5) * CELL_M, y0 + (r + 0.5) * CELL_M, o));
      }
    }
    return filled;
  }

  function landAt(x: number, y: number): number {
    const c = Math.floor((x - x0) / CELL_M);
    const r = Math.floor((y - y0) / CELL_M);
    if (!(c >= 0 && r >= 0 && c < columns && r < rows)) return -1;
    const here = cellEdges[r * columns + c];
    if (!here) return cellLand[r * columns + c]!;
    let tested = -1;
    for (const e of here) {
      const land = edgeLand[e]!;
      if (land !== tested && isInOutline(x, y, lands[land]!)) return land;
      tested = land;
    }
    return -1;
  }

  function isClear(ax: number, ay: number, bx: number, by: number): boolean {
    const dx = bx - ax;
    const dy = by - ay;
    // Shorter than a millimetre: the steps below would drown in rounding.
    if (Math.abs(dx) + Math.abs(dy) < 1e-3) return true;
    let t = 0;
    while (t <= 1) {
      const c = Math.floor((ax + dx * t - x0) / CELL_M);
      const r = Math.floor((ay + dy * t - y0) / CELL_M);
      if (!(c >= 0 && r >= 0 && c < columns && r < rows)) return false;
      const at = r * columns + c;
      const steps = clearance[at]!;
      if (steps === 0 && crossesEdge(cellEdges[at]!, ax, ay, bx, by)) return false;
      // On to where the line leaves the square of cells that are known to be free of edges.
      const free = steps === 0 ? 0 : steps - 1;
      const tx = dx === 0 ? Infinity : (x0 + (dx > 0 ? c + free + 1 : c - free) * CELL_M - ax) / dx;
      const ty = dy === 0 ? Infinity : (y0 + (dy > 0 ? r + free + 1 : r - free) * CELL_M - ay) / dy;
      t = Math.max(t, Math.min(tx, ty)) + 1e-9;
    }
    return true;
  }

  function crossesEdge(candidates: readonly number[], ax: number, ay: number, bx: number, by: number): boolean {
    for (const e of candidates) {
      const cx = edges[4 * e]!;
      const cy = edges[4 * e + 1]!;
      const dx = edges[4 * e + 2]!;
      const dy = edges[4 * e + 3]!;
      if (
        side(ax, ay, bx, by, cx, cy) > 0 !== side(ax, ay, bx, by, dx, dy) > 0 &&
        side(cx, cy, dx, dy, ax, ay) > 0 !== side(cx, cy, dx, dy, bx, by) > 0
      ) {
        return true;
      }
    }
    return false;
  }

  function nearestShore(x: number, y: number): ShorePlace {
    let best = 0;
    let bestT = 0;
    let bestD2 = Infinity;
    for (let e = 0; e < edgeLand.length; e++) {
      const ax = edges[4 * e]!;
      const ay = edges[4 * e + 1]!;
      const dx = edges[4 * e + 2]! - ax;
      const dy = edges[4 * e + 3]! - ay;
      const t = Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy)));
      const d2 = (ax + t * dx - x) ** 2 + (ay + t * dy - y) ** 2;
      if (d2 < bestD2) [best, bestT, bestD2] = [e, t, d2];
    }
    const land = edgeLand[best]!;
    const distanceM = Math.sqrt(bestD2);
    const ax = edges[4 * best]!;
    const ay = edges[4 * best + 1]!;
    const dx = edges[4 * best + 2]! - ax;
    const dy = edges[4 * best + 3]! - ay;
    const length = Math.hypot(dx, dy);
    // Left of a counter-clockwise edge is inland.
    const place = {
      x: ax + bestT * dx - (dy / length) * INSET_M,
      y: ay + bestT * dy + (dx / length) * INSET_M,
    };
    if (bestT > 0 && bestT < 1 && landAt(place.x, place.y) === land) return { land, ...place, distanceM };
    // At a corner, or so near a sharp one that the step inland left the land on its other side.
    const corner = (edgeCorner[best]! + (bestT < 0.5 ? 0 : 1)) % (lands[land]!.length / 2);
    return { land, ...insetCorner(land, corner), distanceM };
  }

  function insetCorner(land: number, corner: number): { x: number; y: number } {
    const outline = lands[land]!;
    const n = outline.length / 2;
    const x = outline[2 * corner]!;
    const y = outline[2 * corner + 1]!;
    const before = (corner + n - 1) % n;
    const after = (corner + 1) % n;
    const inX = x - outline[2 * before]!;
    const inY = y - outline[2 * before + 1]!;
    const outX = outline[2 * after]! - x;
    const outY = outline[2 * after + 1]! - y;
    const inLength = Math.hypot(inX, inY);
    const outLength = Math.hypot(outX, outY);
    const bisectorX = -inY / inLength - outY / outLength;
    const bisectorY = inX / inLength + outX / outLength;
    const length = Math.hypot(bisectorX, bisectorY);
    return { x: x + (bisectorX / length) * INSET_M, y: y + (bisectorY / length) * INSET_M };
  }

  return { landAt, isClear, nearestShore, insetCorner };
}

/** Twice the area of the triangle a, b, p: positive when p lies left of the line from a to b. */
export function side(ax: number, ay: number, bx: number, by: number, px: number, py: number): number {
  return (bx - ax) * (py - ay) - (by - ay) * (px - ax);
}

function isInOutline(x: number, y: number, outline: LandOutline): boolean {
  let inside = false;
  for (let i = 0, j = outline.length - 2; i < outline.length; j = i, i += 2) {
    const yi = outline[i + 1]!;
    const yj = outline[j + 1]!;
    if (yi > y !== yj > y && x < ((outline[j]! - outline[i]!) * (y - yi)) / (yj - yi) + outline[i]!) inside = !inside;
  }
  return inside;
}
