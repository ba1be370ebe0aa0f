import { distanceM } from '../geo/geodesic.ts';
import type { Point } from '../geo/point.ts';

/** A phone that knows its place no better than this knows nothing here. */
const EXACT_ENOUGH_M = 100;
/** As far as one stands from a door that one speaks of, with a phone's error on top. */
const AT_SITE_M = 150;

/** Whether a phone is at a site; undefined when the phone or the site does not know well enough where it is. */
export function isAtSite(
  phone: (Point & { accuracyM: number }) | null,
  site: { point: Point | null; precisionM: number | null },
): boolean | undefined {
  if (!phone || phone.accuracyM > EXACT_ENOUGH_M || !site.point) return undefined;
  return distanceM(phone, site.point) <= AT_SITE_M + (site.precisionM ?? 0);
}
