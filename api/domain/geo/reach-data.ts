import type { Feature, FeatureCollection, MultiPolygon } from 'geojson';
import { z } from 'zod';
import { TRAVEL_MODES } from './travel.ts';

/**
 * The shapes of the base map's data: districts, reach zones and crossings, as kept in `seed/reference`, in the database,
 * and as served to phones. Positions are GeoJSON `[lng, lat]`, WGS-84.
 */
const Position = z.tuple([z.number().min(-180).max(180), z.number().min(-90).max(90)]);
const MultiPolygonGeometry = z.object({
  type: z.literal('MultiPolygon'),
  coordinates: z.array(z.array(z.array(Position).min(4)).min(1)).min(1),
}) satisfies z.ZodType<MultiPolygon>;

export const DistrictProperties = z.object({
  /** The official six-figure code, such as 350203. */
  code: z.string().regex(/^\d{6}$/),
  name: z.string(),
  nameEn: z.string(),
  source: z.string(),
  licence: z.string(),
  /** The day of the borders, null when the source does not say. */
  date: z.string().nullable(),
  precisionM: z.number().positive(),
});
export type DistrictProperties = z.infer<typeof DistrictProperties>;
export type District = Feature<MultiPolygon, DistrictProperties>;
export type DistrictCollection = FeatureCollection<MultiPolygon, DistrictProperties>;

/** Land one can reach without crossing water. `islet` stands for all small islands: nothing leads from or to them. */
export const ReachZoneId = z.enum(['island', 'gulangyu', 'mainland', 'islet']);
export type ReachZoneId = z.infer<typeof ReachZoneId>;

const ReachZoneProperties = z.object({
  id: ReachZoneId,
  name: z.string(),
  nameEn: z.string(),
  source: z.string(),
  licence: z.string(),
  precisionM: z.number().positive(),
});
export const ReachZone = z.object({
  type: z.literal('Feature'),
  properties: ReachZoneProperties,
  geometry: MultiPolygonGeometry,
});
export type ReachZone = z.infer<typeof ReachZone>;

export const ReachZoneCollection = z.object({
  type: z.literal('FeatureCollection'),
  features: z.array(ReachZone).min(1),
});
export type ReachZoneCollection = z.infer<typeof ReachZoneCollection>;

/** A way over or under the water. A ferry is a way across to be told about, never part of a reachable path. */
export const Crossing = z.object({
  id: z.string().regex(/^[a-z0-9-]{1,64}$/),
  name: z.string(),
  nameEn: z.string(),
  kind: z.enum(['bridge', 'tunnel', 'causeway', 'ferry']),
  /** From landing to landing. Both ends lie on land. */
  line: z.array(Position).min(2),
  precisionM: z.number().positive(),
  /** How the line came about. */
  basis: z.string(),
  /** Who may use it at all. Empty only when nobody may. */
  modes: z.array(z.enum(TRAVEL_MODES)),
  /** The switch: a crossing that is off is as good as none. */
  enabled: z.boolean(),
  /** Where the modes and the switch are from. */
  source: z.string(),
  /** `found` in a public source, `general_knowledge` unchecked, or `not_found`: looked for in vain. */
  certainty: z.enum(['found', 'general_knowledge', 'not_found']),
});
export type Crossing = z.infer<typeof Crossing>;

/** What a phone or a server needs to build its `LandNetwork`. */
export const ReachData = z.object({ zones: ReachZoneCollection, crossings: z.array(Crossing) });
export type ReachData = z.infer<typeof ReachData>;
