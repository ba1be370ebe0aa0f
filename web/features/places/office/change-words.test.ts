import { expect, test } from 'vitest';
import { details } from '../../../client/messages/zh/details.ts';
import { office } from '../../../client/messages/zh/office.ts';
import { places } from '../../../client/messages/zh/places.ts';
import { changeWords } from './change-words.ts';

const card = { ...places, ...details };

test.each([
  ['name', '旧名', '新名', ['名称', '旧名', '新名']],
  ['services.water.hours', null, 'Mo-Fr 08:00-18:00', ['饮水 · 时间', '没有', 'Mo-Fr 08:00-18:00']],
  ['services.rest.facilities.toilet', false, true, ['休息 · 设施 · 厕所', '没有', '有']],
  ['services.rest.facilities', { toilet: true }, {}, ['休息 · 设施', '厕所: 有', '没有']],
  ['status', 'open', 'closed_for_now', ['状态', '开放', '暂停']],
  ['point', null, { lng: 118.1, lat: 24.5 }, ['坐标', '没有', '118.10000, 24.50000']],
  ['something.new', 1, [2], ['something.new', '1', '[2]']],
])('%s from %j to %j is said in words', (path, before, after, [field, from, to]) => {
  expect(changeWords({ path, before, after }, office, card)).toEqual({ field, before: from, after: to });
});

test('a long value is cut', () => {
  expect(changeWords({ path: 'note', before: '', after: '长'.repeat(500) }, office, card).after).toHaveLength(81);
});
