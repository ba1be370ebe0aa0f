import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sealAudit, verifyAudit, writeAudit } from '../../api/platform/audit.ts';
import type { Connection } from '../../db/connect.ts';
import { auditHead, auditRecords, auditSeals } from '../../db/tables/audit.ts';
import { emptyTestDatabase, openTestDatabase, testEngines } from '../support/database.ts';
import { NOON } from '../support/factories.ts';

const DAY_MS = 86_400_000;

const causeOf = (error: unknown) => String((error as Error).cause ?? error);

describe.each(testEngines())('the audit trail on %s', (engine) => {
  let connection: Connection;
  beforeAll(async () => {
    connection = await openTestDatabase(engine);
  });
  beforeEach(() => emptyTestDatabase(connection));
  afterAll(() => connection.close());

  const write = (n: number, atMs = NOON + n * 1000) =>
    connection.db.transaction((tx) =>
      writeAudit(tx, {
        actorId: n % 3 === 0 ? null : `person-${n % 3}`,
        action: 'site.edit',
        subject: { kind: 'site', id: `site-${n}` },
        before: { name: '旧', hours: null, n },
        after: {
          name: '新 "quoted" \\',
          services: [{ b: 1, a: [undefined, 2.5] }],
          gone: undefined,
          at: new Date(NOON),
        },
        reason: n % 2 === 0 ? '核实' : null,
        atMs,
      }),
    );
  const writeMany = async (count: number) => {
    for (let n = 1; n <= count; n++) await write(n);
  };
  const verify = () => verifyAudit(connection.db);
  /** As somebody does who owns the database: the triggers are no hindrance to them. */
  const tamper = (statement: string) =>
    connection.sql.begin(async (tx) => {
      await tx`set local session_replication_role = replica`;
      await tx.unsafe(statement);
    });

  it('is whole when nothing is in it, and after every record', async () => {
    expect(await verify()).toEqual({ records: 0, fault: null });
    await writeMany(25);
    expect(await verify()).toEqual({ records: 25, fault: null });
    const rows = await connection.db.select().from(auditRecords).orderBy(auditRecords.seq);
    expect(rows.map(({ seq }) => seq)).toEqual(Array.from({ length: 25 }, (_, i) => i + 1));
    expect(rows.slice(1).every((row, i) => row.previousHash === rows[i]!.hash)).toBe(true);
  });

  it('is read whole across its pages', async () => {
    await connection.db.transaction(async (tx) => {
      for (let n = 1; n <= 1003; n++) {
        await writeAudit(tx, { actorId: null, action: 'x', subject: { kind: 'y', id: String(n) }, atMs: NOON });
      }
    });
    expect(await verify()).toEqual({ records: 1003, fault: null });
    await tamper('delete from audit_records where seq = 1001');
    expect((await verify()).fault).toEqual({ seq: 1001, what: 'missing' });
  });

  it('is written or not written together with the change', async () => {
    await writeMany(2);
    const failing = connection.db.transaction(async (tx) => {
      await writeAudit(tx, { actorId: null, action: 'x', subject: { kind: 'y', id: 'z' }, atMs: NOON });
      throw new Error('the change was refused');
    });
    await expect(failing).rejects.toThrow('refused');
    expect(await verify()).toEqual({ records: 2, fault: null });
  });

  it('has no gap and no fork when many write at once, some of whom fail', async () => {
    const writers = Array.from({ length: 40 }, (_, n) =>
      connection.db
        .transaction(async (tx) => {
          await writeAudit(tx, {
            actorId: `w${n}`,
            action: 'x',
            subject: { kind: 'y', id: String(n) },
            atMs: NOON + n,
          });
          if (n % 4 === 0) throw new Error('changed my mind');
        })
        .catch(() => {}),
    );
    await Promise.all(writers);
    expect(await verify()).toEqual({ records: 30, fault: null });
  });

  it.each([
    'update audit_records set reason = null',
    "update audit_records set action = 'nothing' where seq = 1",
    'delete from audit_records',
    'delete from audit_records where seq = 3',
    'truncate audit_records',
    "update audit_seals set root = ''",
    'delete from audit_seals',
    'truncate audit_seals',
  ])('is not changed by: %s', async (statement) => {
    await writeMany(3);
    await sealAudit(connection.db, NOON + DAY_MS);
    await expect(
      connection.db.execute(sql.raw(statement)).catch((error) => Promise.reject(new Error(causeOf(error)))),
    ).rejects.toThrow(/append-only|refused|not be changed|never/i);
    expect(await verify()).toEqual({ records: 3, fault: null });
  });

  it.each([
    ["update audit_records set actor_id = 'somebody else' where seq = 4", 4, 'altered'],
    ["update audit_records set after = '{}' where seq = 4", 4, 'altered'],
    ['update audit_records set reason = null where seq = 4', 4, 'altered'],
    ["update audit_records set at = at + interval '1 ms' where seq = 4", 4, 'altered'],
    ["update audit_records set hash = repeat('a', 64) where seq = 4", 4, 'altered'],
    ['delete from audit_records where seq = 4', 4, 'missing'],
    ['delete from audit_records where seq = 1', 1, 'missing'],
    ['delete from audit_records where seq >= 6', 9, 'head_differs'],
    ['update audit_records set seq = case seq when 4 then 104 when 5 then 105 end where seq in (4, 5)', 4, 'missing'],
    ["update audit_head set hash = repeat('a', 64)", 9, 'head_differs'],
  ] as const)('shows what a superuser did: %s', async (statement, seq, what) => {
    await writeMany(9);
    await tamper(statement);
    expect((await verify()).fault).toEqual({ seq, what });
  });

  it('shows a record that was altered together with its hash and every hash after it, by the seal', async () => {
    await writeMany(5);
    await sealAudit(connection.db, NOON + DAY_MS);
    const rows = await connection.db.select().from(auditRecords).orderBy(auditRecords.seq);
    await tamper("truncate audit_records; update audit_head set seq = 0, hash = repeat('0', 64)");
    for (const row of rows) {
      await connection.db.transaction((tx) =>
        writeAudit(tx, {
          actorId: row.seq === 3 ? 'somebody else' : row.actorId,
          action: row.action,
          subject: { kind: row.subjectKind, id: row.subjectId },
          before: row.before,
          after: row.after,
          reason: row.reason,
          atMs: row.at.getTime(),
        }),
      );
    }
    expect((await verify()).fault).toEqual({ seq: 5, what: 'seal_broken' });
  });

  describe('sealed', () => {
    it('every day that is over, also a quiet one, once', async () => {
      await write(1);
      await write(2, NOON + 2 * DAY_MS);
      await sealAudit(connection.db, NOON);
      expect(await connection.db.$count(auditSeals)).toBe(0);
      await sealAudit(connection.db, NOON + 3 * DAY_MS);
      await sealAudit(connection.db, NOON + 3 * DAY_MS + 1);
      const [first, second] = await connection.db.select().from(auditRecords).orderBy(auditRecords.seq);
      const seals = await connection.db.select().from(auditSeals).orderBy(auditSeals.day);
      expect(seals.map(({ day, lastSeq, root }) => [day, lastSeq, root])).toEqual([
        ['2026-03-10', 1, first!.hash],
        ['2026-03-11', 1, first!.hash],
        ['2026-03-12', 2, second!.hash],
      ]);
      expect(await verify()).toEqual({ records: 2, fault: null });
    });

    it('by several processes at once', async () => {
      await write(1);
      await Promise.all([1, 2, 3].map(() => sealAudit(connection.db, NOON + 2 * DAY_MS)));
      expect(await connection.db.$count(auditSeals)).toBe(2);
    });

    it.each([
      ["update audit_seals set root = repeat('a', 64) where day = '2026-03-10'", 1, 'seal_broken'],
      ["update audit_seals set root = repeat('a', 64) where day = '2026-03-11'", 1, 'seal_broken'],
      ["delete from audit_seals where day = '2026-03-11'", 2, 'seal_broken'],
      ["update audit_seals set last_seq = 7 where day = '2026-03-12'", 7, 'missing'],
    ] as const)('shows: %s', async (statement, seq, what) => {
      await write(1);
      await write(2, NOON + 2 * DAY_MS);
      await sealAudit(connection.db, NOON + 3 * DAY_MS);
      await tamper(statement);
      expect((await verify()).fault).toEqual({ seq, what });
    });

    it('shows that the end was cut off, even when the head was set back', async () => {
      await writeMany(5);
      await sealAudit(connection.db, NOON + DAY_MS);
      const [third] = await connection.db
        .select()
        .from(auditRecords)
        .where(sql`seq = 3`);
      await tamper(`delete from audit_records where seq > 3; update audit_head set seq = 3, hash = '${third!.hash}'`);
      expect((await verify()).fault).toEqual({ seq: 5, what: 'missing' });
      expect(await connection.db.$count(auditHead)).toBe(1);
    });
  });
});
