import { shanghaiDay } from '#domain/time/shanghai.ts';
import { instantOfInput } from '../../client/claim-drafts.ts';
import type { ClaimDraft } from '../../client/claim-store.ts';
import { readYuan } from '../../client/money.ts';
import type { KnownCover } from '../../client/known-cover.ts';
import { isName, judgeIdNumber } from './identity.ts';

const YEARS_BACK = 3;

/** What keeps a draft from being reported, in the order of the form. */
export type Missing =
  'when' | 'future' | 'tooOld' | 'what' | 'lines' | 'name' | 'idNumber' | 'consentIdentity' | 'consentMedical';

/** `identityKept`: the service knows name and ID number already. */
export function missingOf(draft: ClaimDraft, nowMs: number, identityKept: boolean): Missing[] {
  const missing: Missing[] = [];
  const atMs = instantOfInput(draft.happenedAt);
  if (atMs === null) missing.push('when');
  // The phone's clock may be a few minutes behind.
  else if (atMs > nowMs + 10 * 60_000) missing.push('future');
  else if (atMs < nowMs - YEARS_BACK * 366 * 86_400_000) missing.push('tooOld');
  if (!draft.whatHappened.trim()) missing.push('what');
  if (draft.lines.some(({ yuan }) => yuan.trim() !== '' && readYuan(yuan) === null)) missing.push('lines');
  if (!identityKept) {
    const today = shanghaiDay(nowMs);
    if (!isName(draft.name, today)) missing.push('name');
    if (judgeIdNumber(draft.idNumber, today).state !== 'good') missing.push('idNumber');
  }
  if (!draft.consent.identity) missing.push('consentIdentity');
  if (!draft.consent.medical) missing.push('consentMedical');
  return missing;
}

/** Whether the day is covered as far as this phone knows; null: it knows nothing at all. */
export function isKnownCovered(day: string, known: readonly KnownCover[] | null): boolean | null {
  if (known === null) return null;
  return known.some(({ from, to, held }) => !held && from <= day && day <= to);
}
