import { z } from 'zod';
import { COORDINATE_SYSTEMS } from '../geo/coordinates.ts';
import { parseSeason } from '../time/osm-dates.ts';
import {
  ACCESS_KINDS,
  FACILITIES,
  MAX_CAPTION_LENGTH,
  MAX_SITE_PHOTOS,
  PRICES,
  SERVICES,
  SITE_STATUSES,
} from './catalogue.ts';
import { Day, SiteId } from './site.ts';

/** PostgreSQL keeps no NUL; a lone surrogate is no character and would be stored as another one. */
// oxlint-disable-next-line no-control-regex
const UNSTORABLE = /\0|\p{Surrogate}/u;

/** Whether a database keeps a text as it is. */
export function isStorable(value: string): boolean {
  return !UNSTORABLE.test(value);
}

/** Text as people write it: trimmed, not empty, storable. Null: not known. */
const text = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .refine(isStorable, { message: 'must not hold a NUL character or half a character' });

const Code = z.string().regex(/^\d{6}(\d{3})?$/, 'an official division code has 6 or 9 digits');

/** OSM `opening_hours`; what cannot be read is kept as it was written and is not known to riders. */
const Hours = text(500);

export const ServiceDocument = z.strictObject({
  service: z.enum(SERVICES),
  hours: Hours.nullable(),
  /** An OSM date selector such as `Jun 01-Sep 30`; null: all year. */
  season: text(100)
    .nullable()
    .refine((value) => value === null || parseSeason(value).ok, { message: 'must be dates such as Jun 01-Sep 30' }),
  price: z.enum(PRICES).nullable(),
  priceNote: text(200).nullable(),
  capacity: z.number().int().min(1).max(100_000).nullable(),
  /** Has or has not; a facility that is not in it is not known. */
  facilities: z.partialRecord(z.enum(FACILITIES), z.boolean()),
  note: text(500).nullable(),
});
export type ServiceDocument = z.infer<typeof ServiceDocument>;

/** A photo of a site: the id of its file, and what it shows. */
export const SitePhoto = z.strictObject({ file: z.uuid().toLowerCase(), caption: text(MAX_CAPTION_LENGTH).nullable() });
export type SitePhoto = z.infer<typeof SitePhoto>;

/**
 * Everything about a site that its office edits, whole: the body of a save, a revision in the history, the outcome of an
 * imported row. Null means "not known". `point` is WGS-84; `original` is the coordinate as its source gave it.
 */
export const SiteDocument = z
  .strictObject({
    name: text(100),
    nameEn: text(200).nullable(),
    districtCode: Code.nullable(),
    streetCode: Code.nullable(),
    organisationId: text(64).nullable(),
    address: text(300).nullable(),
    phone: text(60).nullable(),
    status: z.enum(SITE_STATUSES),
    statusUntil: Day.nullable(),
    replacedBy: SiteId.nullable(),
    access: z.enum(ACCESS_KINDS),
    accessNote: text(300).nullable(),
    point: z.strictObject({ lng: z.number().min(-180).max(180), lat: z.number().min(-90).max(90) }).nullable(),
    precisionM: z.number().int().min(1).max(100_000).nullable(),
    original: z.strictObject({ lng: z.number(), lat: z.number(), crs: z.enum(COORDINATE_SYSTEMS) }).nullable(),
    services: z.array(ServiceDocument).max(SERVICES.length),
    note: text(1000).nullable(),
    /** In the order in which riders see them. Documents of before there were photos have none. */
    photos: z.array(SitePhoto).max(MAX_SITE_PHOTOS).default([]),
  })
  .superRefine((site, context) => {
    const refuse = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message });
    if ((site.point === null) !== (site.precisionM === null)) {
      refuse('precisionM', 'say how exact the point is, in metres; without a point leave it out');
    }
    if ((site.status === 'replaced') !== (site.replacedBy !== null)) {
      refuse('replacedBy', 'name the place that replaced it, and only with the status "replaced"');
    }
    if (site.statusUntil !== null && site.status !== 'closed_for_now') {
      refuse('statusUntil', 'only a place that is closed for now opens again on a day');
    }
    if (new Set(site.services.map(({ service }) => service)).size < site.services.length) {
      refuse('services', 'each service stands once');
    }
    if (new Set(site.photos.map(({ file }) => file)).size < site.photos.length) {
      refuse('photos', 'each photo stands once');
    }
    if (site.districtCode && site.streetCode && !site.streetCode.startsWith(site.districtCode)) {
      refuse('streetCode', 'the street lies in another district');
    }
  });
export type SiteDocument = z.infer<typeof SiteDocument>;
