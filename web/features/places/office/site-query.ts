import { SERVICES, type Service, SITE_STATUSES, type SiteStatus } from '#domain/places/catalogue.ts';

export const SITE_SORTS = ['name', 'street', 'reports', 'verified'] as const;
export type SiteSort = (typeof SITE_SORTS)[number];

/** What the table of places shows; all of it stands in the address. Empty strings: not narrowed. */
export type SiteQuery = {
  q: string;
  street: string;
  district: string;
  status: SiteStatus | '';
  service: Service | '';
  stale: boolean;
  unplaced: boolean;
  sort: SiteSort;
  cursor: string;
};

export const NO_QUERY: SiteQuery = {
  q: '',
  street: '',
  district: '',
  status: '',
  service: '',
  stale: false,
  unplaced: false,
  sort: 'name',
  cursor: '',
};

const MOST_CHARACTERS = 100;

/** Reads an address; whatever is not known in it is left out, because old links must go on working. */
export function readSiteQuery(search: string): SiteQuery {
  const params = new URLSearchParams(search);
  const text = (name: string) => (params.get(name) ?? '').trim().slice(0, MOST_CHARACTERS);
  const code = (name: string) => (/^\d{6}(\d{3})?$/.test(text(name)) ? text(name) : '');
  return {
    q: text('q'),
    street: code('street'),
    district: code('district'),
    status: oneOf(SITE_STATUSES, text('status')) ?? '',
    service: oneOf(SERVICES, text('service')) ?? '',
    stale: params.get('stale') === '1',
    unplaced: params.get('unplaced') === '1',
    sort: oneOf(SITE_SORTS, text('sort')) ?? 'name',
    cursor: (params.get('cursor') ?? '').slice(0, 500),
  };
}

/** The query string, with its `?`, without what says nothing: also what the API and the export are asked. */
export function writeSiteQuery(query: SiteQuery, extra: Record<string, string> = {}): string {
  const params = new URLSearchParams();
  for (const name of ['q', 'street', 'district', 'status', 'service'] as const) {
    if (query[name]) params.set(name, query[name]);
  }
  if (query.stale) params.set('stale', '1');
  if (query.unplaced) params.set('unplaced', '1');
  if (query.sort !== 'name') params.set('sort', query.sort);
  if (query.cursor) params.set('cursor', query.cursor);
  for (const [name, value] of Object.entries(extra)) params.set(name, value);
  const text = params.toString();
  return text && `?${text}`;
}

/** Another filter begins at the first page; a street and a district that do not fit each other never stand together. */
export function changeSiteQuery(query: SiteQuery, change: Partial<SiteQuery>): SiteQuery {
  const next = { ...query, cursor: '', ...change };
  if (next.street && next.district && !next.street.startsWith(next.district)) {
    if ('street' in change) next.district = '';
    else next.street = '';
  }
  return next;
}

export function isNarrowed({ q, street, district, status, service, stale, unplaced }: SiteQuery): boolean {
  return Boolean(q || street || district || status || service || stale || unplaced);
}

function oneOf<Value extends string>(values: readonly Value[], text: string): Value | undefined {
  return values.find((value) => value === text);
}
