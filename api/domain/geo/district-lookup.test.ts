import { describe, expect, it } from 'vitest';
import districtsJson from '../../../seed/reference/districts.json' with { type: 'json' };
import { seededRandom } from '../../../tests/support/random.ts';
import { createDistrictLookup } from './district-lookup.ts';
import { findDistrictOf } from './district-of.ts';
import type { DistrictCollection } from './reach-data.ts';

const { features: districts } = districtsJson as unknown as DistrictCollection;

describe('the district of very many points', () => {
  it('is that of each point asked about alone', () => {
    const districtOf = createDistrictLookup(districts);
    const random = seededRandom(20_260_310);
    const seen = new Set<string | null>();
    for (let i = 0; i < 3000; i += 1) {
      const point = { lng: 117.8 + random() * 0.7, lat: 24.35 + random() * 0.6 };
      const found = districtOf(point);
      expect(found).toBe(findDistrictOf(point, districts));
      seen.add(found?.properties.code ?? null);
    }
    expect(seen.size).toBe(7);
  });

  it('is none where there are no districts', () => {
    expect(createDistrictLookup([])({ lng: 118.1, lat: 24.5 })).toBeNull();
  });
});
