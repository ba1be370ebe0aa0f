import type { SiteDocument } from '#domain/places/site-document.ts';
import type { FormProblem } from './site-form.ts';
import type { EditorTexts } from './use-editor-texts.ts';
import type { Ground } from './use-ground.ts';

/** What every part of the form needs. */
export type FormPart = {
  document: SiteDocument;
  /** As it is stored; null for a new place. */
  stored: SiteDocument | null;
  onChange: (change: Partial<SiteDocument>) => void;
  problemAt: (path: string) => string | null;
  /** Whether the field at a path differs from what is stored. */
  changedAt: (path: string) => boolean;
  ground: Ground;
  nowMs: number;
  /** `YYYY-MM-DD` in Xiamen. */
  today: string;
};

export function problemWords(problem: FormProblem, t: EditorTexts): string {
  return problem.code === 'too-long' ? t.problems['too-long'](problem.max) : t.problems[problem.code];
}
