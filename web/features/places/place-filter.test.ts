import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { TRAVEL_MODES } from '#domain/geo/travel.ts';
import { FACILITIES, SERVICES } from '#domain/places/catalogue.ts';
import {
  clearedFilter,
  countHidden,
  isCleared,
  type PlaceFilter,
  readPlaceFilter,
  toggled,
  writePlaceFilter,
} from './place-filter.ts';

const anyFilter: fc.Arbitrary<PlaceFilter> = fc.record({
  services: fc.subarray([...SERVICES]),
  facilities: fc.subarray([...FACILITIES]),
  openNow: fc.boolean(),
  night: fc.boolean(),
  freeAccess: fc.boolean(),
  mode: fc.constantFrom(...TRAVEL_MODES),
});

describe('the filter in the address', () => {
  test('comes back as it was written, and leaves the rest alone', () => {
    fc.assert(
      fc.property(anyFilter, (filter) => {
        const search = writePlaceFilter('?from=poster', filter);
        expect(readPlaceFilter(search)).toEqual(filter);
        expect(new URLSearchParams(search).get('from')).toBe('poster');
      }),
      { seed: 1, numRuns: 200 },
    );
  });

  test('is empty when nothing is chosen, so that the plain page has a plain address', () => {
    expect(writePlaceFilter('', readPlaceFilter(''))).toBe('');
  });

  test('reads as people write it', () => {
    expect(writePlaceFilter('', { ...readPlaceFilter(''), services: ['rest', 'water'], openNow: true })).toBe(
      's=rest,water&open=now',
    );
  });

  test('drops what it does not know', () => {
    const filter = readPlaceFilter('?s=rest,castle&f=,toilet,&mode=helicopter&open=tomorrow&night=yes');
    expect(filter).toMatchObject({
      services: ['rest'],
      facilities: ['toilet'],
      mode: 'ebike',
      openNow: false,
      night: false,
    });
  });

  test('counts for "more" only what the first row of chips does not show', () => {
    const filter = readPlaceFilter('?s=rest,legal_aid&open=now&f=toilet&mode=foot');
    expect(countHidden(filter)).toBe(3);
    expect(isCleared(clearedFilter(filter))).toBe(true);
    expect(clearedFilter(filter).mode).toBe('foot');
  });

  test('switches keep the order of the catalogue', () => {
    expect(toggled(['water'], 'rest', SERVICES)).toEqual(['rest', 'water']);
    expect(toggled(['rest', 'water'], 'rest', SERVICES)).toEqual(['water']);
  });
});
