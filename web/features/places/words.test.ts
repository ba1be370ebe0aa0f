import { describe, expect, test } from 'vitest';
import { changedSource, checkedSource } from '#domain/places/fact-source.ts';
import type { SiteProperties } from '#domain/places/site.ts';
import type { Opening } from '#domain/time/opening-hours.ts';
import { instantOf } from '#domain/time/shanghai.ts';
import { details } from '../../client/messages/zh/details.ts';
import { places as en } from '../../client/messages/en/places.ts';
import { places as zh } from '../../client/messages/zh/places.ts';
import { freshnessWords } from './freshness-words.ts';
import { factWords } from './fact-words.ts';
import {
  clockWords,
  distanceWords,
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

const unknown = { status: 'unknown', date: null, source: null } as const;
const site = (facts: Partial<SiteProperties['verification']>, reported?: SiteProperties['reported']) =>
  ({
    precisionM: 30,
    services: [{ service: 'rest', hours: 'Mo-Su 08:00-22:00' }],
    facilities: { toilet: true },
    verification: { location: unknown, hours: unknown, facilities: unknown, ...facts },
    ...(reported && { reported }),
  }) as SiteProperties;
const allOn = (date: string) => ({ location: verified(date), hours: verified(date), facilities: verified(date) });

const words = (...args: Parameters<typeof site>) => freshnessWords(site(...args), NOW, zh);
const checkedBy = (date: string) => ({ ...verified(date), source: checkedSource('滨海街道', 'on_site') });

describe('the freshness of a place in the list', () => {
  test('is that of the least sure of where it is and when it opens, not of the newest check', () => {
    const facts = {
      location: verified('2026-11-20'),
      hours: verified('2026-07-20'),
      facilities: verified('2026-11-22'),
    };
    expect(words(facts)).toEqual({ freshness: 'ageing', text: '4 个月前核实' });
    expect(words(allOn('2026-11-20'))).toEqual({ freshness: 'fresh', text: '3 天前核实' });
    expect(words({ location: verified('2026-11-20') })).toEqual({ freshness: 'never', text: '未核实' });
  });
  test('does not count a fact that nothing is said of', () => {
    const noHours = { ...site({ location: verified('2026-11-20') }), services: [], facilities: {} };
    expect(freshnessWords(noHours, NOW, zh)).toEqual({ freshness: 'fresh', text: '3 天前核实' });
  });
  test('decays while the phone lies in a pocket', () => {
    const kept = site(allOn('2026-11-20'));
    const after = (days: number) => freshnessWords(kept, NOW + days * 24 * 3600_000, zh);
    expect(after(60)).toEqual({ freshness: 'fresh', text: '2 个月前核实' });
    expect(after(120)).toEqual({ freshness: 'ageing', text: '4 个月前核实' });
    expect(after(240)).toEqual({ freshness: 'stale', text: '8 个月前核实，可能变了' });
  });
  test('counts riders who confirmed it', () => {
    expect(words(allOn('2026-11-01'), { confirmed: { count: 2, last: '2026-11-22' } }).text).toBe('昨天骑手确认');
    expect(words(allOn('2026-11-01'), { confirmed: { count: 1, last: '2026-11-22' } }).text).toBe('22 天前核实');
  });
  test('says what riders say against it, as a warning when one of them was there', () => {
    const text = '2 天前有人说“锁着门”';
    expect(words(allOn('2026-11-01'), { locked: { count: 1, near: 1, last: '2026-11-21' } })).toEqual({
      freshness: 'contested',
      text,
    });
    expect(words(allOn('2026-11-01'), { locked: { count: 1, last: '2026-11-21' } })).toEqual({
      freshness: 'ageing',
      text,
    });
    expect(words(allOn('2026-11-22'), { locked: { count: 1, last: '2026-11-21' } }).freshness).toBe('fresh');
  });
  test('of a publication is its date, and of nothing is "not verified"', () => {
    const reported = { status: 'reported', date: '2019-06-04', source: '报道' } as const;
    expect(words({ location: reported, hours: reported })).toEqual({
      freshness: 'stale',
      text: '资料日期 2019年6月4日，可能变了',
    });
    expect(words({}).text).toBe('未核实');
  });
});

describe('what stands under a fact of the card', () => {
  const m = { ...zh, ...details };
  const under = (fact: SiteProperties['verification']['hours'], reported?: SiteProperties['reported']) => {
    const said = factWords(site({ hours: fact }, reported), 'hours', NOW, m);
    return said && `${said.freshness}: ${[...said.said, ...said.behind].join(' · ')}`;
  };

  test.each<[Parameters<typeof under>, string]>([
    [[checkedBy('2026-11-20')], 'fresh: 3 天前核实 · 滨海街道 · 到现场看过'],
    [[checkedBy('2026-07-20')], 'ageing: 4 个月前核实 · 可能变了 · 滨海街道 · 到现场看过'],
    [[checkedBy('2026-03-20')], 'stale: 8 个月前核实 · 太久没核实，很可能变了 · 滨海街道 · 到现场看过'],
    [
      [checkedBy('2026-03-20'), { confirmed: { count: 1, near: 1, last: '2026-11-22' } }],
      'fresh: 昨天骑手确认 · 滨海街道 8 个月前核实过 · 到现场看过',
    ],
    [
      [checkedBy('2026-11-20'), { locked: { count: 1, near: 1, last: '2026-11-22' } }],
      'contested: 昨天有人说“锁着门” · 滨海街道 3 天前核实过 · 到现场看过',
    ],
    [
      [checkedBy('2026-11-20'), { locked: { count: 1, last: '2026-11-22' } }],
      'ageing: 昨天有人说“锁着门” · 滨海街道 3 天前核实过 · 到现场看过',
    ],
    [
      [{ status: 'reported', date: '2026-11-20', source: changedSource('滨海街道', '2026-11-20') }],
      'ageing: 11月20日 更改 · 还没人核实 · 滨海街道',
    ],
    [[{ status: 'reported', date: '2026-11-20', source: '某日报' }], 'ageing: 资料日期 11月20日 · 还没人核实 · 某日报'],
    [[unknown], 'never: 还没人核实'],
    [[{ status: 'disputed', date: null, source: null }], 'contested: 有人说不对 · 还没人核实'],
    [
      [{ ...checkedBy('2026-11-20'), status: 'disputed' }],
      'contested: 有人说不对 · 滨海街道 3 天前核实过 · 到现场看过',
    ],
  ])('%#', (fact, expected) => expect(under(...fact)).toBe(expected));

  test('of which nothing is known is nothing, unless somebody speaks against it', () => {
    const bare = { ...site({}), precisionM: null };
    expect(factWords(bare, 'location', NOW, m)).toBeNull();
    const moved = { ...bare, reported: { moved: { count: 1, last: '2026-11-22' } } };
    expect(factWords(moved, 'location', NOW, m)!.said[0]).toBe('昨天有人说“搬走了”');
  });
});

test('who rides where riding is banned is told the walk', () => {
  const found = { distanceM: 400, travelDistanceM: 520, travelTimeMin: 6.5, walked: true } as const;
  expect(farWords(found, 'ebike', zh)).toBe('约 520 米 · 步行 7 分钟（这里禁骑，未核实）');
  expect(farWords(found, 'ebike', en)).toBe('about 520 m · walk 7 min (no riding here, unverified)');
});
