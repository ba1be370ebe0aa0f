import type { Refusal } from '../../client/office.ts';
import type { RequestRefused } from '../../client/request.ts';
import type { EditorTexts } from './use-editor-texts.ts';

/** Why it did not happen and what to do: by the problem's code, with the server's own words where there are none. */
export function refusalWords(refusal: Refusal, t: EditorTexts): string {
  const words = t.failures[refusal.status];
  if (refusal.status !== 'refused' && refusal.status !== 'forbidden') return words;
  const { problem } = refusal;
  const byCode = problem && t.failures.codes[problem.code];
  if (byCode) return byCode;
  const details = problem?.errors?.map(({ path, message }) => `${path}: ${message}`).join('; ') ?? problem?.detail;
  return details ? t.failures.withDetail(words, details) : words;
}

/** Why a photo was not taken; null: there was no network. */
export function photoRefusal(error: RequestRefused | null, t: EditorTexts): string {
  if (!error) return t.failures.offline;
  if (error.status === 401) return t.failures['signed-out'];
  return refusalWords({ status: error.status === 403 ? 'forbidden' : 'refused', problem: error.problem }, t);
}
