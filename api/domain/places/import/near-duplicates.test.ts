import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { distanceM, metresPerDegree } from '../../geo/geodesic.ts';
import { nameKey, nameLikeness } from './name-likeness.ts';
import { createNearDuplicates, DUPLICATE_LIKENESS, DUPLICATE_RADIUS_M } from './near-duplicates.ts';

const CENTRE = { lng: 118.118, lat: 24.4885 };
const moved = (eastM: number, northM: number, from = CENTRE) => {
  const degree = metresPerDegree(from.lat);
  return { lng: from.lng + eastM / degree.lng, lat: from.lat + northM / degree.lat };
};

describe('likeness of names', () => {
  it.each([
    ['厦门市金山街道工会爱心驿站', '金山爱心驿站'],
    ['长青社区（工会爱心驿站）', '工会爱心驿站(长青社区)'],
    ['ＳＭ广场户外劳动者服务站点', 'sm广场驿站'],
  ])('does not see what all names share: %s is %s', (a, b) => {
    expect(nameLikeness(a, b)).toBe(1);
  });

  it('keeps apart what differs', () => {
    expect(nameLikeness('金山街道爱心驿站', '江头街道爱心驿站')).toBe(0);
    expect(nameLikeness('建设银行嘉莲支行爱心驿站', '建设银行莲前支行爱心驿站')).toBeLessThan(0.8);
    expect(nameLikeness('', '金山')).toBe(0);
  });

  it('leaves a name that is made of common words alone', () => {
    expect(nameKey('工会爱心驿站')).toBe('工会爱心驿站');
    expect(nameLikeness('爱心驿站', '爱心驿站')).toBe(1);
  });
});

describe('near duplicates', () => {
  it('are near and alike, likest first', () => {
    const near = createNearDuplicates<string>();
    near.add('same', '金山街道工会爱心驿站', moved(40, 0));
    near.add('alike', '金山街道爱心驿站二号', moved(0, 30));
    near.add('other', '江头街道爱心驿站', moved(5, 5));
    near.add('far', '金山街道工会爱心驿站', moved(200, 0));
    const found = near.find('金山爱心驿站', CENTRE);
    expect(found.map(({ id }) => id)).toEqual(['same', 'alike']);
    expect(found[0]).toMatchObject({ likeness: 1, distanceM: expect.closeTo(40, 0) });
  });

  it('are the same as by comparing everything with everything', () => {
    const place = fc.record({
      name: fc.constantFrom('金山驿站', '金山二号驿站', '江头驿站', '江头支行驿站', '莲前驿站'),
      east: fc.integer({ min: -500, max: 500 }),
      north: fc.integer({ min: -500, max: 500 }),
    });
    const latitude = fc.constantFrom(18.3, 24.5, 39.9, 53.4);
    fc.assert(
      fc.property(fc.array(place, { maxLength: 60 }), place, latitude, (places, asked, lat) => {
        const origin = { lng: 118.1, lat };
        const near = createNearDuplicates<number>();
        places.forEach(({ name, east, north }, i) => near.add(i, name, moved(east, north, origin)));
        const point = moved(asked.east, asked.north, origin);
        const expected = places
          .map(({ name, east, north }, i) => ({
            id: i,
            distanceM: distanceM(point, moved(east, north, origin)),
            likeness: nameLikeness(asked.name, name),
          }))
          .filter((c) => c.distanceM <= DUPLICATE_RADIUS_M && c.likeness >= DUPLICATE_LIKENESS)
          .sort((a, b) => b.likeness - a.likeness || a.distanceM - b.distanceM)
          .slice(0, 5)
          .map((c) => [c.likeness, c.distanceM]);
        expect(near.find(asked.name, point).map((c) => [c.likeness, c.distanceM])).toEqual(expected);
      }),
      { seed: 20_260_310, numRuns: 300 },
    );
  });

  it('find the same name also where thousands stand on one point', () => {
    const near = createNearDuplicates<number>();
    for (let i = 0; i < 3000; i += 1) near.add(i, `第${i}号点位`, CENTRE);
    expect(near.find('第2987号点位', CENTRE)[0]).toMatchObject({ id: 2987, likeness: 1 });
  });
});
