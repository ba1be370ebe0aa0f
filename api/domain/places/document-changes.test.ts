import { expect, it } from 'vitest';
import { documentChanges } from './document-changes.ts';
import type { SiteDocument } from './site-document.ts';

const rest = {
  service: 'rest',
  hours: '08:00-20:00',
  season: null,
  price: null,
  priceNote: null,
  capacity: null,
  facilities: { wifi: true },
  note: null,
} as const;
const before: SiteDocument = {
  name: '驿站',
  nameEn: null,
  districtCode: null,
  streetCode: null,
  organisationId: null,
  address: null,
  phone: null,
  status: 'open',
  statusUntil: null,
  replacedBy: null,
  access: 'open',
  accessNote: null,
  point: { lng: 118.1, lat: 24.5 },
  precisionM: 50,
  original: null,
  services: [rest],
  note: null,
};

it('finds nothing between equal documents, in whatever order their keys come', () => {
  expect(documentChanges(before, { ...before, point: { lat: 24.5, lng: 118.1 } })).toEqual([]);
});

it('names each field that differs, also within a service', () => {
  const after: SiteDocument = {
    ...before,
    phone: '0592-1',
    point: null,
    precisionM: null,
    services: [{ ...rest, hours: null, facilities: { wifi: false, toilet: true } }],
  };
  expect(documentChanges(before, after)).toEqual([
    { path: 'phone', before: null, after: '0592-1' },
    { path: 'point', before: { lng: 118.1, lat: 24.5 }, after: null },
    { path: 'precisionM', before: 50, after: null },
    { path: 'services.rest.hours', before: '08:00-20:00', after: null },
    { path: 'services.rest.facilities.wifi', before: true, after: false },
    { path: 'services.rest.facilities.toilet', before: null, after: true },
  ]);
});

it('tells a service that goes, and one of which nothing but its name is known', () => {
  const after: SiteDocument = { ...before, services: [{ ...rest, service: 'water', hours: null, facilities: {} }] };
  expect(documentChanges(before, after)).toEqual([
    { path: 'services.water', before: null, after: true },
    { path: 'services.rest', before: true, after: null },
    { path: 'services.rest.hours', before: '08:00-20:00', after: null },
    { path: 'services.rest.facilities.wifi', before: true, after: null },
  ]);
});

it('takes everything that is known of a new place for new', () => {
  const paths = documentChanges(null, before).map(({ path }) => path);
  expect(paths).toEqual([
    'name',
    'status',
    'access',
    'point',
    'precisionM',
    'services.rest',
    'services.rest.hours',
    'services.rest.facilities.wifi',
  ]);
});
