import type { FieldChange } from './office-contract.ts';
import type { SiteDocument } from './site-document.ts';

/**
 * Every field in which two documents differ, in the order of the document; `services.rest.hours` for a field of a
 * service. Without a document before it, everything that is known is new.
 */
export function documentChanges(before: SiteDocument | null, after: SiteDocument): FieldChange[] {
  const [old, fresh] = [before ? fieldsOf(before) : new Map<string, unknown>(), fieldsOf(after)];
  return [...new Set([...fresh.keys(), ...old.keys()])].flatMap((path) => {
    const change = { path, before: old.get(path) ?? null, after: fresh.get(path) ?? null };
    return isSame(change.before, change.after) ? [] : change;
  });
}

/** A database gives the keys of a point back in an order of its own. */
function isSame(a: unknown, b: unknown): boolean {
  if (a === null || b === null || typeof a !== 'object' || typeof b !== 'object') return a === b;
  const keys = Object.keys(a);
  const other = b as Record<string, unknown>;
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => isSame((a as Record<string, unknown>)[key], other[key]))
  );
}

function fieldsOf({ services, ...fields }: SiteDocument): Map<string, unknown> {
  const all = new Map<string, unknown>(Object.entries(fields));
  for (const { service, facilities, ...of } of services) {
    all.set(`services.${service}`, true);
    for (const [field, value] of Object.entries(of)) all.set(`services.${service}.${field}`, value);
    for (const [name, has] of Object.entries(facilities)) all.set(`services.${service}.facilities.${name}`, has);
  }
  return all;
}
