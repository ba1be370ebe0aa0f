import { and, asc, eq, isNotNull } from 'drizzle-orm';
import { createDistrictFinder } from '#domain/geo/district-finder.ts';
import { createLandNetwork } from '#domain/geo/land-network.ts';
import type { District } from '#domain/geo/reach-data.ts';
import { can, grantsFor } from '#domain/accounts/permissions.ts';
import type { Actor } from '#domain/accounts/roles.ts';
import { COORDINATE_SYSTEMS } from '#domain/geo/coordinates.ts';
import type { CrsHint, ImportSettings } from '#domain/places/import-contract.ts';
import { matchColumns } from '#domain/places/import/columns.ts';
import { hintCoordinateSystem, type RawPlace } from '#domain/places/import/crs-hint.ts';
import { readOneColumn, readTwoColumns } from '#domain/places/import/coordinates-text.ts';
import { dayOfList } from '#domain/places/import/keep-corrections.ts';
import { createJurisdictionNames } from '#domain/places/import/street-names.ts';
import type { TableRow } from '#domain/places/import/table.ts';
import { shanghaiDay } from '#domain/time/shanghai.ts';
import type { Connection, Database } from '../../../db/connect.ts';
import { importMappings, importRows, imports } from '../../../db/tables/office.ts';
import { jurisdictions, organisations } from '../../../db/tables/places.ts';
import { getJurisdictions, getReachData } from '../city.ts';
import { createBatchJudge } from './judge-rows.ts';
import { loadKnownSites } from './known-sites.ts';
import { openFile, type OpenTable } from './open-file.ts';
import { openRowStage, type StagedRow } from './stage-rows.ts';
import { ImportStopped } from './store-import.ts';

const BATCH_ROWS = 500;
const SAMPLE_ROWS = 5;
const HINT_ROWS = 3000;
const PROGRESS_EVERY_MS = 500;
const DEFAULT_PRECISION_M = 50;

export type CheckSteps = { filePath: string; actor: Actor; shouldStop: () => boolean };

/**
 * Reads the file of an import and gives every row its fate, in the staging table; leaves the import `checked`. It may have
 * been checked before: its rows are replaced, decisions about them stay. Works row by row, so that memory is bounded by
 * what is known, not by the file. Throws `TableProblem` and `ImportStopped`.
 */
export async function checkImport(connection: Connection, importId: string, steps: CheckSteps): Promise<void> {
  const { db } = connection;
  const [entry] = await db.select().from(imports).where(eq(imports.id, importId));
  const table = await openFile(steps.filePath, entry!.fileName);
  const { settings, remembered } = entry!.reading
    ? { settings: entry!.settings, remembered: entry!.reading.remembered }
    : await firstSettings(db, entry!.source, table.header);
  const context = await loadContext(db, entry!.source, steps.actor);
  const judge = createBatchJudge({
    ...context,
    importId,
    settings,
    listDay: dayOfList([entry!.source, entry!.fileName], shanghaiDay(entry!.startedAt.getTime())),
    decisions: await takeDecisions(db, importId),
  });

  const tally = createTally(settings, context.names.findDistrict);
  const client = connection.openClient();
  try {
    await client`delete from import_rows where import_id = ${importId}`;
    const stage = await openRowStage(client, connection.engine, importId);
    try {
      let reportedAt = 0;
      for await (const batch of inBatches(table.rows)) {
        if (Date.now() - reportedAt > PROGRESS_EVERY_MS) {
          reportedAt = Date.now();
          await goOn(db, importId, tally.rows, table.total, steps);
        }
        const staged = await judge(batch);
        tally.add(batch, staged);
        await stage.write(staged);
      }
      await goOn(db, importId, tally.rows, tally.rows, steps);
      await stage.end();
    } catch (error) {
      await stage.abandon(error as Error);
      throw error;
    }
  } finally {
    await client.end();
  }
  const hint = toHint(
    hintCoordinateSystem(tally.raw, [...context.known.points()], {
      isOnLand: (point) => !context.network.locate(point).outside,
      districtOf: context.districtOf,
    }),
  );
  const { format, encoding, delimiter, header } = table;
  const warnings = table.warnings.map(({ code, params }) => [code, ...Object.values(params)].join(': '));
  const done = await db
    .update(imports)
    .set({
      state: 'checked',
      settings,
      reading: {
        format,
        encoding,
        delimiter,
        header,
        sample: tally.sample,
        warnings,
        hint,
        remembered,
        hasPoints: tally.hasPoints,
      },
      counts: tally.fates,
      issues: tally.issues,
      rowsDone: tally.rows,
      rowsTotal: tally.rows,
      problem: null,
    })
    .where(and(eq(imports.id, importId), eq(imports.state, 'checking'), eq(imports.stopping, false)))
    .returning({ id: imports.id });
  if (done.length === 0) throw new ImportStopped();
}

/** Says how far it is, and looks whether it should stop. */
async function goOn(db: Database, importId: string, done: number, total: number | null, steps: CheckSteps) {
  const [now] = await db
    .update(imports)
    .set({ rowsDone: done, rowsTotal: total })
    .where(and(eq(imports.id, importId), eq(imports.state, 'checking')))
    .returning({ stopping: imports.stopping });
  if (!now || now.stopping || steps.shouldStop()) throw new ImportStopped();
}

/** The columns as an earlier edition of this list had them, else as their names say. The system is never guessed. */
async function firstSettings(db: Database, source: string, header: readonly string[]) {
  const [known] = await db
    .select({ settings: importMappings.settings })
    .from(importMappings)
    .where(and(eq(importMappings.source, source), eq(importMappings.header, headerKey(header))));
  if (known) return { settings: known.settings, remembered: true };
  const settings: ImportSettings = {
    columns: matchColumns(header).mapping as Record<string, number>,
    crs: null,
    duplicates: 'ask',
    precisionM: DEFAULT_PRECISION_M,
  };
  return { settings, remembered: false };
}

/** How a header is found again. */
export function headerKey(header: readonly string[]): string {
  return header.join('\t').slice(0, 2000);
}

async function takeDecisions(db: Database, importId: string) {
  const rows = await db
    .select({ row: importRows.row, decision: importRows.decision })
    .from(importRows)
    .where(and(eq(importRows.importId, importId), isNotNull(importRows.decision)));
  return new Map(rows.map(({ row, decision }) => [row, decision!]));
}

async function loadContext(db: Database, source: string, actor: Actor) {
  const reach = await getReachData(db);
  const network = createLandNetwork(reach.zones, reach.crossings);
  const { features } = await getJurisdictions(db);
  const named = await db
    .select({
      code: jurisdictions.code,
      name: jurisdictions.name,
      kind: jurisdictions.kind,
      parent: jurisdictions.parentCode,
    })
    .from(jurisdictions)
    .orderBy(asc(jurisdictions.code));
  const streets = named.flatMap(({ kind, code, name, parent }) =>
    kind === 'district' ? [] : [{ code, name, districtCode: parent ?? code.slice(0, 6) }],
  );
  const districts = named.filter(({ kind }) => kind === 'district');
  const shapes = features.filter(
    (feature) => feature.properties.kind === 'district' && feature.geometry !== null,
  ) as unknown as District[];
  const owners = await db.select({ id: organisations.id, name: organisations.name }).from(organisations);
  const isWholeCity = grantsFor(actor, 'site.import').some(({ scope }) => scope === 'city');
  return {
    network,
    streets,
    districts,
    names: createJurisdictionNames(streets, districts),
    districtOf: createDistrictFinder(shapes),
    organisations: new Map(owners.map(({ id, name }) => [name, id])),
    known: await loadKnownSites(db, source, new Map(owners.map(({ id, name }) => [id, name]))),
    covers: (site: { streetCode: string | null; districtCode: string | null }) =>
      isWholeCity || can(actor, 'site.import', site),
  };
}

/** Counts as rows go by, and keeps a few of them: the first ones to show, more of them for the hint. */
function createTally({ columns }: ImportSettings, findDistrict: (text: string) => string | null) {
  const textOf = ({ cells }: TableRow, field: string) =>
    columns[field] === undefined ? '' : (cells[columns[field]] ?? '');
  const tally = {
    rows: 0,
    fates: {} as Record<string, number>,
    issues: {} as Record<string, number>,
    sample: [] as string[][],
    raw: [] as RawPlace[],
    hasPoints: false,
    add(rows: readonly TableRow[], staged: readonly StagedRow[]) {
      tally.rows += rows.length;
      for (const { fate, issues } of staged) {
        tally.fates[fate] = (tally.fates[fate] ?? 0) + 1;
        for (const { code } of issues) tally.issues[code] = (tally.issues[code] ?? 0) + 1;
      }
      for (const row of rows) {
        if (tally.sample.length < SAMPLE_ROWS) tally.sample.push(row.cells);
        if (tally.raw.length >= HINT_ROWS) continue;
        const [lng, lat] = [textOf(row, 'lng'), textOf(row, 'lat')];
        const read = lng !== '' || lat !== '' ? readTwoColumns(lng, lat) : readOneColumn(textOf(row, 'coordinates'));
        const raw = row.point ?? (read.ok ? read.point : null);
        if (!raw) continue;
        tally.hasPoints = true;
        const district = findDistrict(textOf(row, 'district'));
        tally.raw.push({ name: textOf(row, 'name'), address: textOf(row, 'address') || null, district, raw });
      }
    },
  };
  return tally;
}

function toHint({ hint, fits, rows, matched }: ReturnType<typeof hintCoordinateSystem>): CrsHint | null {
  if (rows === 0) return null;
  return {
    best: hint,
    fits: COORDINATE_SYSTEMS.map((crs) => ({
      crs,
      compared: matched,
      medianM: fits[crs].medianM,
      onLand: fits[crs].onLandShare,
      inDistrict: fits[crs].inDistrictShare,
    })),
  };
}

async function* inBatches(rows: OpenTable['rows']): AsyncGenerator<readonly TableRow[]> {
  let waiting: TableRow[] = [];
  for await (const some of rows) {
    if (waiting.length > 0) waiting = waiting.concat(some);
    else waiting = some;
    let from = 0;
    for (; waiting.length - from >= BATCH_ROWS; from += BATCH_ROWS) yield waiting.slice(from, from + BATCH_ROWS);
    waiting = waiting.slice(from);
  }
  if (waiting.length > 0) yield waiting;
}
