import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { holidayCalendar } from '../time/holiday-source.ts';
import { compileHolidays } from '../time/holidays.ts';
import { openingAt } from '../time/opening-hours.ts';
import { parseOpeningHours } from '../time/osm-opening-hours.ts';
import type { Service } from './catalogue.ts';
import { createSiteOpenings, type OpeningFacts } from './site-opening.ts';

const calendar = compileHolidays(holidayCalendar([2025, 2026, 2027]));
const at = (time: string) => Date.parse(`${time}+08:00`);
const NOON = at('2026-03-10T12:00:00'); // a Tuesday
const siteOpening = createSiteOpenings(calendar);

const open = (...services: OpeningFacts['services']): OpeningFacts => ({ status: 'open', services });
const rest = (hours: string | null, season?: string) => ({
  service: 'rest' as const,
  hours,
  ...(season !== undefined && { season }),
});
const meal = (hours: string | null) => ({ service: 'free_meal' as const, hours });

describe('whether a site is open', () => {
  it('is decided by the services asked for; none asked for means any', () => {
    const site = open(rest('08:00-20:00'), meal('17:00-18:00'));
    expect(siteOpening(site, ['rest'], NOON)).toMatchObject({ state: 'open', closesAt: at('2026-03-10T20:00:00') });
    expect(siteOpening(site, ['free_meal'], NOON)).toMatchObject({
      state: 'closed',
      opensAt: at('2026-03-10T17:00:00'),
    });
    expect(siteOpening(site, [], NOON).state).toBe('open');
    expect(siteOpening(site, ['free_meal', 'rest'], NOON).state).toBe('open');
  });

  it('is not known where none of the services asked for is offered, or their hours are not known', () => {
    expect(siteOpening(open(rest('24/7')), ['water'], NOON)).toEqual({ state: 'unknown' });
    expect(siteOpening(open(), [], NOON)).toEqual({ state: 'unknown' });
    expect(siteOpening(open(rest(null)), ['rest'], NOON)).toEqual({ state: 'unknown' });
    expect(siteOpening(open(rest('whenever we feel like it')), ['rest'], NOON)).toEqual({ state: 'unknown' });
  });

  it.each<[string, OpeningFacts, object]>([
    ['what is open', open(rest(null), meal('11:00-13:00')), { state: 'open' }],
    ['what is not known before what is closed', open(rest('17:00-18:00'), meal(null)), { state: 'unknown' }],
    [
      'what opens first',
      open(rest('17:00-18:00'), meal('15:00-16:00')),
      { state: 'closed', opensAt: at('2026-03-10T15:00:00') },
    ],
    [
      'what closes last',
      open(rest('09:00-13:00'), meal('09:00-15:00')),
      { state: 'open', closesAt: at('2026-03-10T15:00:00') },
    ],
    [
      'what never closes',
      open(rest('09:00-13:00'), meal('24/7')),
      { state: 'open', closesAt: null, closesKnown: true },
    ],
  ])('tells of two services %s', (_, site, expected) => {
    expect(siteOpening(site, [], NOON)).toMatchObject(expected);
    expect(siteOpening({ ...site, services: site.services.toReversed() }, [], NOON)).toMatchObject(expected);
  });

  it('is closed while the site is closed for now, whatever its hours, until the day it says', () => {
    const site: OpeningFacts = { status: 'closed_for_now', statusUntil: '2026-04-01', services: [rest('24/7')] };
    expect(siteOpening(site, [], NOON)).toEqual({
      state: 'closed',
      opensAt: at('2026-04-01T00:00:00'),
      opensKnown: false,
    });
    expect(siteOpening({ status: 'closed_for_now', services: [rest('24/7')] }, [], NOON)).toEqual({
      state: 'closed',
      opensAt: null,
      opensKnown: false,
    });
  });

  it('follows the season of a service, and does not know what it cannot read of it', () => {
    const summer = open(rest('24/7', 'Jun 01-Sep 30'));
    expect(siteOpening(summer, [], NOON)).toMatchObject({ state: 'closed', opensAt: at('2026-06-01T00:00:00') });
    expect(siteOpening(summer, [], at('2026-07-01T12:00:00')).state).toBe('open');
    expect(siteOpening(open(rest(null, 'Jun 01-Sep 30')), [], NOON).state).toBe('closed');
    expect(siteOpening(open(rest(null, 'Jun 01-Sep 30')), [], at('2026-07-01T12:00:00')).state).toBe('unknown');
    expect(siteOpening(open(rest('24/7', 'when it is hot')), [], NOON).state).toBe('unknown');
  });

  it('is the same however often and in whatever order it is asked: what is remembered is never stale', () => {
    const HOURS = [null, '24/7', '09:00-18:00', 'Mo-Fr 11:00-13:00', 'Sa,Su 20:00-02:00', '09:00-12:00,14:00-17:00'];
    const service = fc.constantFrom<Service>('rest', 'free_meal');
    const question = fc.record({
      hours: fc.constantFrom(...HOURS),
      service,
      // Often within one minute, and around the minute at which something changes.
      atMs: fc
        .tuple(
          fc.constantFrom(NOON, at('2026-03-10T18:00:00'), at('2026-03-14T20:00:00')),
          fc.integer({ min: -90_000, max: 90_000 }),
        )
        .map(([instant, offset]) => instant + offset),
    });
    fc.assert(
      fc.property(fc.array(question, { maxLength: 30 }), (questions) => {
        const remembering = createSiteOpenings(calendar);
        for (const { hours, service: asked, atMs } of questions) {
          const read = hours === null ? null : parseOpeningHours(hours);
          const exact = openingAt(read?.ok ? read.hours : null, atMs, calendar);
          expect(remembering(open({ service: asked, hours }), [asked], atMs)).toEqual(exact);
        }
      }),
      { seed: 11 },
    );
  });
});
