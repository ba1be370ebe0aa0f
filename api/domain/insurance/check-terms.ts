import type { PolicyTerms } from './policy-terms.ts';

/**
 * What is wrong with terms that shall be put in force, beyond the shape of the document; empty: nothing. They may not
 * begin before tomorrow: what people bought, and what happened to them, is judged by the terms of its day.
 */
export function checkTerms(terms: PolicyTerms, today: string): { path: string; message: string }[] {
  const faults: { path: string; message: string }[] = [];
  const need = (holds: boolean, path: string, message: string) => {
    if (!holds) faults.push({ path, message: `${path}: ${message}` });
  };
  need(terms.validFrom > today, 'validFrom', 'must be tomorrow or later: days that have begun keep their terms');
  need(terms.minAge.value <= terms.maxAge.value, 'maxAge', 'must not be below minAge');
  need(
    terms.startsAfterDays.value <= terms.aheadDays.value,
    'aheadDays',
    'must not be below startsAfterDays, or no day could be bought',
  );
  need(
    terms.death.value.limitFen <= terms.coverLimitFen.value,
    'death',
    'must not promise more than coverLimitFen, the limit over all claims',
  );
  need(
    terms.disability.value.limitFen <= terms.coverLimitFen.value,
    'disability',
    'must not promise more than coverLimitFen, the limit over all claims',
  );
  need(
    terms.medical.value.limitFen <= terms.coverLimitFen.value,
    'medical',
    'must not promise more than coverLimitFen, the limit over all claims',
  );
  return faults;
}
