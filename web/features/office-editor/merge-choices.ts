import { applyChange } from '#domain/places/document-changes.ts';
import type { MergeConflict } from '#domain/places/merge-documents.ts';
import type { SiteDocument } from '#domain/places/site-document.ts';

/** Fields that make sense only together are chosen together: a point of mine with their precision is nobody's. */
const TOGETHER: readonly (readonly string[])[] = [
  ['point', 'precisionM', 'original'],
  ['status', 'statusUntil', 'replacedBy'],
  ['districtCode', 'streetCode'],
];

export type Side = 'mine' | 'theirs';
/** Conflicts that are settled by one choice; `key` is the path of the first. */
export type ConflictGroup = { key: string; conflicts: MergeConflict[] };

export function groupConflicts(conflicts: readonly MergeConflict[]): ConflictGroup[] {
  const groups: ConflictGroup[] = [];
  for (const conflict of conflicts) {
    const family = TOGETHER.find((paths) => paths.includes(conflict.path));
    const known = family && groups.find(({ key }) => family.includes(key));
    if (known) known.conflicts.push(conflict);
    else groups.push({ key: conflict.path, conflicts: [conflict] });
  }
  return groups;
}

/** The merged document with each group as it was chosen; what nobody chose stays as it was merged, with mine. */
export function applyChoices(
  merged: SiteDocument,
  groups: readonly ConflictGroup[],
  choices: Readonly<Record<string, Side>>,
): SiteDocument {
  return groups
    .flatMap(({ key, conflicts }) => conflicts.map((conflict) => ({ ...conflict, side: choices[key] })))
    .reduce(
      (document, { path, side, mine, theirs }) => applyChange(document, path, side === 'theirs' ? theirs : mine),
      merged,
    );
}
