import { distanceM } from '#domain/geo/geodesic.ts';
import type { Facility, Service } from '#domain/places/catalogue.ts';
import type { FieldChange } from '#domain/places/office-contract.ts';
import type { ServiceDocument, SiteDocument } from '#domain/places/site-document.ts';
import { hoursWords, seasonWords } from './hours-words.ts';
import { metresWords } from './words.ts';
import type { EditorTexts } from './use-editor-texts.ts';
import { writeCoordinates } from './typed-coordinates.ts';

/** One change as people read it. */
export type ChangeWords = { path: string; label: string; before: string; after: string };

/** Names for the codes that documents hold; a code without a name stands for itself. */
export type NamesOfCodes = {
  jurisdiction: (code: string) => string;
  organisation: (id: string) => string;
  site: (id: string) => string;
};

export function changeWords({ path, before, after }: FieldChange, t: EditorTexts, names: NamesOfCodes): ChangeWords {
  const label = pathWords(path, t);
  if (path === 'photos') return { path, label, ...photosWords(before, after, t) };
  if (path.endsWith('.facilities')) return { path, label, ...facilitiesWords(before, after, t) };
  let said = valueWords(path, after, t, names);
  if (path === 'point' && before && after) {
    said = t.change.moved(said, metresWords(distanceM(before as LngLat, after as LngLat), t));
  }
  return { path, label, before: valueWords(path, before, t, names), after: said };
}

/** `开放时间`, `饮水 · 开放时间` */
export function pathWords(path: string, t: EditorTexts): string {
  const [head, service, field] = path.split('.');
  if (head !== 'services' || service === undefined) return fieldWords(head!, t);
  const name = t.names.services[service as Service] ?? service;
  if (field === undefined) return name;
  return t.change.service(name, field === 'note' ? t.fields.serviceNote : fieldWords(field, t));
}

function fieldWords(field: string, t: EditorTexts): string {
  return Object.hasOwn(t.fields, field) ? t.fields[field as 'name'] : field;
}

type LngLat = NonNullable<SiteDocument['point']>;

/** The value of a field at a path, in words. */
export function valueWords(path: string, value: unknown, t: EditorTexts, names: NamesOfCodes): string {
  const [head, service, field] = path.split('.');
  const key = head === 'services' && service !== undefined ? field : head;
  if (value === null || value === undefined || value === '') return key === undefined ? t.empty : unknownWords(key, t);
  switch (key) {
    case undefined:
      return serviceWords(value as ServiceDocument, t, names);
    case 'districtCode':
    case 'streetCode':
      return names.jurisdiction(value as string);
    case 'organisationId':
      return names.organisation(value as string);
    case 'replacedBy':
      return names.site(value as string);
    case 'status':
      return t.status.names[value as SiteDocument['status']] ?? String(value);
    case 'access':
      return t.names.access[value as string] ?? String(value);
    case 'hours':
      return hoursWords(value as string, t);
    case 'season':
      return seasonWords(value as string, t);
    case 'price':
      return t.services.priceNames[value as 'free'] ?? String(value);
    case 'precisionM':
      return t.change.metres(value as number);
    case 'capacity':
      return t.change.people(value as number);
    case 'point':
      return writeCoordinates(value as LngLat, 'WGS84');
    case 'original': {
      const { lng, lat, crs } = value as NonNullable<SiteDocument['original']>;
      return `${lng}, ${lat} (${t.position.crsShort[crs]})`;
    }
    case 'services':
      return (value as Service[]).map((code) => t.names.services[code] ?? code).join(t.change.comma);
    case 'photos':
      return photosWords(null, value, t).after;
    case 'facilities':
      return allFacilitiesWords(value as ServiceDocument['facilities'], t) || t.notKnown;
    default:
      return String(value);
  }
}

/** A text that is not there is empty; everything else is not known. */
function unknownWords(key: string, t: EditorTexts): string {
  return ['nameEn', 'note', 'accessNote', 'priceNote', 'statusUntil', 'replacedBy', 'point', 'original'].includes(key)
    ? t.empty
    : key === 'season'
      ? t.hours.season.all
      : t.notKnown;
}

function serviceWords(service: ServiceDocument, t: EditorTexts, names: NamesOfCodes): string {
  const path = `services.${service.service}`;
  const fields = (['hours', 'season', 'price', 'priceNote', 'capacity', 'note'] as const).filter(
    (field) => service[field] !== null,
  );
  const said = fields.map((field) => valueWords(`${path}.${field}`, service[field], t, names));
  return [...said, allFacilitiesWords(service.facilities, t)].filter(Boolean).join(' · ') || t.change.added;
}

function allFacilitiesWords(facilities: ServiceDocument['facilities'], t: EditorTexts): string {
  return (Object.entries(facilities) as [Facility, boolean][])
    .map(([facility, has]) => oneFacility(facility, has, t))
    .join(t.change.comma);
}

/** Only those that differ. */
function facilitiesWords(before: unknown, after: unknown, t: EditorTexts): { before: string; after: string } {
  const [was, is] = [(before ?? {}) as ServiceDocument['facilities'], (after ?? {}) as ServiceDocument['facilities']];
  const differing = ([...new Set([...Object.keys(was), ...Object.keys(is)])] as Facility[]).filter(
    (facility) => was[facility] !== is[facility],
  );
  const say = (of: ServiceDocument['facilities']) =>
    differing.map((facility) => oneFacility(facility, of[facility], t)).join(t.change.comma) || t.notKnown;
  return { before: say(was), after: say(is) };
}

/** How many, with their captions; and that they moved or were worded otherwise, when their number says nothing. */
function photosWords(before: unknown, after: unknown, t: EditorTexts): { before: string; after: string } {
  const say = (value: unknown) => {
    const photos = (value ?? []) as SiteDocument['photos'];
    const captions = photos.flatMap(({ caption }) => caption ?? []);
    return photos.length === 0
      ? t.empty
      : t.photos.count(photos.length) + (captions.length > 0 ? t.change.colon + captions.join(t.change.comma) : '');
  };
  const [was, is] = [say(before), say(after)];
  return { before: was, after: was === is && is !== t.empty ? t.photos.otherwise(is) : is };
}

function oneFacility(facility: Facility, has: boolean | undefined, t: EditorTexts): string {
  const state = has === undefined ? t.notKnown : has ? t.services.has : t.services.hasNot;
  return t.services.facilityState(t.names.facilities[facility] ?? facility, state);
}
