import type { ImportSettings } from '#domain/places/import-contract.ts';
import type { StagedRow } from './stage-rows.ts';

export type Decision = 'same' | 'new' | 'skip' | null;
type Decided = Pick<StagedRow, 'fate' | 'document' | 'siteId' | 'baseRevision' | 'news'>;

/**
 * What becomes of a row by somebody's decision, or without one by the rule for near-duplicates. Only a row with a
 * candidate can be `same` or `new`; an error stays one.
 */
export function decideRow(
  row: Decided & Pick<StagedRow, 'candidate' | 'ownFate'>,
  decision: Decision,
  rule: ImportSettings['duplicates'],
): Decided {
  const { candidate, ownFate, document, siteId, baseRevision, news } = row;
  const said = decision ?? (ownFate === 'duplicate' ? rule : 'ask');
  if (!candidate) {
    const fate = ownFate !== 'error' && said === 'skip' ? 'skipped' : ownFate;
    return { fate, document, siteId, baseRevision, news };
  }
  const asNew = { ...candidate.asNew, baseRevision: null };
  if (said === 'new') return { fate: 'new', ...asNew };
  if (said !== 'same') return { fate: said === 'skip' ? 'skipped' : 'duplicate', ...asNew };
  // The same as an earlier row of this file: that one goes in.
  if (!candidate.asSame) return { fate: 'skipped', ...asNew };
  const { changes, ...asSame } = candidate.asSame;
  return { fate: changes ? 'changed' : 'same', siteId: candidate.siteId, ...asSame };
}
