/**
 * The addresses of the editor of places and the API behind it. Apart from paths.ts, so that a rider's phone does not
 * carry them.
 */
export const officeSitePaths = {
  edit: (id: string) => `/office/sites/${encodeURIComponent(id)}`,
  history: (id: string) => `/office/sites/${encodeURIComponent(id)}/history`,
  new: () => '/office/sites/new',
  list: () => '/office/sites',
  import: (id: string) => `/office/import/${encodeURIComponent(id)}`,
} as const;

export const officeSiteApi = {
  workbench: () => '/api/office/workbench',
  sites: () => '/api/office/sites',
  site: (id: string) => `/api/office/sites/${encodeURIComponent(id)}`,
  revisions: (id: string) => `/api/office/sites/${encodeURIComponent(id)}/revisions`,
  restore: (id: string) => `/api/office/sites/${encodeURIComponent(id)}/restore`,
  handovers: (id: string) => `/api/office/sites/${encodeURIComponent(id)}/handovers`,
  answers: () => '/api/office/reports/answers',
  draft: (id: string) => `/api/office/drafts/${encodeURIComponent(id)}`,
  draftDecision: (id: string) => `/api/office/drafts/${encodeURIComponent(id)}/decision`,
  organisations: () => '/api/office/organisations',
} as const;
