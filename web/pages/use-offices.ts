import { useMemo } from 'react';
import { jurisdictions } from '../client/city.ts';
import { useKept } from '../client/kept-resource.ts';
import { useLanguage } from '../client/messages.ts';
import type { OfficeOption, Offices } from '../features/insurance/claim-office.tsx';
import { localName } from '../features/places/local-name.ts';
import { readPlaceFilter } from '../features/places/place-filter.ts';
import type { FoundPlace, PlaceMatch } from '../features/places/place-finder.ts';
import { useDetails } from '../features/places/use-details.ts';
import { useMinute } from '../features/places/use-minute.ts';
import { usePlaces } from '../features/places/use-places.ts';
import { farWords, openingWords } from '../features/places/words.ts';

const NEAREST = 4;
const FILTER = { ...readPlaceFilter(''), services: ['insurance_office'] } as const;

/** The receiving offices, found on the phone from what it keeps of the city; null until that is here. */
export function useOffices(): Offices | null {
  const places = usePlaces();
  const land = useKept(jurisdictions);
  const language = useLanguage();
  const m = useDetails();
  const nowMs = useMinute();
  return useMemo(() => {
    if (places.status !== 'ready') return null;
    const { finder, network } = places;
    const filter = { ...FILTER, services: [...FILTER.services] };
    const matches = finder.match(filter, nowMs);
    const option = (found: PlaceMatch | FoundPlace): OfficeOption => ({
      id: found.feature.id,
      name: localName(found.feature.properties, language),
      words: [
        'distanceM' in found && farWords(found, filter.mode, m),
        openingWords(found.opening, found.feature.properties, nowMs, m),
        found.feature.properties.demo && m.badges.demo,
      ]
        .filter(Boolean)
        .join(' · '),
    });
    const areas = land.status === 'ready' ? land.data.features.map(({ properties }) => properties) : [];
    const named = ({ code, ...names }: (typeof areas)[number]) => ({ code, name: localName(names, language) });
    return {
      nearest: (from) =>
        network.locate(from).outside
          ? []
          : finder.nearest(from, filter.mode, matches, NEAREST).reachable.map((found) => option(found)),
      districts: areas
        .filter(({ kind }) => kind === 'district')
        .map((district) => ({
          ...named(district),
          streets: areas.filter(({ parentCode }) => parentCode === district.code).map((street) => named(street)),
        })),
      inStreet: (code) =>
        matches.filter(({ feature }) => feature.properties.street === code).map((found) => option(found)),
      find: (id) => {
        const found = matches.find(({ feature }) => feature.id === id);
        return found ? option(found) : null;
      },
    };
  }, [places, land, language, m, nowMs]);
}
