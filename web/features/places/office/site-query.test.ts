import { describe, expect, test } from 'vitest';
import { changeSiteQuery, isNarrowed, NO_QUERY, readSiteQuery, writeSiteQuery } from './site-query.ts';

describe('the table of places in the address', () => {
  test('is read back as it was written', () => {
    const query = {
      ...NO_QUERY,
      q: '工会 &=',
      street: '350203001',
      status: 'open',
      service: 'water',
      stale: true,
      sort: 'verified',
      cursor: 'abc+/=',
    } as const;
    expect(readSiteQuery(writeSiteQuery(query))).toEqual(query);
    expect(writeSiteQuery(NO_QUERY)).toBe('');
  });

  test('leaves out what it does not know', () => {
    expect(readSiteQuery('?street=abc&status=gone&service=x&sort=size&stale=yes&foo=1')).toEqual(NO_QUERY);
    expect(readSiteQuery(`?q=${'a'.repeat(500)}`).q).toHaveLength(100);
  });

  test('begins at the first page with another filter, and stays there with none', () => {
    const second = { ...NO_QUERY, cursor: 'c' };
    expect(changeSiteQuery(second, { q: 'a' }).cursor).toBe('');
    expect(changeSiteQuery(second, { cursor: 'd' }).cursor).toBe('d');
  });

  test('never asks for a street of another district', () => {
    const query = { ...NO_QUERY, district: '350203', street: '350203001' };
    expect(changeSiteQuery(query, { district: '350211' })).toMatchObject({ district: '350211', street: '' });
    expect(changeSiteQuery(query, { street: '350211001' })).toMatchObject({ district: '', street: '350211001' });
    expect(changeSiteQuery(query, { street: '350203002' })).toMatchObject({ district: '350203', street: '350203002' });
  });

  test('knows whether anything is narrowed; the order and the page narrow nothing', () => {
    expect(isNarrowed({ ...NO_QUERY, sort: 'street', cursor: 'c' })).toBe(false);
    expect(isNarrowed({ ...NO_QUERY, stale: true })).toBe(true);
  });

  test('asks the export for the same with a format', () => {
    expect(writeSiteQuery({ ...NO_QUERY, q: 'a', cursor: 'c' }, { format: 'csv' })).toBe('?q=a&cursor=c&format=csv');
  });
});
