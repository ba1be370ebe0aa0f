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
    return JSON.stringify(change.before) === JSON.stringify(change.after) ? [] : change;
  });
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
