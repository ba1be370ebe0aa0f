import { describe, expect, it } from 'vitest';
import { factsIn, isNewer, saysFact, withoutSettled } from './site-facts.ts';
import type { ServiceDocument, SiteDocument } from './site-document.ts';

const service = (more: Partial<ServiceDocument> = {}) =>
  ({ service: 'rest', hours: null, facilities: {}, ...more }) as ServiceDocument;
const documentOf = (point: SiteDocument['point'], services: ServiceDocument[]) => ({ point, services }) as SiteDocument;
const change = (path: string, after: unknown = null) => ({ path, before: null, after });

describe('factsIn', () => {
  it.each<[string, ReturnType<typeof change>[], string[]]>([
    ['the name', [change('name', 'x')], []],
    ['the pin and how exact it is', [change('point'), change('precisionM')], ['location']],
    ['where the source had it', [change('original')], []],
    ['hours', [change('services.rest.hours')], ['hours']],
    ['a season', [change('services.rest.season')], ['hours']],
    ['facilities', [change('services.rest.facilities')], ['facilities']],
    ['a price', [change('services.rest.price')], []],
    ['a service that goes', [change('services.rest', null)], []],
    ['the order', [change('services', ['rest'])], []],
    ['a service of which nothing is known', [change('services.rest', service())], []],
    ['a service with hours', [change('services.rest', service({ hours: '24/7' }))], ['hours']],
    ['a service that has not', [change('services.rest', service({ facilities: { toilet: false } }))], ['facilities']],
  ])('of a change of %s', (_, changes, facts) => {
    expect([...factsIn(changes)]).toEqual(facts);
  });
});

it('knows whether there is anything to verify', () => {
  const nothing = documentOf(null, [service()]);
  const all = documentOf({ lng: 118, lat: 24 }, [service(), service({ hours: '24/7', facilities: { aed: false } })]);
  for (const fact of ['location', 'hours', 'facilities'] as const) {
    expect(saysFact(nothing, fact)).toBe(false);
    expect(saysFact(all, fact)).toBe(true);
  }
});

it('settles what was said of the fact up to the day of a check, and nothing else', () => {
  const said = { locked: { count: 2, last: '2026-03-01' }, moved: { count: 1, last: '2026-03-01' } };
  expect(withoutSettled(said, 'hours', '2026-02-28')).toEqual(said);
  expect(withoutSettled(said, 'hours', '2026-03-01')).toEqual({ moved: said.moved });
  expect(withoutSettled({ locked: said.locked }, 'hours', '2026-03-01')).toBeNull();
  expect(withoutSettled(null, 'hours', '2026-03-01')).toBeNull();
});

it('takes a check of the same day for newer', () => {
  expect(isNewer('2026-03-01', { date: null })).toBe(true);
  expect(isNewer('2026-03-01', { date: '2026-03-01' })).toBe(true);
  expect(isNewer('2026-03-01', { date: '2026-03-02' })).toBe(false);
});
