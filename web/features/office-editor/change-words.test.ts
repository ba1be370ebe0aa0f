import { describe, expect, test } from 'vitest';
import type { FieldChange } from '#domain/places/office-contract.ts';
import { details } from '../../client/messages/zh/details.ts';
import { officeEditor } from '../../client/messages/zh/office-editor.ts';
import { places } from '../../client/messages/zh/places.ts';
import { changeWords } from './change-words.ts';
import { hoursWords, seasonWords } from './hours-words.ts';
import { emptyService } from './site-form.ts';
import type { EditorTexts } from './use-editor-texts.ts';

const { services, facilities } = details;
const { access, reportKinds } = places;
const t: EditorTexts = { ...officeEditor, names: { services, facilities, access, reportKinds } };
const names = { jurisdiction: () => '中华街道', organisation: () => '总工会', site: () => '新驿站' };
const say = (change: FieldChange) => {
  const { label, before, after } = changeWords(change, t, names);
  return `${label}: ${before} → ${after}`;
};

describe('a change in words', () => {
  test.each([
    [{ path: 'phone', before: null, after: '0592' }, '电话: 不清楚 → 0592'],
    [{ path: 'note', before: '旧', after: null }, '说明: 旧 → （空）'],
    [{ path: 'streetCode', before: null, after: '350203005' }, '街道: 不清楚 → 中华街道'],
    [{ path: 'status', before: 'planned', after: 'open' }, '状态: 筹备中（骑手还看不到） → 开放'],
    [{ path: 'precisionM', before: 100, after: 20 }, '精度（米）: 100 米 → 20 米'],
    [{ path: 'services.water.price', before: null, after: 'free' }, '饮水 · 收费: 不清楚 → 免费'],
    [
      { path: 'services.rest.hours', before: '24/7', after: 'Mo-Fr 08:00-18:00; PH off' },
      '休息 · 开放时间: 24 小时 → 周一至周五 08:00–18:00；节假日 不开',
    ],
    [
      { path: 'services.rest.facilities', before: { toilet: true, wifi: true }, after: { toilet: false, wifi: true } },
      '休息 · 设施: 厕所：有 → 厕所：没有',
    ],
    [{ path: 'services', before: ['water', 'rest'], after: ['rest', 'water'] }, '服务的次序: 饮水、休息 → 休息、饮水'],
  ])('%j', (change, words) => {
    expect(say(change)).toBe(words);
  });

  test('of a point says how far it moved', () => {
    const before = { lng: 118.1, lat: 24.5 };
    const after = { lng: 118.1, lat: 24.501 };
    expect(say({ path: 'point', before, after })).toBe(
      '坐标: 118.100000, 24.500000 → 118.100000, 24.501000（移 110 米）',
    );
  });

  test('of a service that came says what it is', () => {
    const water = { ...emptyService('water'), hours: '24/7', facilities: { toilet: true } };
    expect(say({ path: 'services.water', before: null, after: water })).toBe('饮水: （空） → 24 小时 · 厕所：有');
  });
});

describe('hours in words', () => {
  test.each([
    ['24/7', '24 小时'],
    ['off', '每天 不开'],
    ['Mo-Su 22:00-06:00', '每天 22:00–次日06:00'],
    ['Mo-Fr 08:15-12:00; Sa,Su 09:00-12:00', '周一至周五 08:15–12:00；周六、周日 09:00–12:00'],
    ['24/7; 2026 Feb 16-20 off', '24 小时；另有 1 个特别的日子'],
    ['Jun-Sep 08:00-20:00', 'Jun-Sep 08:00-20:00'],
    ['每天早八点', '每天早八点'],
  ])('%s', (text, words) => {
    expect(hoursWords(text, t)).toBe(words);
  });

  test('a season is said in days', () => {
    expect(seasonWords('Jun 01-Sep 30', t)).toBe('6月1日–9月30日');
    expect(seasonWords('2026 Jun 01-Sep 30', t)).toBe('2026 Jun 01-Sep 30');
  });
});
