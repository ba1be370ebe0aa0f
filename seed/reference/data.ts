import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { PolicyTerms } from '#domain/insurance/policy-terms-contract.ts';
import { PointSchema } from '#domain/geo/point.ts';
import {
  Crossing,
  type DistrictCollection,
  type ReachZoneCollection,
  ReachZoneCollection as ReachZones,
} from '#domain/geo/reach-data.ts';
import { ACCESS_KINDS, FACILITIES, ORGANISATION_KINDS, PRICES, SERVICES } from '#domain/places/catalogue.ts';
import { Day, SiteId } from '#domain/places/site.ts';

/** The reference files of this folder, read and checked. `README.md` says where each fact comes from. */

/** A publication's date as exactly as it is known: a day, a month or a year. */
const SourceDate = z.string().regex(/^\d{4}(-\d{2}(-\d{2})?)?$/);
const Confidence = z.enum(['high', 'medium', 'low']);

export const Street = z.object({
  code: z.string().regex(/^350\d{6}$/),
  kind: z.enum(['street', 'town']),
  districtCode: z.string().regex(/^350\d{3}$/),
  name: z.string(),
  nameEn: z.string(),
  /** Where a geocoder puts the *name*, not the door of an office; null when it found nothing. */
  point: PointSchema.nullable(),
  precisionM: z.number().int().positive().nullable(),
  officeAddress: z.string().nullable(),
  confidence: Confidence.nullable(),
  source: z.string(),
  sourceDate: SourceDate.nullable(),
  note: z.string().nullable(),
});
export type Street = z.infer<typeof Street>;

export const Station = z.object({
  id: SiteId,
  name: z.string(),
  nameEn: z.string(),
  districtCode: z.string().nullable(),
  streetCode: z.string().nullable(),
  address: z.string().nullable(),
  organisation: z.string().nullable(),
  services: z
    .array(
      z.object({
        service: z.enum(SERVICES),
        hours: z.string().optional(),
        price: z.enum(PRICES).optional(),
        priceNote: z.string().optional(),
        note: z.string().optional(),
      }),
    )
    .min(1),
  /** What the source says the place has. No source says what a place has not. */
  facilities: z.array(z.enum(FACILITIES)),
  access: z.enum(ACCESS_KINDS),
  accessNote: z.string().nullable(),
  point: PointSchema.nullable(),
  precisionM: z.number().int().positive().nullable(),
  coordinateBasis: z.string().nullable(),
  /** The source's own words, which the fields above are a reading of. */
  stated: z.object({ kind: z.string(), hours: z.string().nullable(), facilities: z.string() }),
  source: z.string(),
  sourceDate: SourceDate.nullable(),
  confidence: Confidence,
  note: z.string().nullable(),
});
export type Station = z.infer<typeof Station>;

export const Organisation = z.object({
  id: z.string(),
  kind: z.enum(ORGANISATION_KINDS),
  name: z.string(),
  nameEn: z.string(),
  source: z.string(),
  sourceDate: SourceDate,
});
export type Organisation = z.infer<typeof Organisation>;

export function isDay(date: string): boolean {
  return Day.safeParse(date).success;
}

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(new URL(file, import.meta.url), 'utf8'));
}

/** The 45 streets and towns, in the order of their codes. */
export function readStreets(): Street[] {
  return z.array(Street).parse(readJson('streets.json'));
}

/** The 31 stations of public reports; the centre comes first. */
export function readStations(): Station[] {
  return z.array(Station).parse(readJson('stations.json'));
}

export function readOrganisations(): Organisation[] {
  return z.array(Organisation).parse(readJson('organisations.json'));
}

/** What is known of 益鹭保's terms, each figure with its source and its certainty. */
export function readPolicyTerms(): PolicyTerms {
  return PolicyTerms.parse(readJson('policy-terms.json'));
}

/** The borders of the six districts. */
export function readDistricts(): DistrictCollection {
  return readJson('districts.json') as DistrictCollection;
}

export function readReachZones(): ReachZoneCollection {
  return ReachZones.parse(readJson('reach-zones.json'));
}

export function readCrossings(): Crossing[] {
  return z.array(Crossing).parse(readJson('crossings.json'));
}
