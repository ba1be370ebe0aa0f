import { and, asc, eq, sql } from 'drizzle-orm';
import type { Actor } from '#domain/accounts/roles.ts';
import type { OfficeService, SaveService } from '#domain/appointments/service-contract.ts';
import type { Database } from '../../db/connect.ts';
import { marketServices, serviceOffers } from '../../db/tables/appointments.ts';
import { jurisdictions, organisations } from '../../db/tables/places.ts';
import { Problem, refuseField } from '../http/problem.ts';
import { writeAudit } from '../platform/audit.ts';
import { namesOfProviders } from './find-services.ts';
import { servicesInScope } from './offer-scope.ts';

const MAX_ROWS = 100;

/** The services whose providers the actor acts for, by id; keyset paging over the id. */
export async function listOfficeServices(
  db: Database,
  actor: Actor,
  after: string | undefined,
): Promise<{ rows: OfficeService[]; next: string | null }> {
  const rows = await db
    .select()
    .from(marketServices)
    .where(
      and(
        servicesInScope(actor, 'service.manage'),
        after === undefined ? undefined : sql`${marketServices.id} > ${after}::uuid`,
      ),
    )
    .orderBy(asc(marketServices.id))
    .limit(MAX_ROWS + 1);
  const shown = await viewServices(db, rows.slice(0, MAX_ROWS));
  return { rows: shown, next: rows.length > MAX_ROWS ? shown.at(-1)!.id : null };
}

/**
 * Stores a new service, or another version of one. True when it is new. Throws `not_allowed` for a provider that the
 * actor does not act for, `no_such_reference`, `service_not_found`, `changed_meanwhile` with it in `current`.
 */
export async function saveService(
  db: Database,
  actor: Actor,
  id: string,
  { provider, version, ...facts }: SaveService,
  nowMs: number,
): Promise<boolean> {
  const owner =
    provider.kind === 'organisation'
      ? { organisationId: provider.id, jurisdictionCode: null }
      : { organisationId: null, jurisdictionCode: provider.id };
  const outcome = await db.transaction(async (tx) => {
    await assertProvider(tx, provider);
    const [known] = await tx.select().from(marketServices).where(eq(marketServices.id, id)).for('update');
    if (known) {
      const [mine] = await tx
        .select({ id: marketServices.id })
        .from(marketServices)
        .where(and(eq(marketServices.id, id), servicesInScope(actor, 'service.manage')));
      if (!mine) throw serviceNotManaged();
      if (known.version !== version) return known;
    } else if (version !== undefined) {
      throw serviceNotManaged();
    }
    const row = { ...facts, ...owner, updatedBy: actor.personId, updatedAt: new Date(nowMs) };
    if (known) {
      await tx
        .update(marketServices)
        .set({ ...row, version: known.version + 1 })
        .where(eq(marketServices.id, id));
    } else {
      await tx.insert(marketServices).values({ id, ...row, version: 0 });
    }
    // The rights are those over the row as it would stand: one statement decides both.
    const [mine] = await tx
      .select({ id: marketServices.id })
      .from(marketServices)
      .where(and(eq(marketServices.id, id), servicesInScope(actor, 'service.manage')));
    if (!mine) throw new Problem('not_allowed', 'You do not act for this provider. Nothing was stored.');
    await writeAudit(tx, {
      actorId: actor.personId,
      action: known ? 'service.edit' : 'service.add',
      subject: { kind: 'service', id },
      before: known && { ...known, updatedAt: undefined },
      after: { ...facts, ...owner },
      atMs: nowMs,
    });
    return known ? 'changed' : 'new';
  });
  if (typeof outcome === 'string') return outcome === 'new';
  throw new Problem('changed_meanwhile', 'Somebody else has changed this service. Look at it again.', {
    current: (await viewServices(db, [outcome]))[0],
  });
}

/** One service as the office sees it. Throws `service_not_found`. */
export async function getOfficeService(db: Database, actor: Actor, id: string): Promise<OfficeService> {
  const rows = await db
    .select()
    .from(marketServices)
    .where(and(eq(marketServices.id, id), servicesInScope(actor, 'service.manage')));
  if (rows.length === 0) throw serviceNotManaged();
  return (await viewServices(db, rows))[0]!;
}

async function assertProvider(db: Database, { kind, id }: SaveService['provider']): Promise<void> {
  const known =
    kind === 'organisation'
      ? await db.select({ id: organisations.id }).from(organisations).where(eq(organisations.id, id))
      : await db.select({ id: jurisdictions.code }).from(jurisdictions).where(eq(jurisdictions.code, id));
  if (known.length === 0) throw refuseField('no_such_reference', 'provider.id', 'There is no such provider.');
}

async function viewServices(db: Database, rows: (typeof marketServices.$inferSelect)[]): Promise<OfficeService[]> {
  const ids = rows.map(({ id }) => id);
  const names = await namesOfProviders(db, ids);
  const counts = await db
    .select({ id: serviceOffers.serviceId, count: sql<number>`count(*)::int` })
    .from(serviceOffers)
    .where(sql`${serviceOffers.serviceId} = any(${sql.param(`{${ids.join(',')}}`)}::uuid[])`)
    .groupBy(serviceOffers.serviceId);
  return rows.map(({ organisationId, jurisdictionCode, updatedBy: _by, updatedAt: _at, ...row }) => ({
    ...row,
    provider: {
      kind: organisationId !== null ? 'organisation' : 'jurisdiction',
      id: organisationId ?? jurisdictionCode!,
      name: names.get(row.id) ?? '',
    },
    offerCount: counts.find(({ id }) => id === row.id)?.count ?? 0,
  }));
}

function serviceNotManaged(): Problem {
  return new Problem('service_not_found', 'None of your providers has such a service.');
}
