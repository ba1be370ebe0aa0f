import type { ReportKind, VerifiedFact } from '#domain/places/catalogue.ts';
import type { ReportGroup } from '#domain/places/office-contract.ts';

/** The part of the form in which a report is answered. */
export type FormSection = 'identity' | 'access' | 'position' | 'services' | 'status' | 'note' | 'verify';

const SECTION_OF_KIND: Record<ReportKind, FormSection> = {
  locked: 'services',
  no_water: 'services',
  moved: 'position',
  closed_for_good: 'status',
  hours_wrong: 'services',
  facility_wrong: 'services',
  confirmed: 'verify',
};

const SECTION_OF_FACT: Record<VerifiedFact, FormSection> = {
  location: 'position',
  hours: 'services',
  facilities: 'services',
};

export function sectionOfReport({ kind }: Pick<ReportGroup, 'kind'>): FormSection {
  return SECTION_OF_KIND[kind];
}

/** Where somebody arrives: `?fact=hours&reports=<id>,<id>&draft=<id>`. What cannot be read is left out. */
export type Arrival = {
  section: FormSection | null;
  /** Within the services: the hours or the facilities. */
  part: 'hours' | 'facilities' | null;
  reportIds: readonly string[];
  draftId: string | null;
};

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export function readArrival(search: string): Arrival {
  const query = new URLSearchParams(search);
  const fact = query.get('fact') ?? '';
  const section = Object.hasOwn(SECTION_OF_FACT, fact) ? SECTION_OF_FACT[fact as VerifiedFact] : null;
  const draft = query.get('draft');
  return {
    section,
    part: fact === 'hours' || fact === 'facilities' ? fact : null,
    reportIds: (query.get('reports') ?? '').split(',').filter((id) => UUID.test(id)),
    draftId: draft && UUID.test(draft) ? draft : null,
  };
}
