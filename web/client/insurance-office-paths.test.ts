import { expect, it } from 'vitest';
import { insuranceOfficePageAt, insuranceOfficePaths } from './insurance-office-paths.ts';

it('every address leads back to its page', () => {
  expect(insuranceOfficePageAt(insuranceOfficePaths.employer())).toEqual({ page: 'employer' });
  expect(insuranceOfficePageAt('/office/employer/')).toEqual({ page: 'employer' });
  expect(insuranceOfficePageAt(insuranceOfficePaths.employerFile('a/b'))).toEqual({ page: 'employer-file', id: 'a/b' });
  for (const other of ['/office', '/office/employers', '/office/employer/%E0%A4%A', '/office/employer/a/b']) {
    expect(insuranceOfficePageAt(other)).toBeNull();
  }
});
