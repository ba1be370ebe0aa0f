import type { FieldChange } from './office-contract.ts';
import type { ServiceDocument, SiteDocument, SitePhoto } from './site-document.ts';

/**
 * What two documents of a site differ in, field by field. Paths: `name`, `point` … for the site's own fields,
 * `services.rest` for a service that is there on one side only (null on the other), `services.rest.hours` … for the
 * fields of a service on both, and `services` for the order of the services (a list of their codes).
 */
export const SITE_FIELDS = [
  'name',
  'nameEn',
  'districtCode',
  'streetCode',
  'organisationId',
  'address',
  'phone',
  'status',
  'statusUntil',
  'replacedBy',
  'access',
  'accessNote',
  'point',
  'precisionM',
  'original',
  'note',
  'photos',
] as const satisfies readonly Exclude<keyof SiteDocument, 'services'>[];

const SERVICE_FIELDS = [
  'hours',
  'season',
  'price',
  'priceNote',
  'capacity',
  'facilities',
  'note',
] as const satisfies readonly Exclude<keyof ServiceDocument, 'service'>[];

/** Every difference, in the order of the fields. Applied one by one with `applyChange` they turn `before` into `after`. */
export function changesBetween(before: SiteDocument, after: SiteDocument): FieldChange[] {
  const changes: FieldChange[] = [];
  const note = (path: string, from: unknown, to: unknown) => {
    if (!isSame(from, to)) changes.push({ path, before: from, after: to });
  };
  for (const field of SITE_FIELDS) note(field, valueOf(before, field), valueOf(after, field));
  for (const old of before.services) {
    const now = findService(after, old.service);
    if (!now) note(`services.${old.service}`, old, null);
    else for (const field of SERVICE_FIELDS) note(`services.${old.service}.${field}`, old[field], now[field]);
  }
  for (const now of after.services) {
    if (!findService(before, now.service)) note(`services.${now.service}`, null, now);
  }
  // Services that come or go move the others along; only what is left of the order is a change of its own.
  note('services', codesOf(changes.reduce(apply, before)), codesOf(after));
  return changes;
}

/**
 * The document with another value at a path of `changesBetween`; null at `services.rest` takes the service away.
 * Throws a RangeError for a path that a document has not.
 */
export function applyChange(document: SiteDocument, path: string, value: unknown): SiteDocument {
  const [head, code, field, ...rest] = path.split('.');
  if (head !== 'services' && isOneOf(SITE_FIELDS, head) && code === undefined) return { ...document, [head]: value };
  if (head !== 'services' || rest.length > 0) throw noSuchPath(path);
  if (code === undefined) return { ...document, services: inOrder(document.services, value as string[]) };
  const at = document.services.findIndex(({ service }) => service === code);
  if (field === undefined) {
    const service = value as ServiceDocument | null;
    if (service === null) return { ...document, services: document.services.filter((_, i) => i !== at) };
    if (service.service !== code) throw noSuchPath(path);
    return { ...document, services: at < 0 ? [...document.services, service] : document.services.with(at, service) };
  }
  if (at < 0 || !isOneOf(SERVICE_FIELDS, field)) throw noSuchPath(path);
  return { ...document, services: document.services.with(at, { ...document.services[at]!, [field]: value }) };
}

/** Whether two JSON values are the same, whatever the order of their keys. */
export function isSame(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && isSame(a[key as keyof typeof a], b[key as keyof typeof b]))
  );
}

export function findService(document: SiteDocument, code: string): ServiceDocument | undefined {
  return document.services.find(({ service }) => service === code);
}

/** Revisions of before there were photos do not speak of them, and are kept as they were written. */
export function photosOf({ photos }: Partial<Pick<SiteDocument, 'photos'>>): SitePhoto[] {
  return photos ?? [];
}

function valueOf(document: SiteDocument, field: (typeof SITE_FIELDS)[number]): unknown {
  return field === 'photos' ? photosOf(document) : document[field];
}

function isOneOf<T extends string>(list: readonly T[], value: string | undefined): value is T {
  return (list as readonly (string | undefined)[]).includes(value);
}

function apply(document: SiteDocument, { path, after }: FieldChange): SiteDocument {
  return applyChange(document, path, after);
}

/** The order of the services. */
export function codesOf(document: SiteDocument): string[] {
  return document.services.map(({ service }) => service);
}

/** Those that the order names first, in that order; the others after them as they stand. */
function inOrder(services: readonly ServiceDocument[], order: readonly string[]): ServiceDocument[] {
  const place = ({ service }: ServiceDocument) => {
    const at = order.indexOf(service);
    return at < 0 ? order.length : at;
  };
  return [...services].sort((a, b) => place(a) - place(b));
}

function noSuchPath(path: string): RangeError {
  return new RangeError(`A site's document has nothing at "${path}".`);
}
