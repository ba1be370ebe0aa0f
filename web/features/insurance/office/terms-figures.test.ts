import { expect, test } from 'vitest';
import type { PolicyTerms } from '#domain/insurance/policy-terms.ts';
import { changedFigures, listFigures, valueWords } from './terms-figures.ts';

const figure = (value: unknown) => ({ value, certainty: 'unverified', source: 'a test' });
const stored = {
  version: '2026-11',
  name: { zh: '条款', en: 'terms' },
  maxAge: figure(65),
  death: figure({ limitFen: 40_000_000 }),
} as unknown as PolicyTerms;
const m = { parts: { sharePercent: '比例' }, listComma: '、' };

test('every figure of the terms is listed, and nothing else', () => {
  expect(listFigures(stored).map(({ name }) => name)).toEqual(['maxAge', 'death']);
});

test.each([
  ['ownShareFenPerDay', 40, '¥0.40'],
  ['minAge', 16, '16'],
  ['medical', { sharePercent: 80, limitFen: 4_000_000 }, '比例 80 · limitFen ¥40,000.00'],
  ['hospital', { fenPerDay: 6000 }, 'fenPerDay ¥60.00'],
  ['gradePercents', [100, 90], '100、90'],
])('%s reads well', (name, value, expected) => {
  expect(valueWords(name, value, m)).toBe(expected);
});

test('what a new document changes is found, also what it lacks', () => {
  expect(changedFigures(stored, { ...stored })).toEqual([]);
  const changed = { ...stored, maxAge: { ...stored.maxAge, value: 70 }, death: undefined };
  expect(changedFigures(stored, changed)).toEqual(['maxAge', 'death']);
});
