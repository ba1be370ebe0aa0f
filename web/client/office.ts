import type { z } from 'zod';
import type {
  AnswerReports,
  Decide,
  FactState,
  OfficeSitePage as OfficeSitePageSchema,
  ScorecardRow,
  VerifyFact,
} from '#domain/places/office-contract.ts';
import { ask } from './ask.ts';
import { officeApiPaths } from './office-paths.ts';

export type OfficeSitePage = z.infer<typeof OfficeSitePageSchema>;
export type Scorecard = { rows: ScorecardRow[]; asOf: string };
export type Organisations = { organisations: { id: string; name: string }[] };

/** The API takes this many reports in one answer. */
const MOST_REPORTS = 500;

/** Tells the senders of reports what became of them; more than one request when there are very many. */
export async function answerReports({ reportIds, ...answer }: AnswerReports): Promise<{ answered: number }> {
  let answered = 0;
  for (let from = 0; from < reportIds.length; from += MOST_REPORTS) {
    const body: AnswerReports = { ...answer, reportIds: reportIds.slice(from, from + MOST_REPORTS) };
    answered += (await ask<{ answered: number }>(officeApiPaths.answers(), { method: 'POST', body })).answered;
  }
  return { answered };
}

export function verifyFact(siteId: string, body: VerifyFact): Promise<{ facts: FactState[] }> {
  return ask(officeApiPaths.verifications(siteId), { method: 'POST', body });
}

export function decideDraft(id: string, body: z.infer<typeof Decide>): Promise<unknown> {
  return ask(officeApiPaths.decideDraft(id), { method: 'POST', body });
}

export function withdrawDraft(id: string): Promise<void> {
  return ask(officeApiPaths.draft(id), { method: 'DELETE' });
}

export function decideHandover(id: string, body: z.infer<typeof Decide>): Promise<unknown> {
  return ask(officeApiPaths.decideHandover(id), { method: 'POST', body });
}
