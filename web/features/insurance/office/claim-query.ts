import { CLAIM_STATES, type ClaimState } from '#domain/insurance/claim-lifecycle.ts';

/** What the queue shows; all of it stands in the address. Empty strings: not narrowed. */
export type ClaimQuery = {
  /** Also what waits for somebody else, or for nobody. */
  all: boolean;
  state: ClaimState | '';
  street: string;
  overdue: boolean;
  q: string;
};

export const NO_CLAIM_QUERY: ClaimQuery = { all: false, state: '', street: '', overdue: false, q: '' };

/** Reads an address; whatever is not known in it is left out. */
export function readClaimQuery(search: string): ClaimQuery {
  const params = new URLSearchParams(search);
  const text = (name: string) => params.get(name) ?? '';
  return {
    all: text('all') === '1',
    state: CLAIM_STATES.find((state) => state === text('state')) ?? '',
    street: /^\d{6}(\d{3})?$/.test(text('street')) ? text('street') : '',
    overdue: text('overdue') === '1',
    q: numberPart(text('q')),
  };
}

/** What of a typed text can be part of a claim's number. */
export function numberPart(text: string): string {
  return text
    .normalize('NFKC')
    .replaceAll(/[^0-9A-Za-z-]/g, '')
    .slice(0, 20);
}

export function isClaimQueryNarrowed({ state, street, overdue, q }: ClaimQuery): boolean {
  return Boolean(state || street || overdue || q);
}

/** The address of a view, with its `?`, without what says nothing. */
export function writeClaimQuery({ all, ...query }: ClaimQuery): string {
  return write(query, all && { all: '1' });
}

/** The same as the API is asked. */
export function claimApiQuery({ all, ...query }: ClaimQuery, extra: Record<string, string> = {}): string {
  return write(query, { ...(!all && { waitsFor: 'me' }), ...extra });
}

function write({ state, street, overdue, q }: Omit<ClaimQuery, 'all'>, extra: Record<string, string> | false): string {
  const params = new URLSearchParams({
    ...(state && { state }),
    ...(street && { street }),
    ...(overdue && { overdue: '1' }),
    ...(q && { q }),
    ...extra,
  });
  const text = params.toString();
  return text && `?${text}`;
}
