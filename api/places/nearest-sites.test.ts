import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import crossingsJson from '../../seed/reference/crossings.json' with { type: 'json' };
import zonesJson from '../../seed/reference/reach-zones.json' with { type: 'json' };
import { createLandNetwork } from '#domain/geo/land-network.ts';
import { ReachData } from '#domain/geo/reach-data.ts';
import { TRAVEL_MODES } from '#domain/geo/travel.ts';
import { ACCESS_KINDS, type Facility, PUBLIC_STATUSES, type Service } from '#domain/places/catalogue.ts';
import { createNearestIndex } from '#domain/places/nearest-index.ts';
import { createSiteOpenings } from '#domain/places/site-opening.ts';
import { holidayCalendar } from '#domain/time/holiday-source.ts';
import { compileHolidays } from '#domain/time/holidays.ts';
import { openingAt } from '#domain/time/opening-hours.ts';
import { parseOpeningHours } from '#domain/time/osm-opening-hours.ts';
import { nearestSites, type NearestSitesQuery } from './nearest-sites.ts';
import { facilityBit, type KeptSite, serviceBit, type SiteStore } from './site-store.ts';

const { zones, crossings } = ReachData.parse({ zones: zonesJson, crossings: crossingsJson });
const network = createLandNetwork(zones, crossings);
const calendar = compileHolidays(holidayCalendar([2025, 2026, 2027]));

const SERVICES = ['rest', 'water', 'free_meal'] as const satisfies Service[];
const FACILITIES = ['toilet', 'wifi'] as const satisfies Facility[];
const HOURS = [
  null,
  '24/7',
  '09:00-18:00',
  'Mo-Fr 11:00-13:00',
  'Sa,Su 20:00-02:00',
  'Mo-Fr 09:00-12:00,14:00-17:00; PH off',
];

type Facts = {
  point: { lng: number; lat: number } | null;
  status: (typeof PUBLIC_STATUSES)[number];
  access: (typeof ACCESS_KINDS)[number];
  precisionM: number;
  services: { service: Service; hours: string | null }[];
  facilities: Facility[];
};

const inCity = fc
  .record({
    lng: fc.double({ min: 118.02, max: 118.2, noNaN: true }),
    lat: fc.double({ min: 24.43, max: 24.6, noNaN: true }),
  })
  .filter((point) => !network.locate(point).outside);
const facts: fc.Arbitrary<Facts> = fc.record({
  point: fc.option(inCity, { freq: 15 }),
  status: fc.constantFrom('open', 'open', 'open', 'closed_for_now'),
  access: fc.constantFrom(...ACCESS_KINDS),
  precisionM: fc.constantFrom(20, 500, 501, 3000),
  services: fc.uniqueArray(fc.record({ service: fc.constantFrom(...SERVICES), hours: fc.constantFrom(...HOURS) }), {
    minLength: 1,
    selector: ({ service }) => service,
  }),
  facilities: fc.subarray([...FACILITIES]),
});
const query: fc.Arbitrary<NearestSitesQuery> = fc.record({
  from: inCity,
  mode: fc.constantFrom(...TRAVEL_MODES),
  services: fc.subarray([...SERVICES]),
  facilities: fc.subarray([...FACILITIES]),
  freeAccess: fc.boolean(),
  atMs: fc.integer({ min: Date.parse('2026-01-01T00:00:00Z'), max: Date.parse('2026-12-30T00:00:00Z') }),
  openOnly: fc.boolean(),
  limit: fc.integer({ min: 1, max: 8 }),
});

function storeOf(all: readonly Facts[]): Pick<SiteStore, 'sites' | 'index'> {
  const sites = all.map(({ facilities, ...site }, i): KeptSite => ({
    ...site,
    id: `place-${i}`,
    version: 1,
    serviceBits: site.services.reduce((bits, { service }) => bits | serviceBit(service), 0),
    facilityBits: facilities.reduce((bits, facility) => bits | facilityBit(facility), 0),
    demo: false,
    json: Buffer.from('{}'),
  }));
  return {
    sites,
    index: createNearestIndex(
      sites.map(({ point }) => point),
      network,
    ),
  };
}

/** The question as a person would check it, place by place. */
function fits(site: Facts, asked: NearestSitesQuery): boolean {
  const wanted = site.services.filter(({ service }) => asked.services.length === 0 || asked.services.includes(service));
  if (wanted.length === 0) return false;
  if (!asked.facilities.every((facility) => site.facilities.includes(facility))) return false;
  if (asked.freeAccess && !['open', 'ask'].includes(site.access)) return false;
  if (!asked.openOnly) return true;
  if (site.status === 'closed_for_now') return false;
  return wanted.some(({ hours }) => {
    const read = hours === null ? null : parseOpeningHours(hours);
    return openingAt(read?.ok ? read.hours : null, asked.atMs, calendar).state === 'open';
  });
}

describe('the nearest sites', () => {
  it('are those that a check of every site by itself would find, with every filter', () => {
    const siteOpening = createSiteOpenings(calendar);
    fc.assert(
      fc.property(fc.array(facts, { maxLength: 40 }), query, (all, asked) => {
        const answer = nearestSites(storeOf(all) as SiteStore, network, siteOpening, asked);
        const reach = network.reachFrom(asked.from, asked.mode);
        const expected = all
          .map((site, i) => ({ site, id: `place-${i}`, way: site.point && reach.to(site.point) }))
          .filter(({ site, way }) => way && fits(site, asked))
          .sort((a, b) => a.way!.travelDistanceM - b.way!.travelDistanceM)
          .slice(0, asked.limit);
        expect(answer.reachable.map(({ site }) => site.id)).toEqual(expected.map(({ id }) => id));
        expect(answer.reachable.map(({ travelDistanceM }) => travelDistanceM)).toEqual(
          expected.map(({ way }) => Math.round(way!.travelDistanceM)),
        );
        for (const { site, distanceRangeM, opening } of [...answer.reachable, ...answer.acrossWater]) {
          expect(distanceRangeM !== undefined).toBe(site.precisionM! > 500);
          if (asked.openOnly) expect(opening.state).toBe('open');
          expect(opening).toEqual(siteOpening(site, asked.services, asked.atMs));
        }
        for (const { site } of answer.acrossWater) {
          expect(reach.to(site.point!)).toBeNull();
          expect(fits(all[Number(site.id.slice('place-'.length))]!, asked)).toBe(true);
        }
      }),
      { seed: 20_260_310, numRuns: 500 },
    );
  });
});
