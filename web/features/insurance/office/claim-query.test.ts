import { expect, test } from 'vitest';
import { claimApiQuery, NO_CLAIM_QUERY, readClaimQuery, writeClaimQuery } from './claim-query.ts';

test('a view is found again in its address', () => {
  const query = { all: true, state: 'appealed', street: '350203011', overdue: true, q: 'LP26-1' } as const;
  expect(readClaimQuery(writeClaimQuery(query))).toEqual(query);
  expect(writeClaimQuery(NO_CLAIM_QUERY)).toBe('');
  expect(readClaimQuery('')).toEqual(NO_CLAIM_QUERY);
});

test('what is not known in an address is left out, and what waits for me is asked for first', () => {
  const query = readClaimQuery('?state=lost&street=xm&overdue=yes&q=Ａ1 号%00');
  expect(query).toEqual({ ...NO_CLAIM_QUERY, q: 'A1' });
  expect(claimApiQuery(query)).toBe('?q=A1&waitsFor=me');
  expect(claimApiQuery({ ...query, all: true }, { cursor: 'c' })).toBe('?q=A1&cursor=c');
});
