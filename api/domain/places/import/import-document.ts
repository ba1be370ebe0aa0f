import { z } from 'zod';
import { COORDINATE_SYSTEMS } from '../../geo/coordinates.ts';
import { distanceM } from '../../geo/geodesic.ts';
import { PointSchema } from '../../geo/point.ts';
import { ACCESS_KINDS, type Price, type Service, SITE_STATUSES } from '../catalogue.ts';
import { Day, type Facilities, ServicePoint } from '../site.ts';
import { isEqual } from './site-of-row.ts';

/** How long texts may be, in characters. */
export const MAX_TEXT_LENGTHS = {
  externalId: 100,
  name: 100,
  nameEn: 200,
  address: 300,
  phone: 100,
  organisation: 100,
  accessNote: 500,
  note: 2000,
  source: 300,
} as const;
const text = (field: keyof typeof MAX_TEXT_LENGTHS) => z.string().min(1).max(MAX_TEXT_LENGTHS[field]);

/** Where a place is, and what its source said: all of it, or nothing. */
export const ImportPosition = z.strictObject({
  /** WGS-84. */
  point: PointSchema,
  precisionM: z.number().int().positive(),
  originalLng: z.number(),
  originalLat: z.number(),
  originalCrs: z.enum(COORDINATE_SYSTEMS),
});
export type ImportPosition = z.infer<typeof ImportPosition>;

/** What an imported row makes of a place. Texts that are not known are absent; codes of district and street are official. */
export const ImportDocument = z.strictObject({
  externalId: text('externalId').optional(),
  name: text('name'),
  nameEn: text('nameEn').optional(),
  district: z.string().nullable(),
  street: z.string().nullable(),
  address: text('address').optional(),
  phone: text('phone').optional(),
  /** A name as written; whoever stores it finds or makes the organisation. */
  organisation: text('organisation').optional(),
  status: z.enum(SITE_STATUSES),
  statusUntil: Day.optional(),
  access: z.enum(ACCESS_KINDS),
  accessNote: text('accessNote').optional(),
  position: ImportPosition.nullable(),
  /** `hours` is OSM `opening_hours`, or the text as it was when it could not be read. */
  services: z.array(ServicePoint),
  note: text('note').optional(),
  source: text('source').optional(),
});
export type ImportDocument = z.infer<typeof ImportDocument>;

/** What one row says. Absent: it says nothing about it, so that what is known stays. */
export type RowFacts = Partial<Omit<ImportDocument, 'services' | 'position' | 'district' | 'street'>> & {
  district?: string;
  street?: string;
  position?: ImportPosition;
  services?: Service[];
  hours?: string;
  season?: string;
  price?: Price;
  priceNote?: string;
  capacity?: number;
  facilities?: Facilities;
};

/**
 * A place with a row's facts laid over what was known of it before. An empty cell never erases. Hours, season and price
 * go to every service of the place, capacity and facilities to the principal one.
 */
export function applyFacts(
  before: ImportDocument | null,
  facts: RowFacts & { name: string },
  defaultServices: readonly Service[],
): ImportDocument {
  const { services: named, hours, season, price, priceNote, capacity, facilities, position } = facts;
  const base: Omit<ImportDocument, 'name'> = before ?? {
    district: null,
    street: null,
    status: 'open',
    access: 'unknown',
    position: null,
    services: [],
  };
  const codes = named ?? (base.services.length > 0 ? base.services.map(({ service }) => service) : defaultServices);
  const services = codes.map((service, index): ServicePoint => {
    const known = base.services.find((one) => one.service === service);
    const point: ServicePoint = known ? { ...known } : { service, hours: null };
    if (hours !== undefined) point.hours = hours;
    if (season !== undefined) point.season = season;
    if (price !== undefined) point.price = price;
    if (priceNote !== undefined) point.priceNote = priceNote;
    if (index === 0 && capacity !== undefined) point.capacity = capacity;
    if (index === 0 && facilities !== undefined) point.facilities = { ...point.facilities, ...facilities };
    return point;
  });
  const document: ImportDocument = { ...base, name: facts.name, services };
  if (!samePosition(base.position, position)) document.position = position!;
  // A street of another district than the one the row names would be a lie about one of the two.
  const leavesStreet = facts.street === undefined && facts.district !== undefined && facts.district !== base.district;
  if (leavesStreet) document.street = null;
  // Copied one by one: taking the rest of an object apart took longer than reading a row.
  const said: Record<string, unknown> = document;
  for (const field in facts) if (!OF_PARTS.has(field)) said[field] = facts[field as keyof RowFacts];
  return document;
}

/** What a row says that is not a field of the document, or not as it is. */
const OF_PARTS = new Set<string>([
  'services',
  'hours',
  'season',
  'price',
  'priceNote',
  'capacity',
  'facilities',
  'position',
] satisfies (keyof RowFacts)[]);

/** Round trips through other systems and databases move a point by centimetres. */
const SAME_POINT_M = 1;

/** Whether what a row says of the position leaves the known one as it is. */
function samePosition(known: ImportPosition | null, said: ImportPosition | undefined): boolean {
  return said === undefined || (known !== null && distanceM(known.point, said.point) <= SAME_POINT_M);
}

export type DocumentField = keyof ImportDocument;

/** The fields in which two documents differ, in no particular order. */
export function changedFields(before: ImportDocument, after: ImportDocument): DocumentField[] {
  const fields = new Set([...Object.keys(before), ...Object.keys(after)] as DocumentField[]);
  return [...fields].filter((field) => !isEqual(before[field], after[field]));
}
