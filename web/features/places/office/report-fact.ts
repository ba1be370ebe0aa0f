import type { ReportKind, VerifiedFact } from '#domain/places/catalogue.ts';

/** Which fact of a place a report speaks of: where the editor puts the focus. */
const FACT_OF = {
  locked: 'hours',
  no_water: 'facilities',
  moved: 'location',
  closed_for_good: 'location',
  hours_wrong: 'hours',
  facility_wrong: 'facilities',
  confirmed: null,
} as const satisfies Record<ReportKind, VerifiedFact | null>;

export function factOfReport(kind: ReportKind): VerifiedFact | null {
  return FACT_OF[kind];
}

/** An address can only be so long; the editor asks for the place's reports itself and needs the ids as a selection. */
const MOST_IDS = 60;

/** The query of the editor: the fact to look at and the reports that a save there answers. */
export function editorQuery({
  fact,
  reportIds = [],
  draftId,
}: {
  fact?: VerifiedFact | null;
  reportIds?: readonly string[];
  draftId?: string;
}): string {
  const parts = [
    fact && `fact=${fact}`,
    reportIds.length > 0 && `reports=${reportIds.slice(0, MOST_IDS).join(',')}`,
    draftId && `draft=${draftId}`,
  ].filter(Boolean);
  return parts.length ? `?${parts.join('&')}` : '';
}
