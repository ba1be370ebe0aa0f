import { lt } from 'drizzle-orm';
import type { Database } from '../../db/connect.ts';
import { rateLimits, sessions, verifications } from '../../db/tables/accounts.ts';
import { LONGEST_WINDOW_MS } from './sign-in-limits.ts';

/** Deletes codes and sessions that are over, and counts of tries that count no more. */
export async function purgeExpired(db: Database, nowMs: number): Promise<void> {
  const now = new Date(nowMs);
  await db.delete(verifications).where(lt(verifications.expiresAt, now));
  await db.delete(sessions).where(lt(sessions.expiresAt, now));
  await db.delete(rateLimits).where(lt(rateLimits.lastRequest, nowMs - LONGEST_WINDOW_MS));
}
