import type { servicePoints, siteReports, sites } from '../db/tables/places.ts';

/** A service point before it is stored; its place in the list is its position, principal service first. */
export type ServiceSeed = Omit<typeof servicePoints.$inferInsert, 'siteId' | 'position'>;

/** A site as seeds make it: a row of `sites` with its service points and, in the demo, riders' reports. */
export interface SiteSeed {
  site: typeof sites.$inferInsert;
  services: ServiceSeed[];
  reports?: (typeof siteReports.$inferInsert)[];
}
