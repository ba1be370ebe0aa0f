import type { LandNetwork } from '#domain/geo/land-network.ts';
import type { Point } from '#domain/geo/point.ts';
import type { TravelMode } from '#domain/geo/travel.ts';
import { describeNearest, type FoundPlaces } from '#domain/places/nearest.ts';
import type { SiteOpenings } from '#domain/places/site-opening.ts';
import { siteFilterOf, type WantedSites } from './site-filter.ts';
import type { KeptSite, SiteStore } from './site-store.ts';

/** `atMs` is also the instant that the openings are told for. */
export type NearestSitesQuery = WantedSites & { from: Point; mode: TravelMode; limit: number };

export type NearestSites = FoundPlaces<KeptSite>;

/** The nearest public sites that fit, from memory. `query.from` must be in the city. */
export function nearestSites(
  { sites, index }: SiteStore,
  network: LandNetwork,
  siteOpening: SiteOpenings,
  query: NearestSitesQuery,
): NearestSites {
  const { from, mode, limit, services, atMs } = query;
  const nearest = index.query({ from, mode, limit, accepts: siteFilterOf(sites)(query, siteOpening) });
  return describeNearest(nearest, from, mode, network, (position) => {
    const site = sites[position]!;
    return {
      site,
      point: site.point!,
      precisionM: site.precisionM,
      opening: siteOpening(site, services, atMs),
    };
  });
}
