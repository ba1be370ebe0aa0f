import type { Point } from '#domain/geo/point.ts';
import type { SiteFeature } from '#domain/places/site.ts';

/**
 * A point to start from in a street: the middle of its places, because streets have no borders here. Null without any.
 */
export function middleOf(features: readonly SiteFeature[], streetCode: string): Point | null {
  const points = features.flatMap(({ geometry, properties }) =>
    geometry && properties.street === streetCode ? [geometry.coordinates] : [],
  );
  if (!points.length) return null;
  return { lng: median(points.map(([lng]) => lng)), lat: median(points.map(([, lat]) => lat)) };
}

/** Unlike the mean it is not dragged away by one stray point. */
function median(values: number[]): number {
  return values.sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
}
