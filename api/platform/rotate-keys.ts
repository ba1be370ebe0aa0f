import { and, eq, isNotNull, ne } from 'drizzle-orm';
import type { Database } from '../../db/connect.ts';
import { personKeys } from '../../db/tables/accounts.ts';
import { writeAudit } from './audit.ts';
import type { MasterKey } from './master-key.ts';
import { unwrapKey, wrapKey } from './vault.ts';

const BATCH = 500;

/**
 * Wraps every person's key by the next master key; what was encrypted stays as it is. Each batch is a transaction with
 * its audit record, so that a run that was cut short goes on with the keys that are left. Returns how many it wrapped.
 * The server must not run meanwhile. Throws in words, having changed nothing, when `old` is not the key in use.
 */
export async function rotateKeys(
  db: Database,
  {
    old,
    next,
    nowMs,
    batch = BATCH,
    onBatch = () => {},
  }: { old: MasterKey; next: MasterKey; nowMs: number; batch?: number; onBatch?: (wrapped: number) => void },
): Promise<number> {
  const isLeft = and(isNotNull(personKeys.wrappedKey), ne(personKeys.masterKeyId, next.id));
  let wrapped = 0;
  for (;;) {
    const count = await db.transaction(async (tx) => {
      const rows = await tx
        .select()
        .from(personKeys)
        .where(isLeft)
        .orderBy(personKeys.personId)
        .limit(batch)
        .for('update');
      for (const { personId, wrappedKey } of rows) {
        const key = unwrapKey(old, personId, wrappedKey!);
        await tx
          .update(personKeys)
          .set({ wrappedKey: wrapKey(next, personId, key), masterKeyId: next.id })
          .where(eq(personKeys.personId, personId));
      }
      if (rows.length === 0) return 0;
      await writeAudit(tx, {
        actorId: null,
        action: 'keys.rotate',
        subject: { kind: 'master_key', id: next.id },
        before: { masterKeyId: old.id },
        after: { keys: rows.length },
        atMs: nowMs,
      });
      return rows.length;
    });
    if (count === 0) return wrapped;
    wrapped += count;
    onBatch(wrapped);
  }
}
