import { and, asc, desc, eq, gt, isNotNull, sql, type SQL } from 'drizzle-orm';
import type { FeatureCollection, Point } from 'geojson';
import { grantsFor } from '#domain/accounts/permissions.ts';
import type { Actor } from '#domain/accounts/roles.ts';
import type { ImportRowView, ImportView, RowFate } from '#domain/places/import-contract.ts';
import type { Database } from '../../../db/connect.ts';
import { users } from '../../../db/tables/accounts.ts';
import { importRows, imports } from '../../../db/tables/office.ts';
import { sites } from '../../../db/tables/places.ts';
import { Problem } from '../../http/problem.ts';

export type ImportEntry = typeof imports.$inferSelect;

/** Narrows a query over `imports` to those that the actor can see: one's own, for the whole city all of them. */
function importsInScope(actor: Actor): SQL {
  const isWholeCity = grantsFor(actor, 'site.import').some(({ scope }) => scope === 'city');
  return isWholeCity ? sql`true` : eq(imports.personId, actor.personId);
}

/** Throws `import_not_found`, also for an import that is not the actor's to see. */
export async function getImport(db: Database, actor: Actor, id: string): Promise<ImportEntry> {
  const [entry] = await db
    .select()
    .from(imports)
    .where(and(eq(imports.id, id), importsInScope(actor)));
  if (!entry) throw new Problem('import_not_found', `There is no import ${id}.`);
  return entry;
}

/** Throws `import_not_found`. */
export async function getImportView(db: Database, actor: Actor, id: string): Promise<ImportView> {
  const [view] = await selectViews(db, and(eq(imports.id, id), importsInScope(actor))!, 1);
  if (!view) throw new Problem('import_not_found', `There is no import ${id}.`);
  return view;
}

const NEWEST = 50;

/** The newest imports, without the parts of a file that only a single view needs. */
export async function listImportViews(db: Database, actor: Actor): Promise<ImportView[]> {
  const views = await selectViews(db, importsInScope(actor), NEWEST);
  return views.map((view) => ({ ...view, header: [], sample: [], hint: null }));
}

async function selectViews(db: Database, where: SQL, limit: number): Promise<ImportView[]> {
  const rows = await db
    .select({
      entry: imports,
      by: users.name,
      sameFileAs: sql<string | null>`(select o.id from imports o where o.file_hash = ${imports.fileHash}
        and o.id <> ${imports.id} and o.state = 'stored' order by o.started_at desc limit 1)`,
    })
    .from(imports)
    .leftJoin(users, eq(users.id, imports.personId))
    .where(where)
    .orderBy(desc(imports.startedAt), asc(imports.id))
    .limit(limit);
  return rows.map(({ entry, by, sameFileAs }) => toView(entry, by, sameFileAs));
}

function toView(entry: ImportEntry, by: string | null, sameFileAs: string | null): ImportView {
  const { reading, state } = entry;
  return {
    id: entry.id,
    source: entry.source,
    fileName: entry.fileName,
    state,
    progress: state === 'checking' || state === 'storing' ? { done: entry.rowsDone, total: entry.rowsTotal } : null,
    format: reading?.format ?? null,
    encoding: reading?.encoding ?? null,
    delimiter: reading?.delimiter ?? null,
    header: reading?.header ?? [],
    sample: reading?.sample ?? [],
    warnings: reading?.warnings ?? [],
    settings: entry.settings,
    remembered: reading?.remembered ?? false,
    hint: reading?.hint ?? null,
    counts: entry.counts,
    issues: entry.issues,
    missing: missingIn(entry),
    sameFileAs,
    problem: entry.problem,
    by,
    startedAt: entry.startedAt.toISOString(),
    endedAt: entry.endedAt?.toISOString() ?? null,
    undoneAt: entry.undoneAt?.toISOString() ?? null,
    kept: entry.kept,
  };
}

/** What must be decided before the rows can be stored. */
export function missingIn({ state, settings, reading, counts }: ImportEntry): string[] {
  if (state !== 'checked' || !reading) return [];
  return [
    ...(settings.columns.name === undefined ? ['name_column'] : []),
    ...(reading.hasPoints && settings.crs === null ? ['crs'] : []),
    ...((counts.duplicate ?? 0) > 0 ? ['duplicates'] : []),
  ];
}

const siteName = sql<string | null>`(select ${sites.name} from ${sites} where ${sites.id} = ${importRows.siteId})`;

function selectRows(db: Database) {
  return db.select({ row: importRows, siteName }).from(importRows);
}

/** One page of rows in the order of the file, after the row `after`. */
export async function listImportRows(
  db: Database,
  importId: string,
  { fate, after, limit }: { fate?: RowFate | undefined; after: number; limit: number },
): Promise<{ rows: ImportRowView[]; next: string | null }> {
  const rows = await selectRows(db)
    .where(and(eq(importRows.importId, importId), gt(importRows.row, after), fate && eq(importRows.fate, fate)))
    .orderBy(asc(importRows.row))
    .limit(limit + 1);
  const page = rows.slice(0, limit);
  return { rows: page.map(toRowView), next: rows.length > limit ? String(page.at(-1)!.row.row) : null };
}

/** Throws `import_row_not_found`. */
export async function getImportRow(db: Database, importId: string, row: number): Promise<ImportRowView> {
  const [found] = await selectRows(db).where(and(eq(importRows.importId, importId), eq(importRows.row, row)));
  if (!found) throw new Problem('import_row_not_found', `There is no row ${row}.`);
  return toRowView(found);
}

function toRowView({
  row,
  siteName: name,
}: {
  row: typeof importRows.$inferSelect;
  siteName: string | null;
}): ImportRowView {
  const { candidate, siteId } = row;
  const isKnown = row.fate === 'changed' || row.fate === 'same';
  return {
    row: row.row,
    fate: row.fate,
    cells: row.cells,
    document: row.document,
    issues: row.issues,
    site: candidate
      ? {
          id: candidate.siteId,
          name: candidate.name,
          distanceM: candidate.distanceM,
          likeness: candidate.likeness,
        }
      : isKnown && siteId
        ? { id: siteId, name: name ?? row.document?.name ?? siteId, distanceM: null, likeness: null }
        : null,
    decision: row.decision,
  };
}

/** A map of more points than this shows every n-th row. */
const MAX_POINTS = 20_000;

/** Where a row lies, also one that is left out for lying in the sea: that is seen best on a map. */
const shownPoint = sql`coalesce(nullif(${importRows.document}->'point', 'null'::jsonb), (
  select issue->'params' from jsonb_array_elements(${importRows.issues}) issue
  where issue->>'code' in ('point_at_sea', 'point_outside_city') limit 1))`;

/** The rows that have a point, each with its fate. */
export async function listImportPoints(
  db: Database,
  { id, rowsTotal }: ImportEntry,
): Promise<FeatureCollection<Point, { row: number; fate: RowFate }>> {
  const step = Math.max(1, Math.ceil((rowsTotal ?? 0) / MAX_POINTS));
  const rows = await db
    .select({
      row: importRows.row,
      fate: importRows.fate,
      lng: sql<number>`(${shownPoint}->>'lng')::float8`,
      lat: sql<number>`(${shownPoint}->>'lat')::float8`,
    })
    .from(importRows)
    .where(
      and(eq(importRows.importId, id), isNotNull(sql`${shownPoint}->>'lng'`), sql`${importRows.row} % ${step} = 0`),
    )
    .orderBy(asc(importRows.row))
    .limit(MAX_POINTS);
  return {
    type: 'FeatureCollection',
    features: rows.map(({ row, fate, lng, lat }) => ({
      type: 'Feature',
      geometry: { type: 'Point', coordinates: [lng, lat] },
      properties: { row, fate },
    })),
  };
}
