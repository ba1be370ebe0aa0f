import { eq } from 'drizzle-orm';
import { can } from '#domain/accounts/permissions.ts';
import type { Actor } from '#domain/accounts/roles.ts';
import type { HandoverView } from '#domain/places/office-contract.ts';
import type { Database } from '../../db/connect.ts';
import type { siteHandovers } from '../../db/tables/office.ts';
import { sites } from '../../db/tables/places.ts';
import { findPersonName } from './office-name.ts';

export type HandoverRow = typeof siteHandovers.$inferSelect;

export async function viewHandover(db: Database, row: HandoverRow, actor: Actor): Promise<HandoverView> {
  const [site] = await db
    .select({ id: sites.id, name: sites.name, streetCode: sites.streetCode })
    .from(sites)
    .where(eq(sites.id, row.siteId));
  return {
    id: row.id,
    site: site!,
    fromStreet: row.fromStreet,
    toStreet: row.toStreet,
    reason: row.reason,
    by: (await findPersonName(db, row.personId)) ?? row.personId,
    askedAt: row.askedAt.toISOString(),
    ...standingOf(row, actor),
  };
}

/** What was decided, and what the one who looks may still do. */
export function standingOf(
  row: HandoverRow,
  actor: Actor,
): Pick<HandoverView, 'accepted' | 'decisionReason' | 'mayDecide' | 'mayCallOff'> {
  const open = row.decidedAt === null;
  return {
    accepted: row.accepted,
    decisionReason: row.decisionReason,
    mayDecide: open && can(actor, 'handover.decide', placeOf(row.toStreet)),
    mayCallOff: open && can(actor, 'handover.ask', placeOf(row.fromStreet)),
  };
}

/** A street and the district that its code begins with, as what somebody may be responsible for. */
export function placeOf(streetCode: string | null): { streetCode: string | null; districtCode: string | null } {
  return { streetCode, districtCode: streetCode?.slice(0, 6) ?? null };
}
