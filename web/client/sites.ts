import type { SiteCollection } from '#domain/places/site.ts';
import { createKeptResource } from './kept-resource.ts';
import { apiPaths } from './paths.ts';

/** Every public site, kept on the phone; after the first time only what changed is fetched. */
export const sites = createKeptResource<SiteCollection>({
  path: apiPaths.sites(),
  renewalPath: ({ version }) => `${apiPaths.sites()}?since=${version}`,
  // Not needed at the first visit, and soon enough at the later ones.
  merge: async (kept, changes) => (await import('./merge-changes.ts')).mergeChanges(kept, changes),
});
