import { describe, expect, test } from 'vitest';
import { officePageAt, officePaths, safeReturn } from './office-paths.ts';

describe('the addresses behind a sign-in', () => {
  test('are found again at their own paths', () => {
    const id = 'demo 001/ü';
    expect(Object.values(officePaths).map((path) => officePageAt(new URL(path(id), 'http://x').pathname))).toEqual([
      { page: 'sign-in' },
      { page: 'me' },
      { page: 'workbench' },
      null, // sites(search): the id is no query
      { page: 'site', siteId: null },
      { page: 'site', siteId: id },
      { page: 'site-history', siteId: id },
      { page: 'imports' },
      { page: 'import', id },
      null,
      { page: 'posters' },
      { page: 'accounts' },
      { page: 'people' },
      { page: 'reset-password' },
    ]);
    expect(officePageAt(officePaths.sites())).toEqual({ page: 'sites' });
    expect(officePageAt(officePaths.scorecard())).toEqual({ page: 'scorecard' });
  });

  test('forgive capitals and a slash at the end; other addresses have none', () => {
    expect(officePageAt('/Office/')).toEqual({ page: 'workbench' });
    expect(officePageAt('/office/sites/a-1/History/')).toEqual({ page: 'site-history', siteId: 'a-1' });
    for (const path of [
      '/',
      '/offices',
      '/office/x',
      '/office/sites/a/b',
      '/office/import/a/history',
      '/office/sites/%E0%A4',
    ])
      expect(officePageAt(path), path).toBeNull();
  });
});

test.each([
  ['/office/sites?q=a#b', '/office/sites?q=a#b'],
  ['/', '/'],
  ['//evil.example', null],
  ['/\\evil.example', null],
  ['/\t/evil.example', null],
  ['https://evil.example', null],
  ['/sign-in', null],
  ['/reset-password', null],
  ['', null],
  [null, null],
])('after signing in %j leads to %j', (to, expected) => {
  expect(safeReturn(to)).toBe(expected);
});
