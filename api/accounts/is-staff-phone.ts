import { and, eq, exists, isNull, ne, or } from 'drizzle-orm';
import type { Database } from '../../db/connect.ts';
import { credentials, memberships, users } from '../../db/tables/accounts.ts';

/**
 * Whether a phone belongs to somebody who signs in by name and password: who holds any role but the rider's now, or has
 * a password or a second factor, past which a code on a phone must not lead.
 */
export async function isStaffPhone(db: Database, phone: string): Promise<boolean> {
  const hasPassword = db
    .select({ id: credentials.id })
    .from(credentials)
    .where(and(eq(credentials.userId, users.id), eq(credentials.providerId, 'credential')));
  const holdsStaffRole = db
    .select({ id: memberships.id })
    .from(memberships)
    .where(and(eq(memberships.userId, users.id), ne(memberships.role, 'rider'), isNull(memberships.endedAt)));
  const rows = await db
    .select({ id: users.id })
    .from(users)
    .where(
      and(
        eq(users.phoneNumber, phone),
        or(eq(users.twoFactorEnabled, true), exists(hasPassword), exists(holdsStaffRole)),
      ),
    );
  return rows.length > 0;
}
