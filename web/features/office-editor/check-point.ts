import { distanceM } from '#domain/geo/geodesic.ts';
import type { LandNetwork } from '#domain/geo/land-network.ts';
import { isInArea } from '#domain/geo/point-in-polygon.ts';
import type { Point } from '#domain/geo/point.ts';
import { type DistrictArea, findPlacementFault, type PlacementFault } from '#domain/places/placement.ts';
import type { SiteFeature } from '#domain/places/site.ts';
import type { Jurisdictions } from '../../client/city.ts';

/** What the outlines on this device say of a point, by the same rule that the server refuses it by. */
export type PointCheck = PlacementFault | { what: 'fine'; districtCode: string | null };

export function checkPoint(
  point: Point,
  districtCode: string | null,
  network: Pick<LandNetwork, 'locate'>,
  jurisdictions: Jurisdictions,
): PointCheck {
  const districts = districtsOf(jurisdictions);
  const fault = findPlacementFault(point, districtCode, network, districts);
  if (fault) return fault;
  return { what: 'fine', districtCode: districts.find(({ geometry }) => isInArea(point, geometry))?.code ?? null };
}

function districtsOf({ features }: Jurisdictions): DistrictArea[] {
  return features.flatMap(({ geometry, properties: { kind, code, name } }) =>
    kind === 'district' && geometry ? [{ code, name, geometry }] : [],
  );
}

/**
 * Streets that a point may lie in, the likeliest first: the one whose imported shape holds it, else those of the nearest
 * places. A suggestion to a person, because most streets' borders are not known.
 */
export function suggestStreets(
  point: Point,
  places: readonly SiteFeature[],
  jurisdictions: Jurisdictions,
  exceptId: string | null,
  most = 2,
): string[] {
  const inside = jurisdictions.features.find(
    ({ properties, geometry }) => properties.kind !== 'district' && geometry && isInArea(point, geometry),
  );
  if (inside) return [inside.properties.code];
  const nearest = new Map<string, number>();
  for (const { id, geometry, properties } of places) {
    if (!geometry || !properties.street || id === exceptId) continue;
    const [lng, lat] = geometry.coordinates;
    const far = distanceM(point, { lng, lat }) + (properties.precisionM ?? 0);
    if (far < (nearest.get(properties.street) ?? Infinity)) nearest.set(properties.street, far);
  }
  return [...nearest]
    .sort(([, a], [, b]) => a - b)
    .slice(0, most)
    .map(([code]) => code);
}
