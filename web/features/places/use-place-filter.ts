import { useMemo } from 'react';
import { navigate, useSearch } from '../../ui/location.ts';
import { type PlaceFilter, readPlaceFilter, writePlaceFilter } from './place-filter.ts';

/** The filter of the address. The same object as long as it says the same. */
export function usePlaceFilter(): PlaceFilter {
  const search = useSearch();
  // A link may say more; only a change of the filter's own part makes a new filter.
  const own = writePlaceFilter('', readPlaceFilter(search));
  return useMemo(() => readPlaceFilter(own), [own]);
}

/** Writes a change of the filter into the address. */
export function changePlaceFilter(part: Partial<PlaceFilter>): void {
  const { pathname, search, hash } = window.location;
  const query = writePlaceFilter(search, { ...readPlaceFilter(search), ...part });
  // No step of "back" for every chip: one step back leaves the page or the place, as people expect.
  navigate(pathname + (query && `?${query}`) + hash, { replace: true });
}
