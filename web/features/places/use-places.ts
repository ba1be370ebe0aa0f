import { useDeferredValue, useMemo } from 'react';
import { createLandNetwork, type LandNetwork } from '#domain/geo/land-network.ts';
import type { SiteFeature } from '#domain/places/site.ts';
import { compileHolidays, type HolidayLookup } from '#domain/time/holidays.ts';
import { type City, city } from '../../client/city.ts';
import { type Kept, useKept } from '../../client/kept-resource.ts';
import { sites } from '../../client/sites.ts';
import { createPlaceFinder, type PlaceFinder } from './place-finder.ts';

export type Places =
  | { status: 'loading' }
  | { status: 'failed'; reason: 'offline' | 'refused'; retry: () => void }
  | {
      status: 'ready';
      features: readonly SiteFeature[];
      finder: PlaceFinder;
      network: LandNetwork;
      calendar: HolidayLookup;
      city: City;
      /** When the server gave out the older of the two parts. */
      asOfMs: number;
      refresh: 'done' | 'running' | 'offline' | 'refused';
    };

/** The places on this phone, ready to be asked; built anew only when the data changes. */
export function usePlaces(): Places {
  // Deferred: what new data brings with it is worked out and drawn in slices, between which a slow phone answers touches.
  const keptSites = useDeferredValue(useKept(sites));
  const keptCity = useDeferredValue(useKept(city));
  const features = dataOf(keptSites)?.features;
  const cityData = dataOf(keptCity);
  const ground = useMemo(() => {
    if (!cityData) return null;
    const { zones, crossings } = cityData.reach;
    return { network: createLandNetwork(zones, crossings), calendar: compileHolidays(cityData.calendar) };
  }, [cityData]);
  const finder = useMemo(
    () => (features && ground ? createPlaceFinder(features, ground.network, ground.calendar) : null),
    [features, ground],
  );

  for (const kept of [keptSites, keptCity]) {
    if (kept.status === 'failed') return { status: 'failed', reason: kept.reason, retry };
  }
  if (!finder || !ground || !features || !cityData) return { status: 'loading' };
  if (keptSites.status !== 'ready' || keptCity.status !== 'ready') return { status: 'loading' };
  const refresh = keptSites.refresh === 'done' ? keptCity.refresh : keptSites.refresh;
  const asOfMs = Math.min(keptSites.asOfMs, keptCity.asOfMs);
  return { status: 'ready', features, finder, ...ground, city: cityData, asOfMs, refresh };
}

function retry(): void {
  void sites.refresh();
  void city.refresh();
}

function dataOf<T>(kept: Kept<T>): T | null {
  return kept.status === 'ready' ? kept.data : null;
}
