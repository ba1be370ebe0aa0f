import { describe, expect, it } from 'vitest';
import type { SiteDocument } from '../site-document.ts';
import { dayOfList, keepCorrections, type KnownSite } from './keep-corrections.ts';

const rest = (hours: string | null, facilities: object = {}): SiteDocument['services'][number] => ({
  service: 'rest',
  hours,
  season: null,
  price: null,
  priceNote: null,
  capacity: null,
  facilities,
  note: null,
});
const site = (changes: Partial<SiteDocument> = {}): SiteDocument => ({
  name: '甲',
  nameEn: null,
  districtCode: '350206',
  streetCode: '350206005',
  organisationId: null,
  address: null,
  phone: null,
  status: 'open',
  statusUntil: null,
  replacedBy: null,
  access: 'unknown',
  accessNote: null,
  photos: [],
  point: { lng: 118.118, lat: 24.4885 },
  precisionM: 50,
  original: { lng: 118.118, lat: 24.4885, crs: 'WGS84' },
  services: [rest('24/7')],
  note: null,
  ...changes,
});
const DAY = '2026-03-10';
const NEVER = { location: null, hours: null, facilities: null };
const known = (document: SiteDocument, more: Partial<KnownSite> = {}): KnownSite => ({
  document,
  verifiedOn: NEVER,
  history: [],
  ...more,
});

describe('what a list may change', () => {
  it('is everything that it says differently', () => {
    const listed = site({ name: '乙', services: [rest('off', { wifi: true }), { ...rest(null), service: 'water' }] });
    expect(keepCorrections(known(site()), listed, DAY)).toEqual(listed);
    expect(keepCorrections(known(listed), site(), DAY)).toEqual(site());
  });

  it.each([
    ['2026-03-09', 'off'],
    ['2026-03-10', '24/7'],
    ['2026-03-11', '24/7'],
  ])('is not a fact verified on the day of the list or later (%s)', (day, hours) => {
    const officer = known(site(), { verifiedOn: { ...NEVER, hours: day } });
    const merged = keepCorrections(officer, site({ phone: '1', services: [rest('off', { wifi: true })] }), DAY);
    expect(merged).toMatchObject({ phone: '1', services: [{ hours, facilities: { wifi: true } }] });
  });

  it('is not what it only repeats, though later editions changed other things', () => {
    const history = [
      { document: site({ address: '旧' }), isOfList: true },
      { document: site({ address: '改正' }), isOfList: false },
      { document: site({ address: '改正', phone: '2' }), isOfList: true },
    ];
    const now = known(site({ address: '改正', phone: '2' }), { history });
    expect(keepCorrections(now, site({ address: '旧', phone: '3' }), DAY)).toMatchObject({
      address: '改正',
      phone: '3',
    });
    expect(keepCorrections(now, site({ address: '新', phone: '2' }), DAY)).toMatchObject({ address: '新', phone: '2' });
  });
});

describe('the day of a list', () => {
  it.each([
    ['站点名单2026-03-01.xlsx', '2026-03-01'],
    ['20260301.csv', '2026-03-01'],
    ['2026年3月1日名单', '2026-03-01'],
    ['2026.3.1', '2026-03-01'],
    ['20261301.csv', DAY],
    ['20270101.csv', DAY],
    ['13812345678.csv', DAY],
    ['名单.csv', DAY],
  ])('%s: %s', (name, day) => {
    expect(dayOfList(['总工会', name], DAY)).toBe(day);
  });
});
