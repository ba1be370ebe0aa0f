import { and, eq, inArray, isNull } from 'drizzle-orm';
import { DEMO_ACCOUNTS, DEMO_PASSWORD } from '#domain/accounts/demo-accounts.ts';
import { createStaffAccount, hashStaffPassword } from '../../api/accounts/create-staff-account.ts';
import { storeMembership } from '../../api/accounts/grant-membership.ts';
import { writeAudit } from '../../api/platform/audit.ts';
import type { Database, Transaction } from '../../db/connect.ts';
import { credentials, sessions, users } from '../../db/tables/accounts.ts';
import { auditHead } from '../../db/tables/audit.ts';
import { organisations, sites } from '../../db/tables/places.ts';
import { DEMO_ORGANISATIONS } from './kinds.ts';

/**
 * Makes the demo accounts where they are wanted and the database holds the demo city; anywhere else it shuts those that
 * an earlier start has made, because everybody knows their password. Returns whether there are demo accounts now.
 */
export async function settleDemoAccounts(
  db: Database,
  { wanted, nowMs, onProgress }: { wanted: boolean; nowMs: number; onProgress: (message: string) => void },
): Promise<boolean> {
  const [demoSite] = await db.select({ id: sites.id }).from(sites).where(eq(sites.demo, true)).limit(1);
  if (!wanted || !demoSite) {
    const shut = await shutDemoAccounts(db, nowMs);
    if (shut > 0) onProgress(`${shut} demo accounts were shut: this is no demo any more.`);
    return false;
  }
  const missing = await missingAccounts(db);
  if (missing.length === 0) return true;
  const passwordHash = await hashStaffPassword(DEMO_PASSWORD);
  await db.transaction(async (tx) => {
    await tx.select().from(auditHead).for('update'); // several processes may start together
    await tx
      .insert(organisations)
      .values(DEMO_ORGANISATIONS.map((organisation) => ({ ...organisation, demo: true })))
      .onConflictDoNothing();
    await reopen(tx, passwordHash, nowMs);
    for (const { username, role, name, organisationId = null, jurisdictionCode = null } of await missingAccounts(tx)) {
      const account = { username, name, passwordHash, demo: true, createdBy: null };
      const userId = await createStaffAccount(tx, account, nowMs);
      await storeMembership(tx, { userId, role, organisationId, jurisdictionCode, grantedBy: null, nowMs });
    }
  });
  onProgress(
    `Demo accounts (${DEMO_ACCOUNTS.map(({ username }) => username).join(', ')}) have the password ${DEMO_PASSWORD}.`,
  );
  return true;
}

/** Those whose name nobody has, or that were shut. A name that a real person has taken stays theirs. */
async function missingAccounts(db: Database): Promise<typeof DEMO_ACCOUNTS> {
  const names = DEMO_ACCOUNTS.map(({ username }) => username);
  const rows = await db
    .select({ username: users.username, demo: users.demo, credential: credentials.id })
    .from(users)
    .leftJoin(credentials, eq(credentials.userId, users.id))
    .where(inArray(users.username, names));
  const settled = new Set(rows.filter(({ demo, credential }) => !demo || credential).map(({ username }) => username));
  return DEMO_ACCOUNTS.filter(({ username }) => !settled.has(username));
}

/** Gives demo accounts that were shut their password back. */
async function reopen(tx: Transaction, passwordHash: string, nowMs: number): Promise<void> {
  const shut = await tx
    .select({ id: users.id })
    .from(users)
    .leftJoin(credentials, eq(credentials.userId, users.id))
    .where(and(eq(users.demo, true), isNull(credentials.id)));
  if (shut.length === 0) return;
  const times = { createdAt: new Date(nowMs), updatedAt: new Date(nowMs) };
  await tx.insert(credentials).values(
    shut.map(({ id }) => ({
      id,
      userId: id,
      accountId: id,
      providerId: 'credential',
      password: passwordHash,
      ...times,
    })),
  );
  await auditAll(tx, 'account.reopen', nowMs);
}

async function shutDemoAccounts(db: Database, nowMs: number): Promise<number> {
  return db.transaction(async (tx) => {
    const demo = tx.select({ id: users.id }).from(users).where(eq(users.demo, true));
    const shut = await tx
      .delete(credentials)
      .where(inArray(credentials.userId, demo))
      .returning({ id: credentials.id });
    if (shut.length === 0) return 0;
    await tx.delete(sessions).where(inArray(sessions.userId, demo));
    await auditAll(tx, 'account.shut', nowMs);
    return shut.length;
  });
}

function auditAll(tx: Transaction, action: string, atMs: number): Promise<void> {
  return writeAudit(tx, { actorId: null, action, subject: { kind: 'accounts', id: 'demo' }, atMs });
}
