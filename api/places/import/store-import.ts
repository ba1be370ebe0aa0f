import { eq, sql, type SQL } from 'drizzle-orm';
import { shanghaiDay } from '#domain/time/shanghai.ts';
import type { Actor } from '#domain/accounts/roles.ts';
import type { Transaction } from '../../../db/connect.ts';
import { imports } from '../../../db/tables/office.ts';
import { writeAudit } from '../../platform/audit.ts';
import { setAsideUnfitRows } from './set-aside-rows.ts';
import { documentColumns, documentOfSite, documentServices, SITE_COLUMNS } from './site-document-sql.ts';

/** So many rows go through one statement: a stop takes effect, and progress shows, between them. */
const CHUNK_ROWS = 20_000;

/** Somebody pressed stop; the transaction is rolled back. */
export class ImportStopped extends Error {
  override name = 'ImportStopped';
}

export type StoreSteps = {
  nowMs: number;
  /** Asked between statements. */
  shouldStop: () => boolean;
  /** Told how many rows are through. Must not use this transaction, nor on the embedded engine any other. */
  onProgress: (done: number) => void;
};

/**
 * Makes the staged rows of an import true, in the one transaction that is passed in: new sites, changed ones with their
 * revision before and after, service points, external ids, one audit record. Rows with the fate `same` touch nothing, so
 * that no version grows. Rows that no longer fit (`setAsideUnfitRows`) become errors and stay out; the rest goes in.
 *
 * What a changed row changes was decided when it was checked (`lay-over.ts`); here it is written only if the site still
 * stands at that revision. Every fact that the row brings news of becomes `reported`, of today, from this list and file.
 *
 * Throws `ImportStopped` when it should stop, which rolls everything back. Leaves the import `stored`.
 */
export async function storeImport(tx: Transaction, importId: string, actor: Actor, steps: StoreSteps): Promise<void> {
  const { nowMs, shouldStop, onProgress } = steps;
  const [entry] = await tx.select().from(imports).where(eq(imports.id, importId));
  const goOn = () => {
    if (shouldStop()) throw new ImportStopped();
  };
  // One import at a time, so that two editions of a list cannot both find a place missing.
  await tx.execute(sql`select pg_advisory_xact_lock(${STORING_LOCK}, 0)`);
  goOn();
  await setAsideUnfitRows(tx, importId, entry!.source, actor);
  const facts: Facts = {
    day: shanghaiDay(nowMs),
    source: `${entry!.source} (${entry!.fileName})`,
    at: new Date(nowMs).toISOString(),
  };
  const reason = facts.source;
  const [span] = await tx.execute<{ first: number | null; last: number | null; changed: string }>(sql`
    select min(row) as first, max(row) as last, count(*) filter (where fate = 'changed') as changed
    from import_rows where import_id = ${importId} and fate in ('new', 'changed', 'same')`);
  const hasChanged = Number(span!.changed) > 0;
  if (hasChanged) await keepStateBefore(tx, importId, facts);

  for (let from = span!.first ?? 0; span!.last !== null && from <= span!.last; from += CHUNK_ROWS) {
    const rows = sql`r.import_id = ${importId} and r.row >= ${from} and r.row < ${from + CHUNK_ROWS}`;
    const statements = [
      insertNewSites(rows, facts),
      ...(hasChanged ? [updateSites(rows, facts), deleteServices(rows)] : []),
      insertServices(rows),
      insertRevisions(rows, importId, entry!.personId, reason, facts.at),
      insertExternalIds(rows, importId, entry!.source),
    ];
    for (const statement of statements) {
      goOn();
      await tx.execute(statement);
    }
    onProgress(Math.min(from + CHUNK_ROWS - 1, span!.last));
  }
  await finish(tx, importId, actor, facts, nowMs);
}

/** Beside the lock of migrations: any number, the same in every process. */
const STORING_LOCK = 592_0593;

type Facts = { day: string; source: string; at: string };

/** How changed sites stood before: their revision 0 if this is their first, and their facts for the way back. */
async function keepStateBefore(tx: Transaction, importId: string, { at }: Facts): Promise<void> {
  await tx.execute(sql`
    insert into site_revisions (site_id, revision, document, at)
    select s.id, 0, ${documentOfSite}, ${at}::timestamptz
    from import_rows r join sites s on s.id = r.site_id
    where r.import_id = ${importId} and r.fate = 'changed' and s.revision = 0
    on conflict do nothing`);
  await tx.execute(sql`
    update import_rows r set facts_before = jsonb_build_object(
      'location', jsonb_build_array(s.location_status, s.location_date, s.location_source),
      'hours', jsonb_build_array(s.hours_status, s.hours_date, s.hours_source),
      'facilities', jsonb_build_array(s.facilities_status, s.facilities_date, s.facilities_source))
    from sites s where s.id = r.site_id and r.import_id = ${importId} and r.fate = 'changed'`);
}

function insertNewSites(rows: SQL, { day, source, at }: Facts): SQL {
  const fact = (name: string) => sql`
    case when ${name} = any(r.news) then 'reported' else 'unknown' end,
    case when ${name} = any(r.news) then ${day}::date end,
    case when ${name} = any(r.news) then ${source}::text end`;
  return sql`
    insert into sites (id, ${SITE_COLUMNS}, location_status, location_date, location_source,
      hours_status, hours_date, hours_source, facilities_status, facilities_date, facilities_source,
      coordinate_basis, source, source_date, revision, created_at)
    select r.site_id, ${documentColumns}, ${fact('location')}, ${fact('hours')}, ${fact('facilities')},
      case when d.point is not null then 'imported' end, ${source}, ${day}, 1, ${at}::timestamptz
    from import_rows r, ${document}
    where ${rows} and r.fate = 'new'`;
}

/** The document's parts under the names that `documentColumns` uses. */
const document = sql`jsonb_to_record(r.document) as d(
  "name" text, "nameEn" text, "districtCode" text, "streetCode" text, "organisationId" text, "address" text,
  "phone" text, "status" text, "statusUntil" date, "replacedBy" text, "access" text, "accessNote" text,
  "point" jsonb, "precisionM" int, "original" jsonb, "note" text, "photos" jsonb)`;

function updateSites(rows: SQL, { day, source }: Facts): SQL {
  const fact = (name: string) => {
    const [status, date, said] = ['status', 'date', 'source'].map((part) => sql.raw(`${name}_${part}`));
    return sql`
      ${status} = case when ${name} = any(r.news) then 'reported' else s.${status} end,
      ${date} = case when ${name} = any(r.news) then ${day}::date else s.${date} end,
      ${said} = case when ${name} = any(r.news) then ${source}::text else s.${said} end`;
  };
  return sql`
    update sites s set (${SITE_COLUMNS}) = row(${documentColumns}),
      ${fact('location')}, ${fact('hours')}, ${fact('facilities')}, revision = s.revision + 1
    from import_rows r, ${document}
    where ${rows} and r.fate = 'changed' and s.id = r.site_id`;
}

function deleteServices(rows: SQL): SQL {
  return sql`
    delete from service_points p using import_rows r where ${rows} and r.fate = 'changed' and p.site_id = r.site_id`;
}

function insertServices(rows: SQL): SQL {
  return documentServices(sql`select r.site_id, r.document from import_rows r
    where ${rows} and r.fate in ('new', 'changed')`);
}

function insertRevisions(rows: SQL, importId: string, personId: string, reason: string, at: string): SQL {
  return sql`
    insert into site_revisions (site_id, revision, document, person_id, reason, at, import_id)
    select r.site_id, coalesce(r.base_revision, 0) + 1, r.document, ${personId}, ${reason}, ${at}::timestamptz,
      ${importId}::uuid
    from import_rows r where ${rows} and r.fate in ('new', 'changed')`;
}

/** Also of rows that change nothing: a list may get to know a place by its number only now. */
function insertExternalIds(rows: SQL, importId: string, source: string): SQL {
  return sql`
    insert into site_external_ids (source, external_id, site_id, import_id)
    select ${source}, r.external_id, r.site_id, ${importId}::uuid
    from import_rows r where ${rows} and r.fate in ('new', 'changed', 'same') and r.external_id is not null
    on conflict do nothing`;
}

async function finish(tx: Transaction, importId: string, actor: Actor, facts: Facts, nowMs: number): Promise<void> {
  const done = await tx.execute(sql`
    update imports set state = 'stored', ended_at = ${facts.at}::timestamptz, problem = null,
      counts = (select coalesce(jsonb_object_agg(fate, count), '{}') from (
        select fate, count(*) as count from import_rows where import_id = ${importId} group by fate) as fates)
    where id = ${importId} and state = 'storing' and not stopping returning counts`);
  if (done.length === 0) throw new ImportStopped();
  await writeAudit(tx, {
    actorId: actor.personId,
    action: 'import.store',
    subject: { kind: 'import', id: importId },
    after: { counts: done[0]!.counts, source: facts.source },
    atMs: nowMs,
  });
}
