/** The API behind the editor of places. Apart from paths.ts, so that a rider's phone does not carry it. */
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
