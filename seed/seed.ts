import { count } from 'drizzle-orm';
import type { Database } from '../db/connect.ts';
import { sites } from '../db/tables/places.ts';
import { seedDemo } from './demo/load.ts';
import { seedBase, seedReference } from './reference/load.ts';

export const SEEDS = ['demo', 'reference', 'none'] as const;
/** `reference`: the real places. `demo`: these and a fictional city. `none`: no places, only the city's base data. */
export type Seed = (typeof SEEDS)[number];

/**
 * Fills a new database. `today` is `YYYY-MM-DD`; what happens is told through `onProgress` in words. Places go only into
 * a database that has none at all, so that a demo never mixes with an operator's own data.
 */
export async function seed(
  db: Database,
  which: Seed,
  { today, onProgress }: { today: string; onProgress: (message: string) => void },
): Promise<void> {
  await seedBase(db);
  if (which === 'none') return;

  const stored = await countSites(db);
  if (stored.total > 0) {
    onProgress(
      `The database has ${stored.total} places${stored.demo > 0 ? `, ${stored.demo} of them demo` : ''}; they are left as they are.`,
    );
    return;
  }
  // Both or nothing: a start that is cut short begins again with an empty database.
  await db.transaction(async (tx) => {
    onProgress('Adding the real places …');
    const real = await seedReference(tx);
    onProgress(`${real} real places added.`);
    if (which === 'demo') {
      onProgress('Adding the fictional demo city …');
      const fictional = await seedDemo(tx, { today });
      onProgress(`${fictional} demo places added, each marked as demo.`);
    }
  });
}

async function countSites(db: Database): Promise<{ total: number; demo: number }> {
  const rows = await db
    .select({ demo: sites.demo, places: count() })
    .from(sites)
    .groupBy(sites.demo)
    .orderBy(sites.demo);
  const total = rows.reduce((sum, row) => sum + row.places, 0);
  return { total, demo: rows.find((row) => row.demo)?.places ?? 0 };
}
