import type { VerifiedFact } from '../catalogue.ts';
import type { ServicePoint } from '../site.ts';
import type { ServiceDocument, SiteDocument } from '../site-document.ts';
import type { ImportDocument } from './import-document.ts';

/** A place of ours in the form that rows are laid over. */
export function toImportDocument(
  site: SiteDocument,
  { externalId, organisation }: { externalId: string | null; organisation: string | null },
): ImportDocument {
  const { point, original } = site;
  return {
    ...given({ externalId, organisation, nameEn: site.nameEn, address: site.address, phone: site.phone }),
    ...given({ accessNote: site.accessNote, note: site.note, statusUntil: site.statusUntil }),
    name: site.name,
    district: site.districtCode,
    street: site.streetCode,
    status: site.status,
    access: site.access,
    position: point && {
      point,
      precisionM: site.precisionM!,
      originalLng: original?.lng ?? point.lng,
      originalLat: original?.lat ?? point.lat,
      originalCrs: original?.crs ?? 'WGS84',
    },
    services: site.services.map(toServicePoint),
  };
}

/**
 * The site that a row's document makes, whole. `before` is the site as it is, with what no list can say; null for a new
 * one. `organisationId` is that of the name in the document, null when we know none.
 */
export function toSiteDocument(
  row: ImportDocument,
  before: SiteDocument | null,
  organisationId: string | null,
): SiteDocument {
  const { position } = row;
  const isSamePoint = before?.point != null && position !== null && isEqual(before.point, position.point);
  return {
    name: row.name,
    nameEn: row.nameEn ?? null,
    districtCode: row.district,
    streetCode: row.street,
    organisationId: organisationId ?? before?.organisationId ?? null,
    address: row.address ?? null,
    phone: row.phone ?? null,
    status: row.status,
    statusUntil: row.status === 'closed_for_now' ? (row.statusUntil ?? null) : null,
    replacedBy: row.status === 'replaced' ? (before?.replacedBy ?? null) : null,
    access: row.access,
    accessNote: row.accessNote ?? null,
    point: position?.point ?? null,
    precisionM: position?.precisionM ?? null,
    original: isSamePoint
      ? before.original
      : position && { lng: position.originalLng, lat: position.originalLat, crs: position.originalCrs },
    services: row.services.map(toServiceDocument),
    note: row.note ?? null,
    photos: before?.photos ?? [],
  };
}

function toServicePoint({ service, hours, facilities, ...rest }: ServiceDocument): ServicePoint {
  return {
    ...given({ season: rest.season, price: rest.price, priceNote: rest.priceNote, capacity: rest.capacity }),
    ...given({ note: rest.note }),
    ...(Object.keys(facilities).length > 0 && { facilities }),
    service,
    hours,
  };
}

function toServiceDocument(point: ServicePoint): ServiceDocument {
  return {
    service: point.service,
    hours: point.hours,
    season: point.season ?? null,
    price: point.price ?? null,
    priceNote: point.priceNote ?? null,
    capacity: point.capacity ?? null,
    facilities: point.facilities ?? {},
    note: point.note ?? null,
  };
}

/** The facts that `after` says something new about. */
export function newsOf(before: SiteDocument | null, after: SiteDocument): VerifiedFact[] {
  const isNews = (fact: (site: SiteDocument) => unknown, nothing: unknown) =>
    !isEqual(fact(after), before ? fact(before) : nothing);
  return [
    ...(isNews(({ point }) => point, null) ? (['location'] as const) : []),
    ...(isNews(hoursOf, []) ? (['hours'] as const) : []),
    ...(isNews(facilitiesOf, []) ? (['facilities'] as const) : []),
  ];
}

function hoursOf({ services }: SiteDocument): unknown {
  return services.flatMap(({ service, hours, season }) => (hours ? [[service, hours, season]] : []));
}

function facilitiesOf({ services }: SiteDocument): unknown {
  return services.flatMap((said) => (Object.keys(said.facilities).length > 0 ? [[said.service, said.facilities]] : []));
}

/** Whether two JSON values say the same; the order of an object's keys does not count, null and absent are the same. */
export function isEqual(a: unknown, b: unknown): boolean {
  if (a === b || (a ?? null) === (b ?? null)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || !a || !b || Array.isArray(a) !== Array.isArray(b)) return false;
  const [left, right] = [a as Record<string, unknown>, b as Record<string, unknown>];
  const keys = Object.keys(left);
  return (
    keys.every((key) => isEqual(left[key], right[key])) &&
    Object.keys(right).every((key) => key in left || right[key] == null)
  );
}

type Given<T> = { [K in keyof T]?: NonNullable<T[K]> };

/** Without what is null. */
function given<T extends object>(values: T): Given<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null)) as Given<T>;
}
