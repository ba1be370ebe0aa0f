import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FACILITIES } from './catalogue.ts';
import { isRough, sharedHours, siteFacilities, SiteId } from './site.ts';

describe('a site id', () => {
  it.each(['centre', 'station-binzhong', 'a', '1', 'a1-2b', 'a'.repeat(64)])('may be %s', (id) => {
    expect(SiteId.safeParse(id).success).toBe(true);
  });
  it.each(['', 'A', 'a--b', '-a', 'a-', 'a_b', 'a b', '驿站', 'a/b', 'a.b', '__proto__', 'a\n', 'a'.repeat(65)])(
    'may not be %j',
    (id) => {
      expect(SiteId.safeParse(id).success).toBe(false);
    },
  );
});

describe('the facilities of a site', () => {
  const facilities = fc.dictionary(fc.constantFrom(...FACILITIES), fc.boolean(), { noNullPrototype: true });

  it('are had when any service point has them, not had when one says so and none has, else not known', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ facilities }, { requiredKeys: [] }), { maxLength: 5 }), (points) => {
        const all = siteFacilities(points);
        for (const facility of FACILITIES) {
          const said = points.map((point) => point.facilities?.[facility]).filter((has) => has !== undefined);
          expect(all[facility]).toBe(said.length === 0 ? undefined : said.includes(true));
        }
      }),
      { seed: 3 },
    );
  });
});

describe('the hours all service points share', () => {
  it.each([
    [['09:00-18:00', '09:00-18:00'], '09:00-18:00'],
    [['09:00-18:00', '24/7'], null],
    [['09:00-18:00', null], null],
    [[null, '09:00-18:00'], null],
    [[null, null], null],
    [[], null],
  ])('of %j are %j', (hours, shared) => {
    expect(sharedHours(hours.map((one) => ({ hours: one })))).toBe(shared);
  });
});

describe('a point', () => {
  it.each([
    [1, false],
    [500, false],
    [501, true],
    [null, true],
  ])('with a precision of %s m is rough: %s', (precisionM, rough) => {
    expect(isRough(precisionM)).toBe(rough);
  });
});
