import { describe, expect, it } from 'vitest';
import { siteFacilities, SiteId } from '#domain/places/site.ts';
import { parseOpeningHours } from '#domain/time/osm-opening-hours.ts';
import { isInArea } from '#domain/geo/point-in-polygon.ts';
import { readDistricts, readOrganisations, readReachZones, readStations, readStreets } from './data.ts';
import { referenceSites } from './reference-sites.ts';

const streets = readStreets();
const stations = readStations();
const seeds = referenceSites(stations, streets);
const byId = new Map(seeds.map((seed) => [seed.site.id, seed]));

describe('streets and towns', () => {
  it('are the 45 of Xiamen, each in its own district', () => {
    expect(streets).toHaveLength(45);
    expect(new Set(streets.map(({ code }) => code)).size).toBe(45);
    for (const { code, districtCode, kind, name } of streets) {
      expect(code.slice(0, 6)).toBe(districtCode);
      expect(name).toMatch(kind === 'town' ? /镇$/ : /街道$/);
    }
    const perDistrict = new Map<string, number>();
    for (const { districtCode } of streets) perDistrict.set(districtCode, (perDistrict.get(districtCode) ?? 0) + 1);
    expect(Object.fromEntries(perDistrict)).toEqual({
      '350203': 10,
      '350205': 4,
      '350206': 5,
      '350211': 6,
      '350212': 11,
      '350213': 9,
    });
  });

  it('have a point and a precision, or neither', () => {
    for (const { point, precisionM } of streets) expect(point === null).toBe(precisionM === null);
    expect(streets.filter(({ point }) => point === null).map(({ name }) => name)).toEqual([
      '祥和街道',
      '新美街道',
      '美林街道',
    ]);
  });
});

describe('real places', () => {
  it('are 76: the centre and 30 more stations, and a claims office in every street and town', () => {
    expect(seeds).toHaveLength(76);
    expect(byId.size).toBe(76);
    expect(stations[0]!.id).toBe('centre');
    expect(stations).toHaveLength(31);
    expect(streets.every(({ code }) => byId.has(`office-${code}`))).toBe(true);
  });

  it('have valid ids, are public and are not marked as demo', () => {
    for (const { site } of seeds) {
      expect(SiteId.safeParse(site.id).success).toBe(true);
      expect(site.status ?? 'open').toBe('open');
      expect(site.demo ?? false).toBe(false);
    }
  });

  it('name their source, and count as reported only with its date', () => {
    for (const { site } of seeds) {
      expect(site.source).toBeTruthy();
      for (const fact of ['location', 'hours', 'facilities'] as const) {
        const status = site[`${fact}Status`] ?? 'unknown';
        expect(['reported', 'unknown']).toContain(status);
        if (status === 'reported') expect(site.sourceDate).toBeTruthy();
        expect(Boolean(site[`${fact}Source`])).toBe(status === 'reported');
      }
    }
  });

  it('stand in streets, districts and organisations that exist', () => {
    const codes = new Set(streets.map(({ code }) => code));
    const districts = new Set(readDistricts().features.map(({ properties }) => properties.code));
    const organisations = new Set(readOrganisations().map(({ id }) => id));
    for (const { site } of seeds) {
      if (site.streetCode) expect(codes.has(site.streetCode)).toBe(true);
      if (site.streetCode) expect(site.streetCode.startsWith(site.districtCode!)).toBe(true);
      if (site.districtCode) expect(districts.has(site.districtCode)).toBe(true);
      if (site.organisationId) expect(organisations.has(site.organisationId)).toBe(true);
    }
  });

  it('with a point say how precise it is and what it is based on, and lie in their district and on land', () => {
    const districts = new Map(
      readDistricts().features.map((district) => [district.properties.code, district.geometry]),
    );
    const zones = readReachZones().features;
    for (const { site } of seeds) {
      expect(Boolean(site.point)).toBe(Boolean(site.precisionM));
      if (!site.point) continue;
      expect(site.coordinateBasis).toBeTruthy();
      expect(isInArea(site.point, districts.get(site.districtCode!)!), site.id).toBe(true);
      expect(
        zones.some(({ geometry }) => isInArea(site.point!, geometry)),
        site.id,
      ).toBe(true);
    }
    expect(seeds.filter(({ site }) => site.point)).toHaveLength(42 + 8);
  });

  it('have hours that can be read, or none', () => {
    for (const { services } of seeds) {
      for (const { hours } of services) if (hours) expect(parseOpeningHours(hours)).toMatchObject({ ok: true });
    }
  });

  it('never claim that a facility is missing, because no source says so', () => {
    for (const { services } of seeds) {
      const facilities = siteFacilities(services.map((point) => ({ facilities: point.facilities ?? undefined })));
      expect(Object.values(facilities)).not.toContain(false);
    }
  });

  it('offer every service at most once', () => {
    for (const { services } of seeds) {
      expect(services.length).toBeGreaterThan(0);
      expect(new Set(services.map(({ service }) => service)).size).toBe(services.length);
    }
  });
});

describe('the centre', () => {
  it('has the 益鹭保 window, its desks and the one-stop services', () => {
    expect(byId.get('centre')!.services.map(({ service }) => service)).toEqual([
      'insurance_office',
      'mediation',
      'legal_aid',
      'union_desk',
      'government_desk',
      'platform_desk',
      'employment',
      'social_insurance',
      'education',
      'recruitment',
      'skills',
      'counselling',
    ]);
  });
});

describe('the kinds of the reports', () => {
  it.each([
    ['station-changqing-canteen', 'free_meal', { price: 'discount' }],
    ['station-kuangye-fridge', 'water', { price: 'free' }],
    ['station-yinhu-park', 'water', { price: 'free' }],
    ['station-baihe', 'driver_home', {}],
    ['station-siming-subcentre', 'mediation', {}],
    ['station-aluohai', 'rest', {}],
  ])('%s offers %s first', (id, service, more) => {
    expect(byId.get(id)!.services[0]).toMatchObject({ service, ...more });
  });

  it.each(stations.filter(({ stated }) => stated.kind.startsWith('driver_home')).map(({ id }) => id))(
    '%s is a place to rest too',
    (id) => {
      expect(byId.get(id)!.services.map(({ service }) => service)).toEqual(['driver_home', 'rest']);
    },
  );

  it('keeps vague hours as words, never as times', () => {
    for (const { stated, services, note } of stations) {
      if (stated.hours?.startsWith('24h')) expect(services[0]!.hours).toBe('24/7');
      else expect(services.every(({ hours }) => hours === undefined)).toBe(true);
      if (stated.hours && !services[0]!.hours) expect(note).toBeTruthy();
    }
  });

  it('says how to get in where the report does', () => {
    expect(byId.get('station-binzhong')!.site).toMatchObject({ access: 'code', accessNote: '24小时，刷脸进门' });
  });
});
