import type {
  AnswerReports,
  AskHandover,
  ChangedMeanwhile,
  Decide,
  DraftView,
  FactState,
  OfficeSite,
  OfficeSitePage as OfficeSitePageSchema,
  RevisionView,
  SavedSite,
  SaveDraft,
  ScorecardRow,
  VerifyFact,
  Workbench,
} from '#domain/places/office-contract.ts';
import type { SiteDocument } from '#domain/places/site-document.ts';
import type { z } from 'zod';
import { ask } from './ask.ts';
import { officeApiPaths } from './office-paths.ts';
import { type Problem, RequestRefused } from './request.ts';

export type OfficeSitePage = z.infer<typeof OfficeSitePageSchema>;
export type Scorecard = { rows: ScorecardRow[]; asOf: string };
export type Organisations = { organisations: { id: string; name: string }[] };

/** What a save carries. */
export type SiteSave = {
  document: SiteDocument;
  reason?: string | undefined;
  verify: VerifyFact[];
  answers?: AnswerReports | undefined;
};

/** Why something did not happen. `signed-out` and `offline` can be tried again without losing anything. */
export type Refusal =
  | { status: 'offline' }
  | { status: 'signed-out' }
  | { status: 'forbidden'; problem: Problem | null }
  | { status: 'not-found' }
  | { status: 'refused'; problem: Problem | null };

export type SaveOutcome =
  { status: 'saved'; site: SavedSite } | { status: 'changed-meanwhile'; current: ChangedMeanwhile } | Refusal;

export async function loadOfficeSite(id: string): Promise<{ status: 'found'; site: OfficeSite } | Refusal> {
  return attempt(async () => ({ status: 'found', site: await ask<OfficeSite>(officeApiPaths.site(id)) }));
}

/** Saves over revision `revision`. A new place has none, and the same `newId` again makes no second one. */
export async function saveOfficeSite(
  target: { id: string; revision: number } | null,
  save: SiteSave,
  newId: string,
): Promise<SaveOutcome> {
  if (!target) return attemptSave(() => send('POST', officeApiPaths.sites(), { id: newId, ...save }));
  return attemptSave(() => send('PUT', officeApiPaths.site(target.id), save, target.revision));
}

export async function restoreRevision(
  id: string,
  currentRevision: number,
  body: { revision: number; reason?: string | undefined },
): Promise<SaveOutcome> {
  return attemptSave(() => send('POST', officeApiPaths.restore(id), body, currentRevision));
}

export async function listRevisions(
  id: string,
  before?: number,
): Promise<{ status: 'found'; revisions: RevisionView[] } | Refusal> {
  const query = before === undefined ? '' : `?before=${before}`;
  return attempt(async () => {
    const { revisions } = await ask<{ revisions: RevisionView[] }>(officeApiPaths.revisions(id) + query);
    return { status: 'found', revisions };
  });
}

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

export async function saveDraft(
  id: string,
  draft: z.input<typeof SaveDraft>,
): Promise<{ status: 'done'; draft: DraftView } | Refusal> {
  return attempt(async () => {
    return { status: 'done', draft: await ask<DraftView>(officeApiPaths.draft(id), { method: 'PUT', body: draft }) };
  });
}

export function askHandover(siteId: string, body: z.input<typeof AskHandover>): Promise<unknown> {
  return ask(officeApiPaths.handovers(siteId), { method: 'POST', body });
}

/**
 * Open drafts and proposals, one's own and colleagues', about one place or (null) about a new one; and one's own newest
 * proposal when it was sent back.
 */
export async function findDrafts(siteId: string | null): Promise<DraftView[]> {
  const answer = await attempt(async () => ({
    status: 'found' as const,
    workbench: await ask<Workbench>(officeApiPaths.workbench()),
  }));
  if (answer.status !== 'found') return [];
  const { drafts, proposals } = answer.workbench;
  const here = [...drafts, ...proposals].filter(({ site }) => (site?.id ?? null) === siteId);
  const latest = here.find(({ kind, mine }) => kind === 'proposal' && mine);
  return here.filter((draft) => draft.state === 'open' || (draft === latest && draft.state === 'rejected'));
}

export async function listOrganisations(): Promise<{ id: string; name: string }[]> {
  const answer = await attempt(async () => ({
    status: 'found' as const,
    body: await ask<{ organisations: { id: string; name: string }[] }>(officeApiPaths.organisations()),
  }));
  return answer.status === 'found' ? answer.body.organisations : [];
}

/** How a change went that answers nothing, where a refusal is to be said and not thrown. */
export function outcomeOf(change: Promise<unknown>): Promise<{ status: 'done' } | Refusal> {
  return attempt(async () => {
    await change;
    return { status: 'done' };
  });
}

/** Sends a change of what stands at a revision. */
function send(method: 'PUT' | 'POST', path: string, body: unknown, revision?: number): Promise<SavedSite> {
  return ask(path, { method, body, ...(revision !== undefined && { headers: { 'if-match': `"r${revision}"` } }) });
}

async function attemptSave(run: () => Promise<SavedSite>): Promise<SaveOutcome> {
  try {
    return { status: 'saved', site: await run() };
  } catch (error) {
    const current = error instanceof RequestRefused && error.status === 412 ? currentIn(error.problem) : null;
    return current ? { status: 'changed-meanwhile', current } : refusalOf(error);
  }
}

function currentIn(problem: Problem | null): ChangedMeanwhile | null {
  return (problem as { current?: ChangedMeanwhile } | null)?.current ?? null;
}

async function attempt<T>(run: () => Promise<T>): Promise<T | Refusal> {
  try {
    return await run();
  } catch (error) {
    return refusalOf(error);
  }
}

function refusalOf(error: unknown): Refusal {
  if (!(error instanceof RequestRefused)) return { status: 'offline' };
  const { status, problem } = error;
  if (status === 401) return { status: 'signed-out' };
  if (status === 403) return { status: 'forbidden', problem };
  if (status === 404) return { status: 'not-found' };
  return { status: 'refused', problem };
}
