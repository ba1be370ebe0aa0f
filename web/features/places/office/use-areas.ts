import { useMemo } from 'react';
import { type JurisdictionProperties, jurisdictions } from '../../../client/city.ts';
import { useKept } from '../../../client/kept-resource.ts';
import { useLanguage } from '../../../client/messages.ts';
import { localName } from '../local-name.ts';

export type Areas = {
  /** The name of a street or district, empty while names are on their way; null without a code. */
  nameOf: (code: string | null) => string | null;
  districts: { code: string; name: string; streets: { code: string; name: string }[] }[];
};

/** Streets and districts by their official codes, in the person's language. */
export function useAreas(): Areas {
  const kept = useKept(jurisdictions);
  const language = useLanguage();
  const known = kept.status === 'ready' ? kept.data : null;
  return useMemo(() => {
    const all = (known?.features ?? []).map(({ properties }) => properties);
    const names = new Map(all.map((area) => [area.code, localName(area, language)]));
    const named = ({ code }: JurisdictionProperties) => ({ code, name: names.get(code)! });
    return {
      nameOf: (code) => code && (names.get(code) ?? (known ? code : '')),
      districts: all
        .filter(({ kind }) => kind === 'district')
        .map((district) => ({
          ...named(district),
          streets: all.filter(({ parentCode }) => parentCode === district.code).map(named),
        })),
    };
  }, [known, language]);
}
