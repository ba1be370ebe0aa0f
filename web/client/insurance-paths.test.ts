import { expect, test } from 'vitest';
import { doorOf, insurancePageAt, insurancePaths } from './insurance-paths.ts';

const at = (address: string) => insurancePageAt(new URL(address, 'http://x').pathname);

test('every page is found again at its own address', () => {
  const door = { channel: 'qr', siteId: 'demo-001' } as const;
  expect(at(insurancePaths.enrol(door))).toEqual({ page: 'enrol' });
  expect(at(insurancePaths.cover())).toEqual({ page: 'cover' });
  expect(at(insurancePaths.newClaim(door))).toEqual({ page: 'new-claim' });
  expect(at(insurancePaths.certificate('ab/ü'))).toEqual({ page: 'certificate', code: 'ab/ü' });
  expect(at(insurancePaths.claim('x y'))).toEqual({ page: 'claim', id: 'x y' });
  expect(insurancePaths.enrol(door)).toBe('/enrol?site=demo-001&channel=qr');
  for (const path of ['/claims', '/claims/', '/claim', '/certificates/%E0%A4%A', '/enrol/x', '/office/claims/1']) {
    expect(insurancePageAt(path), path).toBeNull();
  }
});

test.each([
  ['?site=demo-001&channel=qr', { channel: 'qr', siteId: 'demo-001' }],
  ['?site=demo-001', { channel: 'site', siteId: 'demo-001' }],
  ['?site=../x&channel=site', { channel: 'site', siteId: undefined }],
  // Nobody gets an employer's channel by an address.
  ['?channel=employer_file', { channel: 'me', siteId: undefined }],
  ['', { channel: 'me', siteId: undefined }],
])('the door of %s', (search, door) => {
  expect(doorOf(search)).toEqual(door);
});
