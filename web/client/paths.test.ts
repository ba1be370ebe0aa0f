import { expect, test } from 'vitest';
import { apiPaths, pageAt, paths } from './paths.ts';

test('addresses that people have bookmarked or printed stay what they are', () => {
  const id = 'demo-001';
  expect(Object.fromEntries(Object.entries(paths).map(([name, path]) => [name, path(id)]))).toEqual({
    map: '/',
    site: '/sites/demo-001',
    sitePoster: '/sites/demo-001/poster',
    streets: '/streets',
    accident: '/accident',
    about: '/about',
    me: '/me',
  });
  expect(Object.fromEntries(Object.entries(apiPaths).map(([name, path]) => [name, path(id)]))).toEqual({
    sites: '/api/sites',
    site: '/api/sites/demo-001',
    siteReports: '/api/sites/demo-001/reports',
    jurisdictions: '/api/jurisdictions',
    city: '/api/city',
  });
});

test('an id can never break out of its path', () => {
  expect(paths.site('../about?x=1')).toBe('/sites/..%2Fabout%3Fx%3D1');
});

test('every page is found again at its own address', () => {
  const id = 'demo 001/ü';
  expect(Object.values(paths).map((path) => pageAt(path(id)))).toEqual([
    { page: 'map' },
    { page: 'map', siteId: id },
    { page: 'poster', siteId: id },
    { page: 'streets' },
    { page: 'accident' },
    { page: 'about' },
    { page: 'other' },
  ]);
});

test('the editor of a place, a new one and its history are one address each', () => {});

test('a slash at the end and capitals do not lose the page, other addresses have none', () => {
  expect(pageAt('/Streets/')).toEqual({ page: 'streets' });
  expect(pageAt('/sites/demo-001/')).toEqual({ page: 'map', siteId: 'demo-001' });
  for (const path of ['/sites', '/sites/', '/sites/a/b', '/sites/%E0%A4%A/poster', '/about/us', '/x']) {
    expect(pageAt(path)).toEqual({ page: 'other' });
  }
});
