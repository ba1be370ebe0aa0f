import { photosOf } from '#domain/places/document-changes.ts';
import { MAX_CAPTION_LENGTH, SERVICES, type Service } from '#domain/places/catalogue.ts';
import type { ServiceDocument, SiteDocument } from '#domain/places/site-document.ts';
import { MAX_HOURS_LENGTH } from '#domain/time/osm-reader.ts';
import { parseSeason } from '#domain/time/osm-dates.ts';

/** A place of which nothing is known yet but where its office is. */
export function emptyDocument(streetCode: string | null = null): SiteDocument {
  return {
    name: '',
    nameEn: null,
    districtCode: streetCode?.slice(0, 6) ?? null,
    streetCode,
    organisationId: null,
    address: null,
    phone: null,
    status: 'open',
    statusUntil: null,
    replacedBy: null,
    access: 'unknown',
    accessNote: null,
    photos: [],
    point: null,
    precisionM: null,
    original: null,
    services: [emptyService('rest')],
    note: null,
  };
}

export function emptyService(service: Service): ServiceDocument {
  return {
    service,
    hours: null,
    season: null,
    price: null,
    priceNote: null,
    capacity: null,
    facilities: {},
    note: null,
  };
}

/** What the form holds while somebody types, as it is stored: trimmed, empty fields are "not known". */
export function tidyDocument(document: SiteDocument): SiteDocument {
  const { status } = document;
  return {
    ...document,
    name: document.name.trim(),
    nameEn: tidy(document.nameEn),
    address: tidy(document.address),
    phone: tidy(document.phone),
    accessNote: tidy(document.accessNote),
    note: tidy(document.note),
    photos: photosOf(document).map(({ file, caption }) => ({ file, caption: tidy(caption) })),
    statusUntil: status === 'closed_for_now' ? document.statusUntil : null,
    replacedBy: status === 'replaced' ? document.replacedBy : null,
    services: document.services.map((service) => ({
      ...service,
      hours: tidy(service.hours),
      priceNote: tidy(service.priceNote),
      note: tidy(service.note),
    })),
  };
}

function tidy(text: string | null): string | null {
  return text?.trim() || null;
}

/** Why a document cannot be saved, by the field that is wrong. Everything else is left to the person. */
export type FormProblem =
  | { path: string; code: 'name-missing' | 'services-missing' | 'replacement-missing' | 'season-unreadable' }
  | { path: string; code: 'precision-missing' | 'precision-range' | 'capacity-range' }
  | { path: string; code: 'too-long'; max: number };

const LONGEST: Partial<Record<keyof SiteDocument, number>> = {
  name: 100,
  nameEn: 200,
  address: 300,
  phone: 60,
  accessNote: 300,
  note: 1000,
};
export const MAX_REASON = 500;
const MAX_PRECISION_M = 100_000;
const MAX_CAPACITY = 100_000;

export function formProblems(raw: SiteDocument): FormProblem[] {
  const document = tidyDocument(raw);
  const problems: FormProblem[] = [];
  if (!document.name) problems.push({ path: 'name', code: 'name-missing' });
  for (const [field, max] of Object.entries(LONGEST) as [keyof SiteDocument, number][]) {
    const value = document[field];
    if (typeof value === 'string' && value.length > max) problems.push({ path: field, code: 'too-long', max });
  }
  if (document.point && document.precisionM === null) problems.push({ path: 'precisionM', code: 'precision-missing' });
  if (document.precisionM !== null && !isWhole(document.precisionM, MAX_PRECISION_M)) {
    problems.push({ path: 'precisionM', code: 'precision-range' });
  }
  if (document.status === 'replaced' && document.replacedBy === null) {
    problems.push({ path: 'replacedBy', code: 'replacement-missing' });
  }
  if (!document.services.length) problems.push({ path: 'services', code: 'services-missing' });
  for (const { file, caption } of document.photos) {
    if ((caption?.length ?? 0) > MAX_CAPTION_LENGTH) {
      problems.push({ path: `photos.${file}`, code: 'too-long', max: MAX_CAPTION_LENGTH });
    }
  }
  for (const { service, hours, season, capacity, priceNote, note } of document.services) {
    const path = `services.${service}`;
    if ((hours?.length ?? 0) > MAX_HOURS_LENGTH) {
      problems.push({ path: `${path}.hours`, code: 'too-long', max: MAX_HOURS_LENGTH });
    }
    if (season !== null && !parseSeason(season).ok)
      problems.push({ path: `${path}.season`, code: 'season-unreadable' });
    if (capacity !== null && !isWhole(capacity, MAX_CAPACITY)) {
      problems.push({ path: `${path}.capacity`, code: 'capacity-range' });
    }
    if ((priceNote?.length ?? 0) > 200) problems.push({ path: `${path}.priceNote`, code: 'too-long', max: 200 });
    if ((note?.length ?? 0) > 500) problems.push({ path: `${path}.note`, code: 'too-long', max: 500 });
  }
  return problems;
}

function isWhole(value: number, max: number): boolean {
  return Number.isInteger(value) && value >= 1 && value <= max;
}

/** The services in the order in which people see them. */
export function addService(document: SiteDocument, service: Service): SiteDocument {
  const services = [...document.services, emptyService(service)].sort((a, b) => rankOf(a) - rankOf(b));
  return { ...document, services };
}

function rankOf({ service }: ServiceDocument): number {
  return SERVICES.indexOf(service);
}

export function changeService(
  document: SiteDocument,
  service: Service,
  change: Partial<ServiceDocument>,
): SiteDocument {
  return {
    ...document,
    services: document.services.map((one) => (one.service === service ? { ...one, ...change } : one)),
  };
}

export function removeService(document: SiteDocument, service: Service): SiteDocument {
  return { ...document, services: document.services.filter((one) => one.service !== service) };
}
