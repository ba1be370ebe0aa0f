import { VERIFIED_FACTS, type VerifiedFact } from '../catalogue.ts';
import { Day } from '../site.ts';
import { photosOf } from '../document-changes.ts';
import type { ServiceDocument, SiteDocument } from '../site-document.ts';
import { isEqual } from './site-of-row.ts';

/** How a site stands, with what is needed to judge a list that says something else. */
export type KnownSite = {
  document: SiteDocument;
  /** The day on which somebody verified the fact; null when nobody has. */
  verifiedOn: Record<VerifiedFact, string | null>;
  /** Its revisions, oldest first; `isOfList` says that an edition of this list made it. */
  history: readonly { document: SiteDocument; isOfList: boolean }[];
};

/**
 * What a list may change on a site, of all that `listed` (the row laid over the site) says differently. Kept as it is:
 * - what the list has no column for, or an empty cell in: `listed` has that from the site already;
 * - what the list said before and only repeats, where somebody corrected it since: a repetition is no news;
 * - a fact (place, hours, facilities) that was verified on the list's day or later.
 * Everything else the list changes. Services count one by one, and so do their hours, prices and facilities.
 */
export function keepCorrections(known: KnownSite, listed: SiteDocument, listDay: string): SiteDocument {
  const [now, said] = [flatten(known.document), flatten(listed)];
  const history = known.history.map(({ document, isOfList }) => ({ parts: flatten(document), isOfList }));
  const merged = new Map(said);
  for (const path of new Set([...now.keys(), ...said.keys()])) {
    const [before, after] = [now.get(path), said.get(path)];
    if (isEqual(before, after)) continue;
    const fact = factOf(path);
    const isVerified = fact !== null && (known.verifiedOn[fact] ?? '') >= listDay;
    const repeated = lastWord(history, path);
    if (!isVerified && !(repeated && isEqual(repeated.value, after))) continue;
    if (before === undefined) merged.delete(path);
    else merged.set(path, before);
  }
  // A list says nothing of photos.
  return { ...unflatten(merged, [...listed.services, ...known.document.services]), photos: photosOf(listed) };
}

/** The day that a list is of: a date in its name or its file's (2026-03-01, 20260301, 2026年3月1日), else `fallback`. */
export function dayOfList(names: readonly string[], fallback: string): string {
  for (const name of names) {
    const found = /(?<!\d)(20\d\d)(?:[-._/年](\d{1,2})[-._/月](\d{1,2})|(\d\d)(\d\d))(?!\d)/.exec(name);
    if (!found) continue;
    const [month, date] = [found[2] ?? found[4]!, found[3] ?? found[5]!];
    const day = `${found[1]}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`;
    if (Day.safeParse(day).success && day <= fallback) return day;
  }
  return fallback;
}

type Parts = Map<string, unknown>;

/** What the list itself said last: the value in its newest revision that changed this part. */
function lastWord(history: readonly { parts: Parts; isOfList: boolean }[], path: string): { value: unknown } | null {
  for (let i = history.length - 1; i >= 0; i -= 1) {
    const { parts, isOfList } = history[i]!;
    if (isOfList && (i === 0 || !isEqual(history[i - 1]!.parts.get(path), parts.get(path)))) {
      return { value: parts.get(path) };
    }
  }
  return null;
}

/** Parts that change together are one. */
const GROUPS = {
  jurisdiction: ['districtCode', 'streetCode'],
  status: ['status', 'statusUntil', 'replacedBy'],
  location: ['point', 'precisionM', 'original'],
} as const satisfies Record<string, (keyof SiteDocument)[]>;
const SINGLE = ['name', 'nameEn', 'organisationId', 'address', 'phone', 'access', 'accessNote', 'note'] as const;
const OF_SERVICE = ['hours', 'season', 'price', 'priceNote', 'capacity', 'note'] as const;

function flatten(site: SiteDocument): Parts {
  const parts: Parts = new Map(SINGLE.map((field) => [field, site[field]]));
  for (const [name, fields] of Object.entries(GROUPS)) {
    parts.set(name, Object.fromEntries(fields.map((field) => [field, site[field]])));
  }
  for (const service of site.services) {
    parts.set(`services/${service.service}`, true);
    for (const field of OF_SERVICE) parts.set(`services/${service.service}/${field}`, service[field]);
    for (const [facility, has] of Object.entries(service.facilities)) {
      parts.set(`services/${service.service}/facilities/${facility}`, has);
    }
  }
  return parts;
}

function unflatten(parts: Parts, order: readonly ServiceDocument[]): Omit<SiteDocument, 'photos'> {
  const names = [...new Set(order.map(({ service }) => service))];
  const services = names.flatMap((service) => {
    if (parts.get(`services/${service}`) !== true) return [];
    const start = `services/${service}/facilities/`;
    const facilities = [...parts].filter(([path]) => path.startsWith(start));
    return {
      service,
      ...Object.fromEntries(OF_SERVICE.map((field) => [field, parts.get(`services/${service}/${field}`) ?? null])),
      facilities: Object.fromEntries(facilities.map(([path, has]) => [path.slice(start.length), has])),
    } as ServiceDocument;
  });
  const singles = Object.fromEntries(SINGLE.map((field) => [field, parts.get(field) ?? null]));
  const groups = Object.keys(GROUPS).map((name) => parts.get(name) as Partial<SiteDocument>);
  return Object.assign(singles, ...groups, { services }) as SiteDocument;
}

function factOf(path: string): VerifiedFact | null {
  if (path === 'location') return 'location';
  const [, , part] = path.split('/');
  return VERIFIED_FACTS.find((fact) => fact === part) ?? null;
}
