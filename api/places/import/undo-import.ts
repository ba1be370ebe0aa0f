import { eq, sql, type SQL } from 'drizzle-orm';
import type { Actor } from '#domain/accounts/roles.ts';
import type { Transaction } from '../../../db/connect.ts';
import { imports } from '../../../db/tables/office.ts';
import { writeAudit } from '../../platform/audit.ts';
import { sitesInScope } from '../site-scope.ts';
import { documentColumns, documentServices, SITE_COLUMNS } from './site-document-sql.ts';

/**
 * Takes a stored import back, in the transaction that is passed in: a site that it made becomes `withdrawn`, one that it
 * changed goes back to its revision before, facts included, each as a new revision that names the import and the reason.
 * Sites that somebody has edited or verified since, and sites that are not the actor's any more, are left as they are;
 * their ids are returned and kept on the import.
 *
 * Needs the staged rows, which remember how the facts were. Leaves the import `undone`; the rows may go then.
 */
export async function undoImport(
  tx: Transaction,
  importId: string,
  actor: Actor,
  { reason, nowMs }: { reason: string | null; nowMs: number },
): Promise<string[]> {
  const [entry] = await tx.select().from(imports).where(eq(imports.id, importId));
  const at = new Date(nowMs).toISOString();
  // `is_kept` is worked out once; the statements below would otherwise see what they themselves have changed.
  await tx.execute(sql`
    create temporary table undoing on commit drop as
    select r.row, r.site_id, r.fate, r.facts_before, coalesce(r.base_revision, 0) + 1 as revision, (
        sites.revision <> coalesce(r.base_revision, 0) + 1
        or exists (select from site_verifications v
          where v.site_id = sites.id and v.at >= ${entry!.endedAt!.toISOString()}::timestamptz)
        or not coalesce(${sitesInScope(actor, 'site.import')}, false)
      ) as is_kept,
      case when r.fate = 'new'
        then r.document || '{"status": "withdrawn", "statusUntil": null, "replacedBy": null}'
        else before.document end as document
    from import_rows r
    join sites on sites.id = r.site_id
    left join site_revisions before
      on before.site_id = r.site_id and before.revision = r.base_revision and r.fate = 'changed'
    where r.import_id = ${importId} and r.fate in ('new', 'changed')`);
  await tx.execute(sql`analyze undoing`);

  await tx.execute(sql`
    update sites s set (${SITE_COLUMNS}) = row(${documentColumns}), revision = u.revision + 1,
      ${factBefore('location')}, ${factBefore('hours')}, ${factBefore('facilities')}
    from undoing u, jsonb_to_record(u.document) as d(
      "name" text, "nameEn" text, "districtCode" text, "streetCode" text, "organisationId" text, "address" text,
      "phone" text, "status" text, "statusUntil" date, "replacedBy" text, "access" text, "accessNote" text,
      "point" jsonb, "precisionM" int, "original" jsonb, "note" text, "photos" jsonb)
    where s.id = u.site_id and not u.is_kept`);
  await tx.execute(sql`
    delete from service_points p using undoing u
    where p.site_id = u.site_id and u.fate = 'changed' and not u.is_kept`);
  await tx.execute(
    documentServices(sql`select u.site_id, u.document from undoing u where u.fate = 'changed' and not u.is_kept`),
  );
  await tx.execute(sql`
    insert into site_revisions (site_id, revision, document, person_id, reason, at, restored_from, import_id)
    select u.site_id, u.revision + 1, u.document, ${actor.personId}, ${reason}, ${at}::timestamptz,
      case when u.fate = 'changed' then u.revision - 1 end, ${importId}::uuid
    from undoing u where not u.is_kept`);
  await tx.execute(sql`
    delete from site_external_ids e where e.import_id = ${importId}
      and not exists (select from undoing u where u.site_id = e.site_id and u.is_kept)`);
  const kept = await tx.execute<{ id: string }>(sql`select site_id as id from undoing where is_kept order by row`);
  const ids = kept.map(({ id }) => id);
  await tx
    .update(imports)
    .set({ state: 'undone', undoneAt: new Date(nowMs), kept: ids })
    .where(eq(imports.id, importId));
  await writeAudit(tx, {
    actorId: actor.personId,
    action: 'import.undo',
    subject: { kind: 'import', id: importId },
    after: { kept: ids.length },
    reason,
    atMs: nowMs,
  });
  return ids;
}

/** A fact of a changed site as it was; a new site keeps what the import said. */
function factBefore(name: string): SQL {
  const [status, date, source] = ['status', 'date', 'source'].map((part) => sql.raw(`${name}_${part}`));
  return sql`
    ${status} = coalesce(u.facts_before->${name}->>0, s.${status}),
    ${date} = case when u.facts_before is null then s.${date} else (u.facts_before->${name}->>1)::date end,
    ${source} = case when u.facts_before is null then s.${source} else u.facts_before->${name}->>2 end`;
}
