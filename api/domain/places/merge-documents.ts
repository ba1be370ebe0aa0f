import {
  applyChange,
  changesBetween,
  codesOf,
  findService,
  isSame,
  photosOf,
  SITE_FIELDS,
} from './document-changes.ts';
import { mergePhotos } from './merge-photos.ts';
import type { SiteDocument, SitePhoto } from './site-document.ts';

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
 * holds mine and the conflict names both, to be chosen with `applyChange(merged, path, theirs)`. Facilities and photos are
 * merged one by one: in their conflict both values already hold everything that does not collide.
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
      } else if (path === 'photos') {
        const sides = [photosOf(base), photosOf(mine), photosOf(theirs)] as const;
        const one = { mine: mergePhotos(...sides), theirs: mergePhotos(sides[0], sides[2], sides[1]) };
        if (!isSame(byFile(one.mine), byFile(one.theirs)))
          conflicts.push({ path, base: before, mine: one.mine, theirs: one.theirs });
        value = one.mine;
      } else
        conflicts.push({ path, base: path === 'services' ? codesOf(base) : before, mine: after, theirs: theirValue });
    }
    merged = applyChange(merged, path, value);
  }
  return { merged, conflicts };
}

function serviceOf(path: string): string | null {
  return path.startsWith('services.') ? path.split('.')[1]! : null;
}

/** In one order: that both sides added or moved photos is no collision, that both worded a caption is. */
function byFile(photos: readonly SitePhoto[]): SitePhoto[] {
  return [...photos].sort((a, b) => (a.file < b.file ? -1 : 1));
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
