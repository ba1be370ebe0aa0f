import type { MultiPolygon, Polygon, Position } from 'geojson';

/** Where the name of an area stands: the centre of gravity of its largest outline, as `[lng, lat]`. */
export function labelPoint(geometry: Polygon | MultiPolygon): Position | null {
  const outlines = geometry.type === 'Polygon' ? [geometry.coordinates[0]] : geometry.coordinates.map(([ring]) => ring);
  let best: { area: number; centre: Position } | null = null;
  for (const ring of outlines) {
    if (!ring || ring.length < 4) continue;
    const found = areaAndCentre(ring);
    if (found && (!best || found.area > best.area)) best = found;
  }
  return best?.centre ?? null;
}

/** The shoelace formula; flat degrees are good enough for placing a name. */
function areaAndCentre(ring: readonly Position[]): { area: number; centre: Position } | null {
  let twiceArea = 0;
  let x = 0;
  let y = 0;
  for (let i = 0; i + 1 < ring.length; i++) {
    const [x1, y1] = ring[i] as [number, number];
    const [x2, y2] = ring[i + 1] as [number, number];
    const cross = x1 * y2 - x2 * y1;
    twiceArea += cross;
    x += (x1 + x2) * cross;
    y += (y1 + y2) * cross;
  }
  if (twiceArea === 0) return null;
  return { area: Math.abs(twiceArea / 2), centre: [x / (3 * twiceArea), y / (3 * twiceArea)] };
}
