import { useMemo } from 'react';
import type { SiteFeature } from '#domain/places/site.ts';
import { jurisdictions } from '../../client/city.ts';
import { useKept } from '../../client/kept-resource.ts';
import { useLanguage } from '../../client/messages.ts';
import type { NamesOfCodes } from './change-words.ts';

const NONE: readonly SiteFeature[] = [];

/** Names for the codes in documents; a place that is not among `features` is named by its id. */
export function useNames(
  organisations: readonly { id: string; name: string }[],
  features: readonly SiteFeature[] = NONE,
): NamesOfCodes {
  const english = useLanguage() === 'en';
  const lands = useKept(jurisdictions);
  const areas = lands.status === 'ready' ? lands.data.features : null;
  return useMemo(() => {
    const byCode = new Map(
      (areas ?? []).map(({ properties: { code, name, nameEn } }) => [code, (english && nameEn) || name]),
    );
    const organisationNames = new Map(organisations.map(({ id, name }) => [id, name]));
    const siteNames = new Map(features.map(({ id, properties }) => [id, properties.name]));
    return {
      jurisdiction: (code) => byCode.get(code) ?? code,
      organisation: (id) => organisationNames.get(id) ?? id,
      site: (id) => siteNames.get(id) ?? id,
    };
  }, [areas, organisations, features, english]);
}
