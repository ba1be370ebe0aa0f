import { expect, test } from 'vitest';
import { editorQuery, factOfReport } from './report-fact.ts';

test('a report opens the editor at the fact that it speaks of', () => {
  expect(editorQuery({ fact: factOfReport('no_water'), reportIds: ['a', 'b'] })).toBe('?fact=facilities&reports=a,b');
  expect(editorQuery({ fact: factOfReport('confirmed'), reportIds: ['a'] })).toBe('?reports=a');
  expect(editorQuery({ draftId: 'd' })).toBe('?draft=d');
  expect(editorQuery({})).toBe('');
});

test('hundreds of reports do not make an address that no server takes', () => {
  const reportIds = Array.from({ length: 500 }, () => '00000000-0000-4000-8000-000000000000');
  expect(editorQuery({ fact: 'hours', reportIds }).length).toBeLessThan(2500);
});
