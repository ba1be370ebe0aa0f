import { useMemo } from 'react';
import type { SiteFeature } from '#domain/places/site.ts';
import type { Jurisdictions } from '../../client/city.ts';
import { useLanguage, useMessages } from '../../client/messages.ts';
import { localName } from './local-name.ts';

/** The streets to start from, by district, as options of a select. Streets without a located place are left out. */
export function StreetOptions({
  jurisdictions,
  features,
}: {
  jurisdictions: Jurisdictions;
  features: readonly SiteFeature[];
}) {
  const { nearestFromStreet } = useMessages().places.list;
  const language = useLanguage();
  const all = useMemo(() => {
    const located = new Set(features.flatMap(({ geometry, properties }) => (geometry ? properties.street : [])));
    return jurisdictions.features
      .map(({ properties }) => properties)
      .filter(({ code, kind }) => kind === 'district' || located.has(code));
  }, [features, jurisdictions]);

  return all
    .filter(({ kind }) => kind === 'district')
    .map((district) => (
      <optgroup key={district.code} label={localName(district, language)}>
        {all
          .filter(({ parentCode }) => parentCode === district.code)
          .map((street) => (
            <option key={street.code} value={street.code}>
              {nearestFromStreet(localName(street, language))}
            </option>
          ))}
      </optgroup>
    ));
}
