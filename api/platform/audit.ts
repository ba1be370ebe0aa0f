import { createHash } from 'node:crypto';
import { asc, eq, gt, sql } from 'drizzle-orm';
import { addDays, instantOf, shanghaiDay } from '#domain/time/shanghai.ts';
import type { Database, Transaction } from '../../db/connect.ts';
import { auditHead, auditRecords, auditSeals } from '../../db/tables/audit.ts';

/** What somebody did. `before` and `after` hold only what changed, encrypted fields as their ciphertext. */
export type AuditEntry = {
  /** Null: the program itself. */
  actorId: string | null;
  /** `site.edit`, `membership.grant` …: what was done, not through which address. */
  action: string;
  subject: { kind: string; id: string };
  before?: unknown;
  after?: unknown;
  reason?: string | null;
  atMs: number;
};

type AuditRow = typeof auditRecords.$inferSelect;

/**
 * Appends to the audit trail, in the transaction of the change. Writers wait for each other from here to their commit,
 * so it is the last thing a transaction does.
 */
export async function writeAudit(tx: Transaction, entry: AuditEntry): Promise<void> {
  const [head] = await tx.select().from(auditHead).for('update');
  const record = {
    seq: head!.seq + 1,
    at: new Date(entry.atMs),
    actorId: entry.actorId,
    action: entry.action,
    subjectKind: entry.subject.kind,
    subjectId: entry.subject.id,
    before: asStored(entry.before),
    after: asStored(entry.after),
    reason: entry.reason ?? null,
    previousHash: head!.hash,
  };
  const hash = hashOf(record);
  await tx.insert(auditRecords).values({ ...record, hash });
  await tx.update(auditHead).set({ seq: record.seq, hash });
}

/** As JSON keeps it: a Date is text, and what is undefined is not there. The hash is over that. */
function asStored(value: unknown): unknown {
  return value === undefined || value === null ? null : JSON.parse(JSON.stringify(value));
}

function hashOf({ at, ...record }: Omit<AuditRow, 'hash'>): string {
  const { previousHash, ...content } = record;
  return createHash('sha256')
    .update(previousHash)
    .update(canonicalJson({ ...content, at: at.toISOString() }))
    .digest('hex');
}

/** JSON with sorted keys: the database keeps objects in an order of its own. */
function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item ?? null)).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  entries.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonicalJson(item)}`).join(',')}}`;
}

/** Seals every day that is over and not sealed yet. A day without records is sealed too. */
export async function sealAudit(db: Database, nowMs: number): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.select().from(auditHead).for('update');
    const [last] = await tx.select({ day: sql<string | null>`max(${auditSeals.day})::text` }).from(auditSeals);
    const [first] = await tx.select({ at: auditRecords.at }).from(auditRecords).orderBy(asc(auditRecords.seq)).limit(1);
    if (!first) return;
    const today = shanghaiDay(nowMs);
    let day = last!.day ? addDays(last!.day, 1) : shanghaiDay(first.at.getTime());
    for (; day < today; day = addDays(day, 1)) {
      const end = new Date(instantOf(addDays(day, 1), 0));
      const [newest] = await tx
        .select({ seq: auditRecords.seq, hash: auditRecords.hash })
        .from(auditRecords)
        .where(sql`${auditRecords.at} < ${end.toISOString()}`)
        .orderBy(sql`${auditRecords.seq} desc`)
        .limit(1);
      await tx
        .insert(auditSeals)
        .values({ day, lastSeq: newest?.seq ?? 0, root: newest?.hash ?? '', sealedAt: new Date(nowMs) });
    }
  });
}

/** What is wrong with the trail: the first record that does not follow from the one before it, or a seal that broke. */
export type AuditFault = { seq: number; what: 'missing' | 'altered' | 'seal_broken' | 'head_differs' };

const PAGE = 1000;

/** Reads the whole trail and checks every hash, number and seal. Returns how many records it read and what is wrong. */
export async function verifyAudit(db: Database): Promise<{ records: number; fault: AuditFault | null }> {
  const seals = await db.select().from(auditSeals).orderBy(asc(auditSeals.day));
  const gap = seals.find((seal, i) => i > 0 && seal.day !== addDays(seals[i - 1]!.day, 1));
  if (gap) return { records: 0, fault: { seq: gap.lastSeq, what: 'seal_broken' } };
  const rootsAt = new Map<number, string[]>(); // days without records share one
  for (const { lastSeq, root } of seals) rootsAt.set(lastSeq, [...(rootsAt.get(lastSeq) ?? []), root]);
  let seq = 0;
  let hash = '0'.repeat(64);
  for (;;) {
    const rows = await db
      .select()
      .from(auditRecords)
      .where(gt(auditRecords.seq, seq))
      .orderBy(asc(auditRecords.seq))
      .limit(PAGE);
    for (const row of rows) {
      if (row.seq !== seq + 1) return { records: seq, fault: { seq: seq + 1, what: 'missing' } };
      const { hash: stored, ...content } = row;
      if (row.previousHash !== hash || stored !== hashOf(content)) {
        return { records: seq, fault: { seq: row.seq, what: 'altered' } };
      }
      if (rootsAt.get(row.seq)?.some((root) => root !== stored))
        return { records: seq, fault: { seq: row.seq, what: 'seal_broken' } };
      seq = row.seq;
      hash = stored;
    }
    if (rows.length < PAGE) break;
  }
  const lost = seals.find(({ lastSeq }) => lastSeq > seq);
  if (lost) return { records: seq, fault: { seq: lost.lastSeq, what: 'missing' } };
  const [head] = await db.select().from(auditHead).where(eq(auditHead.only, true));
  if (head!.seq !== seq || head!.hash !== hash)
    return { records: seq, fault: { seq: head!.seq, what: 'head_differs' } };
  return { records: seq, fault: null };
}
