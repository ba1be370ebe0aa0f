import type { MultiPolygon, Polygon, Position } from 'geojson';

/** The polygons of an area, each as its rings: the outer one first, then holes. */
export function listPolygons(area: Polygon | MultiPolygon): Position[][][] {
  return area.type === 'Polygon' ? [area.coordinates] : area.coordinates;
}

/** A ring with five decimals, about one metre, without the neighbours that then fall onto one spot. */
export function roundRing(ring: readonly Position[]): Position[] {
  const clean: Position[] = [];
  for (const [lng, lat] of ring) {
    const position = [Number(lng!.toFixed(5)), Number(lat!.toFixed(5))];
    const last = clean.at(-1);
    if (last?.[0] !== position[0] || last?.[1] !== position[1]) clean.push(position);
  }
  return clean;
}
