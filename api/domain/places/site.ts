import { z } from 'zod';
import {
  ACCESS_KINDS,
  FACILITIES,
  type Facility,
  PRICES,
  PUBLIC_STATUSES,
  REPORT_KINDS,
  ROUGH_PRECISION_M,
  SERVICES,
  VERIFICATION_STATUSES,
} from './catalogue.ts';

/** `YYYY-MM-DD` in Asia/Shanghai. */
export const Day = z.iso.date();

export const SiteId = z
  .string()
  .min(1)
  .max(64)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'a site id is lower-case letters, digits and single hyphens');

export const Facilities = z.partialRecord(z.enum(FACILITIES), z.boolean());
export type Facilities = z.infer<typeof Facilities>;

const Verification = z.object({
  status: z.enum(VERIFICATION_STATUSES),
  date: Day.nullable(),
  source: z.string().nullable(),
});
export type Verification = z.infer<typeof Verification>;

/** One service offered at a site. `hours` is an OSM `opening_hours` string, or null when not known. */
export const ServicePoint = z.object({
  service: z.enum(SERVICES),
  hours: z.string().nullable(),
  price: z.enum(PRICES).optional(),
  priceNote: z.string().optional(),
  capacity: z.number().int().positive().optional(),
  /** An OSM date selector such as `Jun 01-Sep 30`; absent means all year. */
  season: z.string().optional(),
  facilities: Facilities.optional(),
  note: z.string().optional(),
});
export type ServicePoint = z.infer<typeof ServicePoint>;

/** What riders have said since the fact was last verified: how often, how many of them at the place, the latest day. */
export const ReportSummary = z.partialRecord(
  z.enum(REPORT_KINDS),
  z.object({ count: z.number().int().positive(), near: z.number().int().positive().optional(), last: Day }),
);
export type ReportSummary = z.infer<typeof ReportSummary>;

/**
 * What a rider may know of a site. The same object is a GeoJSON Feature's `properties`, a row of the phone's snapshot
 * and an answer of the nearest query. Absent optional keys mean "not known"; `false` in `facilities` means "has not".
 */
export const SiteProperties = z.object({
  id: SiteId,
  name: z.string(),
  nameEn: z.string().optional(),
  /** Official codes; null when the source does not say where the place is. */
  district: z.string().nullable(),
  street: z.string().nullable(),
  address: z.string().optional(),
  phone: z.string().optional(),
  organisation: z.string().optional(),
  status: z.enum(PUBLIC_STATUSES),
  /** With `closed_for_now`: the day it is expected to open again. */
  statusUntil: Day.optional(),
  access: z.enum(ACCESS_KINDS),
  accessNote: z.string().optional(),
  /** Radius in metres within which the place really is; null without a point. */
  precisionM: z.number().int().positive().nullable(),
  services: z.array(ServicePoint),
  /** The hours all service points share; null when they differ or none are known. */
  hours: z.string().nullable(),
  /** Everything known of the site's facilities, over all its service points. */
  facilities: Facilities,
  verification: z.object({ location: Verification, hours: Verification, facilities: Verification }),
  reported: ReportSummary.optional(),
  source: z.string().optional(),
  note: z.string().optional(),
  /** At `/api/photos/:id`, small with `?size=thumb`, in their order. */
  photos: z.array(z.object({ id: z.uuid(), caption: z.string().optional() })).optional(),
  demo: z.boolean(),
});
export type SiteProperties = z.infer<typeof SiteProperties>;

/** RFC 7946 Feature; `geometry` is null for a place whose point is not known. */
export const SiteFeature = z.object({
  type: z.literal('Feature'),
  id: SiteId,
  geometry: z.object({ type: z.literal('Point'), coordinates: z.tuple([z.number(), z.number()]) }).nullable(),
  properties: SiteProperties,
});
export type SiteFeature = z.infer<typeof SiteFeature>;

export const Tombstone = z.object({ id: SiteId, replacedBy: SiteId.nullable() });
export type Tombstone = z.infer<typeof Tombstone>;

/** `version` grows with every change; pass it back as `since` to get only what changed, with `gone` for what left. */
export const SiteCollection = z.object({
  type: z.literal('FeatureCollection'),
  version: z.number().int(),
  features: z.array(SiteFeature),
  gone: z.array(Tombstone).optional(),
});
export type SiteCollection = z.infer<typeof SiteCollection>;

/** A site's facilities are those of its service points; a "has" anywhere outweighs a "has not" elsewhere. */
export function siteFacilities(services: readonly { facilities?: Facilities | undefined }[]): Facilities {
  const all: Facilities = {};
  for (const { facilities } of services) {
    for (const [facility, has] of Object.entries(facilities ?? {}) as [Facility, boolean][]) {
      all[facility] = (all[facility] ?? false) || has;
    }
  }
  return all;
}

export function sharedHours(services: readonly { hours: string | null }[]): string | null {
  const first = services[0]?.hours ?? null;
  return services.every((point) => point.hours === first) ? first : null;
}

/** Too rough to be called *the* nearest, or to be shown without its circle of doubt. */
export function isRough(precisionM: number | null): boolean {
  return precisionM === null || precisionM > ROUGH_PRECISION_M;
}
