/** The addresses of 益鹭保 in the office, and of the page that shows everybody how fair it was. */
export const insuranceOfficePaths = {
  claims: (search = '') => `/office/claims${search}`,
  newClaim: () => '/office/claims/new',
  claim: (id: string) => `/office/claims/${encodeURIComponent(id)}`,
  ledger: (search = '') => `/office/ledger${search}`,
  insurer: (search = '') => `/office/insurer${search}`,
  fairness: (search = '') => `/office/fairness${search}`,
  sample: (id: string) => `/office/fairness/${encodeURIComponent(id)}`,
  terms: () => '/office/policy-terms',
  employer: () => '/office/employer',
  employerFile: (id: string) => `/office/employer/${encodeURIComponent(id)}`,
  publicFairness: (quarter?: string) => `/fairness${quarter ? `?quarter=${encodeURIComponent(quarter)}` : ''}`,
} as const;

export type InsuranceOfficeAddress =
  | { page: 'office-claims' | 'office-new-claim' | 'office-ledger' | 'office-insurer' }
  | { page: 'office-fairness' | 'office-terms' | 'public-fairness' | 'employer' }
  | { page: 'office-claim'; id: string }
  | { page: 'office-sample'; id: string }
  | { page: 'employer-file'; id: string };

const FIXED: Record<string, InsuranceOfficeAddress> = {
  '/office/claims': { page: 'office-claims' },
  '/office/claims/new': { page: 'office-new-claim' },
  '/office/ledger': { page: 'office-ledger' },
  '/office/insurer': { page: 'office-insurer' },
  '/office/fairness': { page: 'office-fairness' },
  '/office/policy-terms': { page: 'office-terms' },
  '/office/employer': { page: 'employer' },
  '/fairness': { page: 'public-fairness' },
};

/** The pages of one of many. */
const ROOMS = { claims: 'office-claim', fairness: 'office-sample', employer: 'employer-file' } as const;

/** The page at a path: `insuranceOfficePaths` read backwards; null for any other address. */
export function insuranceOfficePageAt(pathname: string): InsuranceOfficeAddress | null {
  const fixed = FIXED[pathname.replace(/\/$/, '').toLowerCase()];
  if (fixed) return fixed;
  const [, room, encoded] = /^\/office\/(claims|fairness|employer)\/([^/]+)\/?$/i.exec(pathname) ?? [];
  if (!room || !encoded) return null;
  try {
    const id = decodeURIComponent(encoded);
    return { page: ROOMS[room.toLowerCase() as keyof typeof ROOMS], id };
  } catch {
    return null;
  }
}

export const insuranceOfficeApiPaths = {
  claims: (search = '') => `/api/office/claims${search}`,
  waiting: () => '/api/office/claims/waiting',
  calculate: (id: string) => `/api/claims/${encodeURIComponent(id)}/calculate`,
  month: (month: string) => `/api/office/ledger/months/${encodeURIComponent(month)}`,
  balances: () => '/api/office/ledger/balances',
  postings: (search: string) => `/api/office/ledger/postings${search}`,
  settlements: () => '/api/office/ledger/settlements',
  insurerDays: (insurer: string, after?: string) => `/api/office/insurer/days${query({ insurer, after })}`,
  passedClaims: (insurer: string, which: string, after?: string) =>
    `/api/office/insurer/claims${query({ insurer, which, after })}`,
  claimsFile: (insurer: string, file: string) => `/api/office/insurer/claims/files/${file}${query({ insurer })}`,
  insurerPayments: () => '/api/office/insurer/claims/payments',
  reconciliation: (insurer: string) => `/api/office/insurer/claims/reconciliation${query({ insurer })}`,
  feedKey: () => '/api/insurer-feed/key',
  fairness: (from: string, to: string) => `/api/office/fairness${query({ from, to })}`,
  publicFairness: (quarter?: string) => `/api/fairness${query({ quarter })}`,
  reviews: () => '/api/office/reviews',
  sample: (id: string) => `/api/office/reviews/${encodeURIComponent(id)}`,
  review: (id: string, claimId: string) =>
    `/api/office/reviews/${encodeURIComponent(id)}/${encodeURIComponent(claimId)}`,
  terms: () => '/api/office/policy-terms',
} as const;

function query(said: Record<string, string | undefined>): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(said)) if (value) params.set(name, value);
  const text = params.toString();
  return text && `?${text}`;
}
