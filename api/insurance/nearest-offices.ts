import { z } from '@hono/zod-openapi';
import type { LandNetwork } from '#domain/geo/land-network.ts';
import type { Point } from '#domain/geo/point.ts';
import type { TravelMode } from '#domain/geo/travel.ts';
import type { SiteFeature } from '#domain/places/site.ts';
import type { SiteOpenings } from '#domain/places/site-opening.ts';
import type { Database } from '../../db/connect.ts';
import { Problem } from '../http/problem.ts';
import { nearestSites } from '../places/nearest-sites.ts';
import type { SiteStore } from '../places/site-store.ts';
import { listReceivingOffices } from './receiving-offices.ts';

export const ReceivingOffices = z.object({
  offices: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      /** The official code of its street, else of its district. */
      street: z.string().nullable(),
      /** Null when asked without a position, or for an office whose point is rough: then the range says how far. */
      travelTimeMin: z.number().nullable(),
      distanceM: z.number().nullable(),
      distanceRangeM: z.tuple([z.number(), z.number()]).nullable(),
      open: z.enum(['open', 'closed', 'unknown']).nullable(),
    }),
  ),
});
export type ReceivingOffices = z.infer<typeof ReceivingOffices>;

export type Ground = { store: SiteStore; network: LandNetwork; siteOpening: SiteOpenings };

/** The nearest offices that receive claims and can be reached without swimming. Throws `outside_city`. */
export function nearestOffices(
  { store, network, siteOpening }: Ground,
  { from, mode, limit, atMs }: { from: Point; mode: TravelMode; limit: number; atMs: number },
): ReceivingOffices {
  if (network.locate(from).outside) {
    throw new Problem('outside_city', 'The point is outside Xiamen. Choose the office by its street instead.');
  }
  const { reachable } = nearestSites(store, network, siteOpening, {
    from,
    mode,
    limit,
    services: ['insurance_office'],
    facilities: [],
    freeAccess: false,
    openOnly: false,
    atMs,
  });
  return {
    offices: reachable.map(({ site, opening, distanceM, distanceRangeM, travelTimeMin }) => {
      const { id, properties } = JSON.parse(site.json.toString()) as SiteFeature;
      const { name, street, district } = properties;
      return {
        id,
        name,
        street: street ?? district,
        travelTimeMin,
        distanceM,
        distanceRangeM: distanceRangeM ?? null,
        open: opening.state,
      };
    }),
  };
}

/** The offices of a street, or of a district with its streets, for somebody without a position. */
export async function officesOfStreet(db: Database, code: string): Promise<ReceivingOffices> {
  const offices = await listReceivingOffices(db, code);
  return {
    offices: offices.map(({ siteId, name, streetCode }) => ({
      id: siteId,
      name,
      street: streetCode,
      travelTimeMin: null,
      distanceM: null,
      distanceRangeM: null,
      open: null,
    })),
  };
}
