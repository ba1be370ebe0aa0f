import { describe, expect, test } from 'vitest';
import type { SiteProperties } from '#domain/places/site.ts';
import type { Opening } from '#domain/time/opening-hours.ts';
import { instantOf } from '#domain/time/shanghai.ts';
import { places as en } from '../../client/messages/en/places.ts';
import { places as zh } from '../../client/messages/zh/places.ts';
import {
  clockWords,
  distanceWords,
  freshnessWords,
  minutesWords,
  openingTone,
  openingWords,
  timestampWords,
  wayWords,
  farWords,
} from './words.ts';

// A Monday.
const TODAY = '2026-11-23';
const NOW = instantOf(TODAY, 14 * 60 + 20);
const at = (day: string, minutes: number) => instantOf(day, minutes);
const OPEN_SITE = { status: 'open' } as const;

test.each([
  [3, '10 米'],
  [324, '320 米'],
  [994, '990 米'],
  [996, '1.0 公里'],
  [1234, '1.2 公里'],
  [9940, '9.9 公里'],
  [12_600, '13 公里'],
])('%d m is said no more exactly than it is known', (m, words) => expect(distanceWords(m, zh)).toBe(words));

test.each([
  [0.2, '1 分钟'],
  [12.4, '12 分钟'],
  [59.6, '1 小时'],
  [95, '1 小时 35 分'],
])('%d minutes in words', (minutes, words) => expect(minutesWords(minutes, zh)).toBe(words));

test('the way to a place names how one travels', () => {
  expect(wayWords(324, 1.7, 'ebike', zh)).toBe('约 320 米 · 骑行 2 分钟');
  expect(wayWords(324, 1.7, 'foot', en)).toBe('about 320 m · walk 2 min');
});

test('a clock past midnight reads as the clock on the wall', () => {
  expect([0, 450, 1440, 1560].map(clockWords)).toEqual(['00:00', '07:30', '24:00', '02:00']);
});

describe('the opening badge', () => {
  const cases: [string, Opening, string][] = [
    ['closes today', { state: 'open', closesAt: at(TODAY, 22 * 60), closesKnown: true }, '开放中 · 22:00 关'],
    ['closes at midnight', { state: 'open', closesAt: at('2026-11-24', 0), closesKnown: true }, '开放中 · 24:00 关'],
    [
      'closes tomorrow',
      { state: 'open', closesAt: at('2026-11-24', 120), closesKnown: true },
      '开放中 · 明天 02:00 关',
    ],
    ['never closes', { state: 'open', closesAt: null, closesKnown: true }, '24 小时开放'],
    ['nobody knows when it closes', { state: 'open', closesAt: null, closesKnown: false }, '开放中 · 几点关未知'],
    ['opens today', { state: 'closed', opensAt: at(TODAY, 17 * 60), opensKnown: true }, '17:00 开'],
    ['opens on Wednesday', { state: 'closed', opensAt: at('2026-11-25', 450), opensKnown: true }, '周三 07:30 开'],
    ['opens in a week', { state: 'closed', opensAt: at('2026-11-30', 450), opensKnown: true }, '11月30日 07:30 开'],
    ['opens next year', { state: 'closed', opensAt: at('2027-06-01', 450), opensKnown: true }, '2027年6月1日 07:30 开'],
    ['does not open', { state: 'closed', opensAt: null, opensKnown: true }, '未开放'],
    ['not known', { state: 'unknown' }, '开放时间未知'],
  ];
  test.each(cases)('%s', (_, opening, words) => expect(openingWords(opening, OPEN_SITE, NOW, zh)).toBe(words));

  test('a site that is closed for now says until when, whatever its hours', () => {
    const site = { status: 'closed_for_now', statusUntil: '2026-12-01' } as const;
    expect(openingWords({ state: 'unknown' }, site, NOW, zh)).toBe('暂停开放 · 预计 12月1日 恢复');
  });
});

test('a place for staff only is never drawn as an open one', () => {
  const opening = { state: 'open', closesAt: null, closesKnown: true } as const;
  expect(openingTone(opening, { status: 'open', access: 'staff' })).toBe('closed');
  expect(openingTone(opening, { status: 'open', access: 'ask' })).toBe('open');
});

test('data of today is said by the clock, older data with its day', () => {
  expect(timestampWords(NOW, NOW + 3600_000, zh)).toBe('14:20');
  expect(timestampWords(NOW, NOW + 24 * 3600_000, zh)).toBe('11月23日 14:20');
});

const verified = (date: string) => ({ status: 'verified', date, source: '演示' }) as const;

describe('freshness', () => {
  const unknown = { status: 'unknown', date: null, source: null } as const;
  const site = (facts: Partial<SiteProperties['verification']>, reported?: SiteProperties['reported']) =>
    ({
      verification: { location: unknown, hours: unknown, facilities: unknown, ...facts },
      ...(reported && { reported }),
    }) as SiteProperties;

  test('is the latest check of any fact', () => {
    const text = freshnessWords(site({ location: verified('2026-09-01'), hours: verified('2026-11-20') }), NOW, zh);
    expect(text).toEqual({ warning: false, text: '3 天前核实' });
  });
  test('counts a rider who confirmed it', () => {
    const confirmed = { confirmed: { count: 2, last: '2026-11-22' } };
    expect(freshnessWords(site({ hours: verified('2026-11-01') }, confirmed), NOW, zh).text).toBe('昨天骑手确认');
  });
  test('says a newer warning first, and forgets one that was checked since', () => {
    const locked = { locked: { count: 1, last: '2026-11-21' } };
    expect(freshnessWords(site({ hours: verified('2026-11-01') }, locked), NOW, zh)).toEqual({
      warning: true,
      text: '2 天前有人说“锁着门”',
    });
    expect(freshnessWords(site({ hours: verified('2026-11-22') }, locked), NOW, zh).warning).toBe(false);
  });
  test('of a publication is its date, and of nothing is "not verified"', () => {
    const reported = { status: 'reported', date: '2019-06-04', source: '报道' } as const;
    expect(freshnessWords(site({ location: reported }), NOW, zh).text).toBe('资料日期 2019年6月4日');
    expect(freshnessWords(site({}), NOW, zh).text).toBe('未核实');
  });
});

test('who rides where riding is banned is told the walk', () => {
  const found = { distanceM: 400, travelDistanceM: 520, travelTimeMin: 6.5, walked: true } as const;
  expect(farWords(found, 'ebike', zh)).toBe('约 520 米 · 步行 7 分钟（这里禁骑，未核实）');
  expect(farWords(found, 'ebike', en)).toBe('about 520 m · walk 7 min (no riding here, unverified)');
});
