import { useMemo } from 'react';
import { createLandNetwork, type LandNetwork } from '#domain/geo/land-network.ts';
import type { SiteFeature } from '#domain/places/site.ts';
import { type City, city, type JurisdictionProperties, type Jurisdictions, jurisdictions } from '../../client/city.ts';
import { type Kept, useKept } from '../../client/kept-resource.ts';
import { useLanguage } from '../../client/messages.ts';
import { sites } from '../../client/sites.ts';
import type { NamesOfCodes } from './change-words.ts';
import { useNames } from './use-names.ts';

/** What this device keeps of the city: each part null until it is here. */
export type Ground = {
  city: City | null;
  jurisdictions: Jurisdictions | null;
  network: LandNetwork | null;
  features: readonly SiteFeature[];
  districts: readonly JurisdictionProperties[];
  streets: readonly JurisdictionProperties[];
  nameOf: (jurisdiction: JurisdictionProperties) => string;
  names: NamesOfCodes;
};

export function useGround(organisations: readonly { id: string; name: string }[]): Ground {
  const english = useLanguage() === 'en';
  const cityData = dataOf(useKept(city));
  const lands = dataOf(useKept(jurisdictions));
  const features = dataOf(useKept(sites))?.features;
  const names = useNames(organisations, features);
  const network = useMemo(
    () => (cityData ? createLandNetwork(cityData.reach.zones, cityData.reach.crossings) : null),
    [cityData],
  );
  return useMemo(() => {
    const all = (lands?.features ?? []).map(({ properties }) => properties);
    const nameOf = ({ name, nameEn }: JurisdictionProperties) => (english && nameEn) || name;
    return {
      city: cityData,
      jurisdictions: lands,
      network,
      features: features ?? [],
      districts: all.filter(({ kind }) => kind === 'district'),
      streets: all.filter(({ kind }) => kind !== 'district'),
      nameOf,
      names,
    };
  }, [cityData, lands, network, features, english, names]);
}

function dataOf<T>(kept: Kept<T>): T | null {
  return kept.status === 'ready' ? kept.data : null;
}
