import type { SiteFeature } from '#domain/places/site.ts';
import type { JurisdictionProperties, Jurisdictions } from '../../client/city.ts';

export type StreetGroup = {
  /** Null: the source says the district only. */
  street: JurisdictionProperties | null;
  features: SiteFeature[];
};
export type DistrictGroup = {
  /** Null: the source does not say where. */
  district: JurisdictionProperties | null;
  streets: StreetGroup[];
};

/**
 * Places by district and street in the order of the official codes, each street by name; what lacks a street comes last
 * in its district, what lacks a district last of all. Streets without places are left out.
 */
export function groupByStreet(features: readonly SiteFeature[], jurisdictions: Jurisdictions | null): DistrictGroup[] {
  const known = new Map((jurisdictions?.features ?? []).map(({ properties }) => [properties.code, properties]));
  const byDistrict = new Map<string, Map<string, SiteFeature[]>>();
  for (const feature of features) {
    const { district, street } = feature.properties;
    const streets = getOrAdd(byDistrict, district ?? '', () => new Map<string, SiteFeature[]>());
    getOrAdd(streets, street ?? '', () => []).push(feature);
  }
  return sortedByCode(byDistrict).map(([districtCode, streets]) => ({
    district: lookUp(districtCode, 'district'),
    streets: sortedByCode(streets).map(([streetCode, found]) => ({
      street: lookUp(streetCode, 'street'),
      features: found.sort((a, b) => BY_NAME.compare(a.properties.name, b.properties.name)),
    })),
  }));

  function lookUp(code: string, kind: JurisdictionProperties['kind']): JurisdictionProperties | null {
    if (!code) return null;
    return known.get(code) ?? { code, kind, name: code, nameEn: null, parentCode: null };
  }
}

/** Whether every word of a search is in a place's name, address or street. */
export function matchesSearch(feature: SiteFeature, words: readonly string[], streetName: string): boolean {
  const { name, nameEn, address, organisation } = feature.properties;
  const text = [name, nameEn, address, organisation, streetName].join(' ').toLowerCase();
  return words.every((word) => text.includes(word));
}

export function searchWords(text: string): string[] {
  return text.toLowerCase().split(/\s+/).filter(Boolean);
}

const BY_NAME = new Intl.Collator('zh-CN', { numeric: true });

/** Empty codes ("not known") last. */
function sortedByCode<Value>(groups: Map<string, Value>): [string, Value][] {
  return [...groups].sort(([a], [b]) => (a && b ? (a < b ? -1 : 1) : Number(!a) - Number(!b)));
}

function getOrAdd<Key, Value>(map: Map<Key, Value>, key: Key, create: () => Value): Value {
  let value = map.get(key);
  if (value === undefined) map.set(key, (value = create()));
  return value;
}
