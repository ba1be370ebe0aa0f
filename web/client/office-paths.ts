/**
 * The addresses of everything behind a sign-in, apart from paths.ts: the first screen carries that file, and none of
 * this is needed there.
 */
export const officePaths = {
  /** `to`: where the person wanted to go. */
  signIn: (to?: string) => (to ? `/sign-in?to=${encodeURIComponent(to)}` : '/sign-in'),
  me: () => '/me',
  workbench: () => '/office',
  sites: (search = '') => `/office/sites${search}`,
  newSite: () => '/office/sites/new',
  site: (id: string) => `/office/sites/${encodeURIComponent(id)}`,
  siteHistory: (id: string) => `/office/sites/${encodeURIComponent(id)}/history`,
  imports: () => '/office/import',
  import: (id: string) => `/office/import/${encodeURIComponent(id)}`,
  scorecard: (search = '') => `/office/scorecard${search}`,
  posters: (street?: string) => `/office/posters${street ? `?street=${encodeURIComponent(street)}` : ''}`,
  accounts: () => '/office/accounts',
  people: () => '/office/people',
  /** The token is behind the #, which no browser sends to a server. */
  resetPassword: (token: string) => `/reset-password#${token}`,
} as const;

export type OfficeAddress =
  | { page: 'sign-in' | 'reset-password' | 'me' }
  | { page: 'workbench' | 'sites' | 'imports' | 'scorecard' | 'posters' | 'accounts' | 'people' }
  /** `siteId` null: a new place. */
  | { page: 'site'; siteId: string | null }
  | { page: 'site-history'; siteId: string }
  | { page: 'import'; id: string };

const FIXED: Record<string, OfficeAddress> = {
  '/sign-in': { page: 'sign-in' },
  '/me': { page: 'me' },
  '/office': { page: 'workbench' },
  '/office/sites': { page: 'sites' },
  '/office/sites/new': { page: 'site', siteId: null },
  '/office/import': { page: 'imports' },
  '/office/scorecard': { page: 'scorecard' },
  '/office/posters': { page: 'posters' },
  '/office/accounts': { page: 'accounts' },
  '/office/people': { page: 'people' },
  '/reset-password': { page: 'reset-password' },
};

/** The page at a path: `officePaths` read backwards; null for any other address. */
export function officePageAt(pathname: string): OfficeAddress | null {
  const fixed = FIXED[pathname.replace(/\/$/, '').toLowerCase()];
  if (fixed) return fixed;
  const [, room, encoded, history] = /^\/office\/(sites|import)\/([^/]+)(\/history)?\/?$/i.exec(pathname) ?? [];
  if (!room || !encoded) return null;
  const isImport = room.toLowerCase() === 'import';
  if (isImport && history) return null;
  try {
    const id = decodeURIComponent(encoded);
    if (isImport) return { page: 'import', id };
    return { page: history ? 'site-history' : 'site', siteId: id };
  } catch {
    return null;
  }
}

export const officeApiPaths = {
  sendCode: () => '/api/auth/phone-number/send-otp',
  verifyCode: () => '/api/auth/phone-number/verify',
  signInByName: () => '/api/auth/sign-in/username',
  verifyTotp: () => '/api/auth/two-factor/verify-totp',
  verifyBackupCode: () => '/api/auth/two-factor/verify-backup-code',
  newBackupCodes: () => '/api/auth/two-factor/generate-backup-codes',
  lookAtReset: () => '/api/auth/reset/look',
  useReset: () => '/api/auth/reset/use',
  changePassword: () => '/api/auth/change-password',
  people: () => '/api/people',
  findPeople: () => '/api/people/find',
  resets: () => '/api/people/resets',
  reveal: (personId: string) => `/api/people/${encodeURIComponent(personId)}/reveal`,
  enableTotp: () => '/api/auth/two-factor/enable',
  disableTotp: () => '/api/auth/two-factor/disable',
  signOut: () => '/api/auth/sign-out',
  signInOptions: () => '/api/sign-in-options',
  me: () => '/api/me',
  personalData: () => '/api/me/personal-data',
  personalField: (field: string) => `/api/me/personal-data/${encodeURIComponent(field)}`,
  withdrawConsent: (purpose: string) => `/api/me/consents/${encodeURIComponent(purpose)}/withdraw`,
  looks: () => '/api/me/looks',
  exportMe: () => '/api/me/export',
  eraseMe: () => '/api/me/erase',
  memberships: (cursor?: string) =>
    cursor ? `/api/memberships?cursor=${encodeURIComponent(cursor)}` : '/api/memberships',
  endMembership: (id: string) => `/api/memberships/${encodeURIComponent(id)}/end`,
  report: (id: string) => `/api/reports/${encodeURIComponent(id)}`,
  workbench: () => '/api/office/workbench',
  sites: (search = '') => `/api/office/sites${search}`,
  site: (id: string) => `/api/office/sites/${encodeURIComponent(id)}`,
  revisions: (id: string) => `/api/office/sites/${encodeURIComponent(id)}/revisions`,
  restore: (id: string) => `/api/office/sites/${encodeURIComponent(id)}/restore`,
  handovers: (siteId: string) => `/api/office/sites/${encodeURIComponent(siteId)}/handovers`,
  exportSites: (search: string) => `/api/office/export${search}`,
  verifications: (siteId: string) => `/api/office/sites/${encodeURIComponent(siteId)}/verifications`,
  answers: () => '/api/office/reports/answers',
  draft: (id: string) => `/api/office/drafts/${encodeURIComponent(id)}`,
  decideDraft: (id: string) => `/api/office/drafts/${encodeURIComponent(id)}/decision`,
  decideHandover: (id: string) => `/api/office/handovers/${encodeURIComponent(id)}/decision`,
  scorecard: () => '/api/office/scorecard',
  organisations: () => '/api/office/organisations',
} as const;

/** Where to go after signing in: only a path of this app, never another site. */
export function safeReturn(to: string | null): string | null {
  if (!to || !/^\/(?![/\\])/.test(to)) return null;
  // What a browser would read differently (a tab or a line break inside) is not followed.
  // oxlint-disable-next-line no-control-regex
  return /[\u0000-\u001f\\]/.test(to) || ['sign-in', 'reset-password'].includes(officePageAt(to)?.page ?? '')
    ? null
    : to;
}
