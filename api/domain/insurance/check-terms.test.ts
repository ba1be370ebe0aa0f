import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { checkTerms } from './check-terms.ts';
import { PolicyTerms } from './policy-terms-contract.ts';

const file = new URL('../../../seed/reference/policy-terms.json', import.meta.url);
const terms = { ...PolicyTerms.parse(JSON.parse(readFileSync(file, 'utf8'))), validFrom: '2026-03-11' };
const paths = (changed: Partial<PolicyTerms>) =>
  checkTerms({ ...terms, ...changed }, '2026-03-10').map(({ path }) => path);
const is = <T>(value: T) => ({ value, certainty: 'unverified' as const, source: 'a test' });

describe('terms to be put in force', () => {
  it('may begin tomorrow at the earliest', () => {
    expect(paths({})).toEqual([]);
    expect(paths({ validFrom: '2026-03-10' })).toEqual(['validFrom']);
  });

  it.each<[string, Partial<PolicyTerms>]>([
    ['maxAge', { minAge: is(66) }],
    ['aheadDays', { startsAfterDays: is(30), aheadDays: is(29) }],
    ['death', { death: is({ limitFen: 40_000_001 }) }],
    ['disability', { disability: is({ limitFen: 40_000_001, gradePercents: [100] }) }],
    ['medical', { medical: is({ sharePercent: 80, deductibleFen: 0, limitFen: 40_000_001 }) }],
  ])('must not contradict themselves: %s', (path, changed) => {
    expect(paths(changed)).toEqual([path]);
  });
});
