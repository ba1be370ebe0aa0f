import type { SiteCollection } from '#domain/places/site.ts';

/**
 * A snapshot with the changes since put in. Null when the answer is older than the snapshot (the database was set up
 * anew): then everything must be fetched. An answer without `gone` is a whole snapshot and replaces the old one.
 */
export function mergeChanges(kept: SiteCollection, changes: SiteCollection): SiteCollection | null {
  if (changes.version < kept.version) return null;
  if (!changes.gone) return changes;
  if (!changes.features.length && !changes.gone.length) return { ...kept, version: changes.version };
  const changed = new Map(changes.features.map((feature) => [feature.id, feature]));
  const gone = new Set(changes.gone.map(({ id }) => id));
  const known = new Set(kept.features.map(({ id }) => id));
  const features = kept.features.filter(({ id }) => !gone.has(id)).map((feature) => changed.get(feature.id) ?? feature);
  features.push(...changes.features.filter(({ id }) => !known.has(id)));
  return { type: 'FeatureCollection', version: changes.version, features };
}
