import { inArray } from 'drizzle-orm';
import type { Transaction } from '../db/connect.ts';
import { servicePoints, siteReports, sites } from '../db/tables/places.ts';
import type { SiteSeed } from './site-seed.ts';

const CHUNK = 250;

/**
 * Stores the sites whose ids are not there yet, with their service points and reports, and returns how many. A site
 * that is there stays as it is, and so does everything an operator has changed, added or taken away on it.
 */
export async function insertSites(tx: Transaction, seeds: readonly SiteSeed[]): Promise<number> {
  const ids = seeds.map(({ site }) => site.id);
  // Asked first instead of leaving it to ON CONFLICT alone: an attempted insert already counts as a change of version.
  const known = new Set(
    (await tx.select({ id: sites.id }).from(sites).where(inArray(sites.id, ids))).map(({ id }) => id),
  );
  // A replaced site points to its replacement, which has to be there first.
  const fresh = seeds
    .filter(({ site }) => !known.has(site.id))
    .sort((a, b) => Number(Boolean(a.site.replacedBy)) - Number(Boolean(b.site.replacedBy)));

  let inserted = 0;
  for (const chunk of chunks(fresh)) {
    const stored = await tx
      .insert(sites)
      .values(chunk.map(({ site }) => site))
      .onConflictDoNothing()
      .returning({ id: sites.id });
    inserted += stored.length;
    const storedIds = new Set(stored.map(({ id }) => id));
    const mine = chunk.filter(({ site }) => storedIds.has(site.id));
    const services = mine.flatMap(({ site, services: list }) =>
      list.map((service, position) => ({ ...service, siteId: site.id, position })),
    );
    if (services.length > 0) await tx.insert(servicePoints).values(services);
    const reports = mine.flatMap((seed) => seed.reports ?? []);
    if (reports.length > 0) await tx.insert(siteReports).values(reports).onConflictDoNothing();
  }
  return inserted;
}

function chunks<T>(items: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(items.length / CHUNK) }, (_, i) => items.slice(i * CHUNK, (i + 1) * CHUNK));
}
