/**
 * Every address of the app in one place: the pages a person can open and share, and the API behind them.
 * `paths.test.ts` lists them, so that a link that is already printed on a poster is never changed by accident.
 */
export const paths = {
  map: () => '/',
  site: (id: string) => `/sites/${encodeURIComponent(id)}`,
  sitePoster: (id: string) => `/sites/${encodeURIComponent(id)}/poster`,
  streets: () => '/streets',
  accident: () => '/accident',
  about: () => '/about',
  me: () => '/me',
} as const;

/**
 * A page and what its address says. The map and the card of a place are one page. `other`: what is behind a sign-in
 * (office-paths.ts), or nothing.
 */
export type PageAddress =
  | { page: 'map'; siteId?: string | undefined }
  | { page: 'poster'; siteId: string }
  | { page: 'streets' | 'accident' | 'about' | 'other' };

/** The page at a path: `paths` read backwards. Capitals and a slash at the end are forgiven. */
export function pageAt(pathname: string): PageAddress {
  if (pathname === '/') return { page: 'map' };
  const page = /^\/(streets|accident|about)\/?$/i.exec(pathname)?.[1]?.toLowerCase();
  if (page) return { page: page as 'streets' | 'accident' | 'about' };
  const [, id, poster] = /^\/sites\/([^/]+)(\/poster)?\/?$/i.exec(pathname) ?? [];
  if (!id) return { page: 'other' };
  try {
    const siteId = decodeURIComponent(id);
    return poster ? { page: 'poster', siteId } : { page: 'map', siteId };
  } catch {
    // A broken %-escape names nothing.
    return { page: 'other' };
  }
}

export const apiPaths = {
  sites: () => '/api/sites',
  site: (id: string) => `/api/sites/${encodeURIComponent(id)}`,
  siteReports: (id: string) => `/api/sites/${encodeURIComponent(id)}/reports`,
  jurisdictions: () => '/api/jurisdictions',
  city: () => '/api/city',
} as const;
