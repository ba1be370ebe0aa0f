import type { Channel } from '#domain/insurance/enrolment.ts';

/** Through which door somebody comes: kept with the enrolment or the claim, for planning. */
export type Door = { channel: Channel; siteId?: string | undefined };

/** The addresses of 益鹭保 for riders, apart from paths.ts for the same reason as office-paths.ts. */
export const insurancePaths = {
  enrol: (door: Door, order?: string) => `/enrol${query(door, order && { order })}`,
  cover: () => '/cover',
  certificate: (code: string) => `/certificates/${encodeURIComponent(code)}`,
  newClaim: (door: Door, draft?: string) => `/claim/new${query(door, draft && { draft })}`,
  claim: (id: string) => `/claims/${encodeURIComponent(id)}`,
} as const;

export type InsuranceAddress =
  { page: 'enrol' | 'cover' | 'new-claim' } | { page: 'certificate'; code: string } | { page: 'claim'; id: string };

/** The page at a path: `insurancePaths` read backwards; null for any other address. */
export function insurancePageAt(pathname: string): InsuranceAddress | null {
  const plain = pathname.replace(/\/$/, '').toLowerCase();
  if (plain === '/enrol') return { page: 'enrol' };
  if (plain === '/cover') return { page: 'cover' };
  if (plain === '/claim/new') return { page: 'new-claim' };
  const [, room, encoded] = /^\/(certificates|claims)\/([^/]+)\/?$/i.exec(pathname) ?? [];
  if (!room || !encoded) return null;
  try {
    const id = decodeURIComponent(encoded);
    return room.toLowerCase() === 'claims' ? { page: 'claim', id } : { page: 'certificate', code: id };
  } catch {
    return null;
  }
}

export const insuranceApiPaths = {
  policyTerms: () => '/api/policy-terms',
  enrolments: () => '/api/enrolments',
  enrolment: (id: string) => `/api/enrolments/${encodeURIComponent(id)}`,
  cancel: (id: string) => `/api/enrolments/${encodeURIComponent(id)}/cancel`,
  payAgain: (id: string) => `/api/enrolments/${encodeURIComponent(id)}/payment`,
  simulate: (paymentId: string) => `/api/payments/${encodeURIComponent(paymentId)}/simulate`,
  myCover: () => '/api/me/cover',
  confirmPerson: () => '/api/me/cover/person',
  certificate: (code: string) => `/api/certificates/${encodeURIComponent(code)}`,
  certificateQr: (code: string) => `/api/certificates/${encodeURIComponent(code)}/qr.svg`,
  claims: () => '/api/claims',
  claim: (id: string) => `/api/claims/${encodeURIComponent(id)}`,
  claimActions: (id: string) => `/api/claims/${encodeURIComponent(id)}/actions`,
  myClaims: (cursor?: string) => `/api/me/claims${cursor ? `?cursor=${encodeURIComponent(cursor)}` : ''}`,
} as const;

/** The door that an address names; somebody who typed it came by 我的. */
export function doorOf(search: string): Door {
  const said = new URLSearchParams(search);
  const channel = said.get('channel');
  const siteId = said.get('site') ?? undefined;
  // What is not a site's id would be refused with the whole enrolment.
  const known = siteId && siteId.length <= 64 && /^[a-z0-9]+(-[a-z0-9]+)*$/.test(siteId) ? siteId : undefined;
  return { channel: channel === 'qr' || channel === 'site' ? channel : known ? 'site' : 'me', siteId: known };
}

function query({ channel, siteId }: Door, more: Record<string, string> | '' | undefined = ''): string {
  return `?${new URLSearchParams({ ...(siteId && { site: siteId }), channel, ...(more !== '' && more) })}`;
}
