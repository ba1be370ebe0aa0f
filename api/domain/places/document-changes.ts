import type { FieldChange } from './office-contract.ts';
import type { ServiceDocument, SiteDocument } from './site-document.ts';

/**
 * What two documents of a site differ in, field by field. Paths: `name`, `point` … for the site's own fields,
 * `services.rest` for a service that is there on one side only (null on the other), `services.rest.hours` … for the
 * fields of a service on both, and `services` for the order of the services (a list of their codes).
 */
const SITE_FIELDS = [
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
  for (const field of SITE_FIELDS) note(field, before[field], after[field]);
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

/** A field that both sides changed, each in its own way. Paths as in `changesBetween`. */
export type MergeConflict = { path: string; base: unknown; mine: unknown; theirs: unknown };

/** Fields that mean something only together: what one side did to any of them must not be mixed with the other's. */
const BELONG_TOGETHER: readonly (readonly (typeof SITE_FIELDS)[number][])[] = [
  ['point', 'precisionM', 'original'],
  ['status', 'statusUntil', 'replacedBy'],
  ['districtCode', 'streetCode'],
];

/**
 * Brings two edits of one document together. What only one side changed is taken from it; where both differ, `merged`
 * holds mine and the conflict names both, to be chosen with `applyChange(merged, path, theirs)`. Facilities are merged
 * one by one: in their conflict both values already hold everything that does not collide.
 */
export function mergeDocuments(
  base: SiteDocument,
  mine: SiteDocument,
  theirs: SiteDocument,
): { merged: SiteDocument; conflicts: MergeConflict[] } {
  const conflicts: MergeConflict[] = [];
  const my = changesBetween(base, mine);
  const their = changesBetween(base, theirs);
  const theirAfter = new Map(their.map(({ path, after }) => [path, after]));
  const changed = (changes: typeof my, path: string) => changes.some((change) => change.path === path);
  let merged = their.reduce((document, { path, after }) => applyChange(document, path, after), base);

  for (const group of BELONG_TOGETHER) {
    const bothChanged = group.some((field) => changed(my, field)) && group.some((field) => changed(their, field));
    const differing = bothChanged ? group.filter((field) => !isSame(mine[field], theirs[field])) : [];
    for (const field of differing) {
      conflicts.push({ path: field, base: base[field], mine: mine[field], theirs: theirs[field] });
      merged = applyChange(merged, field, mine[field]);
    }
  }
  const settled = new Set(conflicts.map(({ path }) => path));

  for (const { path, before, after } of my) {
    if (settled.has(path)) continue;
    const service = serviceOf(path);
    if (service && !findService(theirs, service) && findService(base, service)) {
      // They took away the service that I changed; that I took it away too is no conflict.
      const kept = findService(mine, service);
      const whole = `services.${service}`;
      if (!kept || settled.has(whole)) continue;
      settled.add(whole);
      conflicts.push({ path: whole, base: findService(base, service), mine: kept, theirs: null });
      merged = applyChange(merged, whole, kept);
      continue;
    }
    let value = after;
    const isRemoval = service !== null && after === null && path === `services.${service}`;
    if (isRemoval && their.some((change) => change.path.startsWith(`${path}.`))) {
      conflicts.push({ path, base: before, mine: null, theirs: findService(theirs, service) });
    } else if (theirAfter.has(path) && !isSame(after, theirAfter.get(path))) {
      const theirValue = theirAfter.get(path);
      if (path.endsWith('.facilities')) {
        const one = mergeRecords(before as Facts, after as Facts, theirValue as Facts);
        if (!isSame(one.mine, one.theirs)) conflicts.push({ path, base: before, mine: one.mine, theirs: one.theirs });
        value = one.mine;
      } else
        conflicts.push({ path, base: path === 'services' ? codesOf(base) : before, mine: after, theirs: theirValue });
    }
    merged = applyChange(merged, path, value);
  }
  return { merged, conflicts };
}

function findService(document: SiteDocument, code: string): ServiceDocument | undefined {
  return document.services.find(({ service }) => service === code);
}

function isOneOf<T extends string>(list: readonly T[], value: string | undefined): value is T {
  return (list as readonly (string | undefined)[]).includes(value);
}

function apply(document: SiteDocument, { path, after }: FieldChange): SiteDocument {
  return applyChange(document, path, after);
}

function codesOf(document: SiteDocument): string[] {
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

function serviceOf(path: string): string | null {
  return path.startsWith('services.') ? path.split('.')[1]! : null;
}

type Facts = Readonly<Record<string, boolean>>;

/** Both edits of a record together: as it is when mine wins where they collide, and as it is when theirs does. */
function mergeRecords(base: Facts, mine: Facts, theirs: Facts): { mine: Facts; theirs: Facts } {
  const preferring = (first: Facts, second: Facts): Facts => {
    const keys = new Set([...Object.keys(second), ...Object.keys(first), ...Object.keys(base)]);
    return Object.fromEntries(
      [...keys].flatMap((key) => {
        const value = first[key] === base[key] ? second[key] : first[key];
        return value === undefined ? [] : [[key, value]];
      }),
    );
  };
  return { mine: preferring(mine, theirs), theirs: preferring(theirs, mine) };
}
