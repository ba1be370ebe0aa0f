import type { SiteFeature } from '#domain/places/site.ts';
import { apiPaths } from './paths.ts';
import { request, RequestRefused } from './request.ts';

export type SiteAnswer =
  | { status: 'found'; feature: SiteFeature }
  | { status: 'gone'; replacedBy: string | null }
  | { status: 'not-found' }
  | { status: 'unreachable' };

/** Asks the server for one site that the snapshot does not have. */
export async function fetchSite(id: string): Promise<SiteAnswer> {
  try {
    const response = await request(apiPaths.site(id));
    return { status: 'found', feature: (await response.json()) as SiteFeature };
  } catch (error) {
    if (!(error instanceof RequestRefused)) return { status: 'unreachable' };
    if (error.status === 410) return { status: 'gone', replacedBy: error.problem?.replacedBy ?? null };
    return error.status < 500 ? { status: 'not-found' } : { status: 'unreachable' };
  }
}
