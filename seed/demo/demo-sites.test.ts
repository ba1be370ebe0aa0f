import { describe, expect, it } from 'vitest';
import { distanceM } from '#domain/geo/geodesic.ts';
import { isInArea } from '#domain/geo/point-in-polygon.ts';
import { isRough, SiteId } from '#domain/places/site.ts';
import { parseOpeningHours } from '#domain/time/osm-opening-hours.ts';
import { readDistricts, readReachZones, readStreets } from '../reference/data.ts';
import { FROM_SHORE_M, FROM_STREET_M, outlineDistanceM } from './demo-land.ts';
import { makeDemoSites, readDemoWater } from './load.ts';

const TODAY = '2026-03-10';
const seeds = makeDemoSites(TODAY);
const streets = new Map(readStreets().map((street) => [street.code, street]));
const districts = new Map(readDistricts().features.map((district) => [district.properties.code, district.geometry]));
const zones = readReachZones().features;
const water = readDemoWater().features;

function countBy<T>(items: readonly T[], key: (item: T) => string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const item of items) counts[key(item)] = (counts[key(item)] ?? 0) + 1;
  return counts;
}

describe('the demo city', () => {
  it('has 419 union stations, as Xiamen has, and meals, water, mediation and drivers’ homes', () => {
    expect(seeds.filter(({ site }) => site.name.includes('工会爱心驿站'))).toHaveLength(419);
    expect(countBy(seeds, ({ services }) => services[0]!.service)).toEqual({
      rest: 419,
      free_meal: 40,
      water: 60,
      mediation: 12,
      driver_home: 8,
    });
  });

  it('is marked as demo in the data and in every name', () => {
    for (const { site } of seeds) {
      expect(site.demo).toBe(true);
      expect(site.name).toContain('演示');
      expect(site.organisationId).toMatch(/^demo-/);
    }
  });

  it('has valid ids, each once', () => {
    expect(new Set(seeds.map(({ site }) => site.id)).size).toBe(seeds.length);
    for (const { site } of seeds) expect(SiteId.safeParse(site.id).success).toBe(true);
  });

  it('is the same city on the same day', () => {
    expect(makeDemoSites(TODAY)).toEqual(seeds);
  });

  it('stays where it is on another day, with other dates', () => {
    const later = makeDemoSites('2026-08-01');
    const whatStays = (seed: (typeof seeds)[number]) => [
      seed.site.id,
      seed.site.name,
      seed.site.point,
      seed.site.status,
    ];
    expect(later.map(whatStays)).toEqual(seeds.map(whatStays));
    expect(later[0]!.site.locationDate).not.toBe(seeds[0]!.site.locationDate);
  });

  it('lies near its streets, inside their districts, on land and off the water', () => {
    for (const { site } of seeds) {
      const point = site.point!;
      expect(distanceM(point, streets.get(site.streetCode!)!.point!)).toBeLessThan(FROM_STREET_M + 20);
      expect(site.streetCode!.startsWith(site.districtCode!)).toBe(true);
      expect(isInArea(point, districts.get(site.districtCode!)!), site.id).toBe(true);
      const zone = zones.find(({ geometry }) => isInArea(point, geometry))!;
      expect(zone.properties.id).not.toBe('islet');
      expect(outlineDistanceM(point, zone.geometry)).toBeGreaterThanOrEqual(FROM_SHORE_M);
      expect(
        water.some(({ geometry }) => isInArea(point, geometry)),
        site.id,
      ).toBe(false);
    }
  });

  it('is denser on the island and sparse on Gulangyu', () => {
    const perZone = countBy(
      seeds,
      ({ site }) => zones.find(({ geometry }) => isInArea(site.point!, geometry))!.properties.id,
    );
    expect(perZone.gulangyu).toBe(3);
    expect(perZone.island).toBeGreaterThan(seeds.length / 2);
    expect(perZone.mainland).toBeGreaterThan(150);
  });

  it('has hours of every shape, all of which can be read', () => {
    const hours = new Set(seeds.flatMap(({ services }) => services.map((point) => point.hours ?? null)));
    expect(hours).toContain(null);
    for (const text of hours) if (text) expect(parseOpeningHours(text), text).toMatchObject({ ok: true });
    const texts = [...hours].join('\n');
    for (const shape of ['24/7', 'PH off', '20:00-06:00', '12:00,14:30', '07:00+', '2026 Mar', '11:30-13:30']) {
      expect(texts).toContain(shape);
    }
    expect(seeds.some(({ services }) => services[0]!.season)).toBe(true);
  });

  it('has places of every access and status, and rough points', () => {
    expect(Object.keys(countBy(seeds, ({ site }) => site.access!)).sort()).toEqual([
      'ask',
      'code',
      'open',
      'staff',
      'unknown',
    ]);
    expect(countBy(seeds, ({ site }) => site.status!)).toEqual({
      open: seeds.length - 14,
      closed_for_now: 5,
      planned: 3,
      closed_for_good: 3,
      replaced: 3,
    });
    expect(seeds.filter(({ site }) => isRough(site.precisionM!)).length).toBeGreaterThan(20);
  });

  it('replaces a place by one that is open', () => {
    const byId = new Map(seeds.map(({ site }) => [site.id, site]));
    for (const { site } of seeds) {
      expect(site.status === 'replaced').toBe(Boolean(site.replacedBy));
      if (site.replacedBy) expect(byId.get(site.replacedBy)).toMatchObject({ status: 'open' });
    }
  });

  it('was verified within the last 200 days, and never tomorrow', () => {
    for (const { site } of seeds) {
      for (const date of [site.locationDate, site.hoursDate, site.facilitiesDate]) {
        if (!date) continue;
        expect(date <= TODAY).toBe(true);
        expect(date >= '2025-08-22').toBe(true);
      }
    }
  });

  it('counts in each summary the reports that are stored, since the last verification', () => {
    const reported = seeds.filter(({ site }) => site.reported);
    expect(reported.length).toBeGreaterThan(8);
    for (const { site, reports } of reported) {
      const [kind, summary] = Object.entries(site.reported!)[0]!;
      expect(reports!.map((report) => report.kind)).toEqual(Array.from({ length: summary.count }, () => kind));
      for (const { observedAt } of reports!) {
        expect(observedAt.toISOString().slice(0, 10) > site.locationDate!).toBe(true);
      }
    }
    const ids = seeds.flatMap(({ reports }) => reports ?? []).map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });
});
