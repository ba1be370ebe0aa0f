import { expect, test } from 'vitest';
import { insuranceOfficeApiPaths, insuranceOfficePageAt, insuranceOfficePaths } from './insurance-office-paths.ts';

test('the addresses of 益鹭保 in the office are found again at their own paths', () => {
  const id = 'a b/ü';
  expect(
    Object.values(insuranceOfficePaths).map((path) => insuranceOfficePageAt(new URL(path(id), 'http://x').pathname)),
  ).toEqual([
    null, // what follows is a query, and this is none
    { page: 'office-new-claim' },
    { page: 'office-claim', id },
    null,
    null,
    null,
    { page: 'office-sample', id },
    { page: 'office-terms' },
    { page: 'employer' },
    { page: 'employer-file', id },
    { page: 'public-fairness' },
  ]);
  for (const path of ['claims', 'ledger', 'insurer', 'fairness'] as const) {
    expect(insuranceOfficePageAt(`${insuranceOfficePaths[path]()}/`.toUpperCase())).toEqual({ page: `office-${path}` });
  }
  for (const path of ['/office/claims/a/b', '/office', '/fairness/x', '/office/claims/%E0%A4%A']) {
    expect(insuranceOfficePageAt(path), path).toBeNull();
  }
});

test('what is not said stands in no query', () => {
  expect(insuranceOfficeApiPaths.insurerDays('a&b')).toBe('/api/office/insurer/days?insurer=a%26b');
  expect(insuranceOfficeApiPaths.publicFairness()).toBe('/api/fairness');
  expect(insuranceOfficeApiPaths.fairness('2026-01-01', '')).toBe('/api/office/fairness?from=2026-01-01');
});
