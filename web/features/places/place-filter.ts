import { TRAVEL_MODES, type TravelMode } from '#domain/geo/travel.ts';
import { FACILITIES, type Facility, SERVICES, type Service } from '#domain/places/catalogue.ts';

/** What a rider is looking for. It lives in the address, so that a link shows what its sender saw. */
export type PlaceFilter = {
  /** Any of these; empty: all services. */
  services: readonly Service[];
  /** All of these. */
  facilities: readonly Facility[];
  openNow: boolean;
  /** Open at the coming 2 a.m. */
  night: boolean;
  /** One gets in without a code, an app or a face scan. */
  freeAccess: boolean;
  mode: TravelMode;
};

const DEFAULT_MODE: TravelMode = 'ebike';

/** The services that have a chip of their own; the others are under "more". */
export const CHIP_SERVICES = [
  'rest',
  'free_meal',
  'water',
  'insurance_office',
  'mediation',
] as const satisfies Service[];

/** Reads a query string; what it does not know it leaves out, so that an old or broken link still shows something. */
export function readPlaceFilter(search: string): PlaceFilter {
  const query = new URLSearchParams(search);
  const mode = query.get('mode') as TravelMode;
  return {
    services: listed(query.get('s'), SERVICES),
    facilities: listed(query.get('f'), FACILITIES),
    openNow: query.get('open') === 'now',
    night: query.get('night') === '1',
    freeAccess: query.get('access') === 'free',
    mode: TRAVEL_MODES.includes(mode) ? mode : DEFAULT_MODE,
  };
}

/** The query string with the filter put in; what is not the filter's stays. Without a leading `?`. */
export function writePlaceFilter(search: string, filter: PlaceFilter): string {
  const query = new URLSearchParams(search);
  const put = (key: string, value: string) => (value ? query.set(key, value) : query.delete(key));
  put('s', filter.services.join(','));
  put('f', filter.facilities.join(','));
  put('open', filter.openNow ? 'now' : '');
  put('night', filter.night ? '1' : '');
  put('access', filter.freeAccess ? 'free' : '');
  put('mode', filter.mode === DEFAULT_MODE ? '' : filter.mode);
  // Commas and the like are allowed in a query and read better in a link that people send each other.
  return query.toString().replaceAll('%2C', ',');
}

/** Everything off, the way of travelling kept. */
export function clearedFilter({ mode }: PlaceFilter): PlaceFilter {
  return { services: [], facilities: [], openNow: false, night: false, freeAccess: false, mode };
}

export function isCleared(filter: PlaceFilter): boolean {
  return countConditions(filter) === 0;
}

function countConditions(filter: PlaceFilter): number {
  const { services, facilities, openNow, night, freeAccess } = filter;
  return services.length + facilities.length + Number(openNow) + Number(night) + Number(freeAccess);
}

/** How many conditions are on that have no chip in the first row. */
export function countHidden(filter: PlaceFilter): number {
  const chips: readonly Service[] = CHIP_SERVICES;
  const shown = filter.services.filter((service) => chips.includes(service)).length + Number(filter.openNow);
  return countConditions(filter) - shown + Number(filter.mode !== DEFAULT_MODE);
}

/** The list with an entry put in or taken out, in the order of the catalogue. */
export function toggled<Code extends string>(chosen: readonly Code[], code: Code, all: readonly Code[]): Code[] {
  const next = new Set(chosen);
  if (!next.delete(code)) next.add(code);
  return all.filter((each) => next.has(each));
}

function listed<Code extends string>(value: string | null, all: readonly Code[]): Code[] {
  const wanted = new Set(value?.split(','));
  return all.filter((code) => wanted.has(code));
}
