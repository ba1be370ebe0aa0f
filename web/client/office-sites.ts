import type {
  AnswerReports,
  ChangedMeanwhile,
  DraftView,
  OfficeSite,
  RevisionView,
  SavedSite,
  SaveDraft,
  VerifyFact,
  Workbench,
} from '#domain/places/office-contract.ts';
import type { SiteDocument } from '#domain/places/site-document.ts';
import type { z } from 'zod';
import { officeSiteApi } from './office-site-paths.ts';
import { type Problem, request, RequestRefused } from './request.ts';

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
  return attempt(async () => ({ status: 'found', site: await getJson<OfficeSite>(officeSiteApi.site(id)) }));
}

/** Saves over revision `revision`; a new place has none. */
export async function saveOfficeSite(
  target: { id: string; revision: number } | null,
  save: SiteSave,
): Promise<SaveOutcome> {
  const path = target ? officeSiteApi.site(target.id) : officeSiteApi.sites();
  return attemptSave(() => send(target ? 'PUT' : 'POST', path, save, target?.revision));
}

export async function restoreRevision(
  id: string,
  currentRevision: number,
  body: { revision: number; reason?: string | undefined },
): Promise<SaveOutcome> {
  return attemptSave(() => send('POST', officeSiteApi.restore(id), body, currentRevision));
}

export async function listRevisions(
  id: string,
  before?: number,
): Promise<{ status: 'found'; revisions: RevisionView[] } | Refusal> {
  const query = before === undefined ? '' : `?before=${before}`;
  return attempt(async () => {
    const { revisions } = await getJson<{ revisions: RevisionView[] }>(officeSiteApi.revisions(id) + query);
    return { status: 'found', revisions };
  });
}

export async function answerReports(answers: AnswerReports): Promise<{ status: 'done' } | Refusal> {
  return done(() => send('POST', officeSiteApi.answers(), answers));
}

export async function saveDraft(
  id: string,
  draft: z.input<typeof SaveDraft>,
): Promise<{ status: 'done'; draft: DraftView } | Refusal> {
  return attempt(async () => {
    const response = await send('PUT', officeSiteApi.draft(id), draft);
    return { status: 'done', draft: (await response.json()) as DraftView };
  });
}

export async function withdrawDraft(id: string): Promise<{ status: 'done' } | Refusal> {
  return done(() => request(officeSiteApi.draft(id), { method: 'DELETE' }));
}

export async function decideDraft(
  id: string,
  decision: { accept: boolean; reason?: string | undefined },
): Promise<{ status: 'done' } | Refusal> {
  return done(() => send('POST', officeSiteApi.draftDecision(id), decision));
}

export async function askHandover(
  siteId: string,
  body: { id: string; toStreet: string; reason?: string | undefined },
): Promise<{ status: 'done' } | Refusal> {
  return done(() => send('POST', officeSiteApi.handovers(siteId), body));
}

/**
 * Open drafts and proposals, one's own and colleagues', about one place or (null) about a new one; and one's own newest
 * proposal when it was sent back.
 */
export async function findDrafts(siteId: string | null): Promise<DraftView[]> {
  const answer = await attempt(async () => ({
    status: 'found' as const,
    workbench: await getJson<Workbench>(officeSiteApi.workbench()),
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
    body: await getJson<{ organisations: { id: string; name: string }[] }>(officeSiteApi.organisations()),
  }));
  return answer.status === 'found' ? answer.body.organisations : [];
}

async function getJson<T>(path: string): Promise<T> {
  return (await (await request(path, { cache: 'no-cache' })).json()) as T;
}

function send(method: string, path: string, body: unknown, revision?: number): Promise<Response> {
  const headers: Record<string, string> = { 'content-type': 'application/json' };
  if (revision !== undefined) headers['if-match'] = `"r${revision}"`;
  return request(path, { method, headers, body: JSON.stringify(body) });
}

async function attemptSave(run: () => Promise<Response>): Promise<SaveOutcome> {
  try {
    return { status: 'saved', site: (await (await run()).json()) as SavedSite };
  } catch (error) {
    const current = error instanceof RequestRefused && error.status === 412 ? currentIn(error.problem) : null;
    return current ? { status: 'changed-meanwhile', current } : refusalOf(error);
  }
}

function currentIn(problem: Problem | null): ChangedMeanwhile | null {
  return (problem as { current?: ChangedMeanwhile } | null)?.current ?? null;
}

function done(run: () => Promise<Response>): Promise<{ status: 'done' } | Refusal> {
  return attempt(async () => {
    await run();
    return { status: 'done' };
  });
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
