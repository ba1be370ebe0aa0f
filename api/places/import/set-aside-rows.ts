import { sql, type SQL } from 'drizzle-orm';
import { grantsFor } from '#domain/accounts/permissions.ts';
import type { Actor } from '#domain/accounts/roles.ts';
import type { Transaction } from '../../../db/connect.ts';
import { sitesInScope } from '../site-scope.ts';

/**
 * Marks the staged rows that cannot go in as errors, each with its reason. They were fit when they were checked; since
 * then a place may have been edited, handed over or imported by somebody else, and a role may have ended:
 * - `outside_scope`: the row, or the place that it changes, is not within what the actor may import;
 * - `changed_meanwhile`: the place has another revision than the one that the row was laid over;
 * - `external_id_taken`: the list's number has got a place meanwhile;
 * - `place_named_twice`: an earlier row changes the same place;
 * - `unknown_code`: a district, street or organisation that does not exist.
 */
export async function setAsideUnfitRows(
  tx: Transaction,
  importId: string,
  source: string,
  actor: Actor,
): Promise<void> {
  const mark = (code: string, field: string, fates: SQL, unfit: SQL) =>
    tx.execute(sql`
      update import_rows r set fate = 'error',
        issues = r.issues || jsonb_build_array(jsonb_build_object('field', ${field}::text, 'code', ${code}::text))
      where r.import_id = ${importId} and r.fate in (${fates}) and ${unfit}`);
  const anyRow = sql`'new', 'changed', 'same'`;
  const rowScope = rowsInScope(actor);
  if (rowScope !== EVERYWHERE) {
    await mark('outside_scope', 'street', sql`'new', 'changed'`, sql`not coalesce(${rowScope}, false)`);
    // The table keeps its own name here: that is how `sitesInScope` speaks of it.
    await mark(
      'outside_scope',
      'street',
      sql`'changed', 'same'`,
      sql`not exists (select from sites where sites.id = r.site_id and ${sitesInScope(actor, 'site.import')})`,
    );
  }
  await mark(
    'changed_meanwhile',
    '',
    sql`'changed'`,
    sql`not exists (select from sites s where s.id = r.site_id and s.revision = r.base_revision)`,
  );
  await mark(
    'external_id_taken',
    'externalId',
    anyRow,
    sql`r.external_id is not null and exists (select from site_external_ids e
      where e.source = ${source} and e.external_id = r.external_id and e.site_id <> r.site_id)`,
  );
  await mark(
    'place_named_twice',
    '',
    sql`'changed'`,
    sql`exists (select from import_rows o where o.import_id = r.import_id and o.site_id = r.site_id
      and o.fate = 'changed' and o.row < r.row)`,
  );
  await mark(
    'unknown_code',
    'district',
    sql`'new', 'changed'`,
    sql`(r.document->>'districtCode' not in (select code from jurisdictions)
      or r.document->>'streetCode' not in (select code from jurisdictions)
      or r.document->>'organisationId' not in (select id from organisations))`,
  );
}

const EVERYWHERE = sql`true`;

/** Like `sitesInScope`, for the documents of staged rows. */
function rowsInScope(actor: Actor): SQL {
  const grants = grantsFor(actor, 'site.import');
  if (grants.some(({ scope }) => scope === 'city')) return EVERYWHERE;
  const codes = grants.flatMap(({ scope, membership }) =>
    scope === 'jurisdiction' && membership.jurisdictionCode !== null ? [membership.jurisdictionCode] : [],
  );
  if (codes.length === 0) return sql`false`;
  const list = sql.join(
    codes.map((code) => sql`${code}`),
    sql`, `,
  );
  return sql`(r.document->>'streetCode' in (${list}) or r.document->>'districtCode' in (${list}))`;
}
