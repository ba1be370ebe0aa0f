import { and, isNotNull, lte, type SQL } from 'drizzle-orm';
import type { AnyPgColumn, PgTable } from 'drizzle-orm/pg-core';
import type { Database } from '../../../db/connect.ts';
import type { Message, SendMessage } from './message.ts';

const MINUTE_MS = 60_000;
const AT_ONCE = 20;

/** A table whose rows are messages to phones: sent, or given up, when `nextTryAt` is null. */
type QueueTable = PgTable & { nextTryAt: AnyPgColumn; tries: AnyPgColumn; sentAt: AnyPgColumn };

export type MessageQueue<Row extends { tries: number }> = {
  table: QueueTable;
  isRow: (row: Row) => SQL;
  /** Minutes until each further try; after the last one a message is given up. */
  waitsMin: readonly number[];
  /** Null: there is nobody to tell any more, and nothing to try again. */
  compose: (row: Row) => Promise<Message | null>;
};

/**
 * Sends the messages of a queue that are due, and answers how many went out. One is taken before it is sent, so that two
 * processes do not both send it; what the gateway refuses is tried again later. To be called every few minutes.
 */
export async function sendQueued<Row extends { tries: number }>(
  { db, sendMessage }: { db: Database; sendMessage: SendMessage },
  queue: MessageQueue<Row>,
  nowMs: number,
): Promise<number> {
  let sent = 0;
  for (;;) {
    const taken = await take(db, queue, nowMs);
    for (const row of taken) {
      const message = await queue.compose(row);
      if (message) {
        try {
          await sendMessage(message);
        } catch {
          continue; // tried again at the time that was set when it was taken
        }
        sent += 1;
      }
      const done = { nextTryAt: null, sentAt: message ? new Date(nowMs) : null };
      await db.update(queue.table).set(done).where(queue.isRow(row));
    }
    if (taken.length < AT_ONCE) return sent;
  }
}

/** Takes some for this process: their next try is the one after this. */
async function take<Row extends { tries: number }>(
  db: Database,
  { table, isRow, waitsMin }: MessageQueue<Row>,
  nowMs: number,
): Promise<Row[]> {
  return db.transaction(async (tx) => {
    const due = (await tx
      .select()
      .from(table)
      .where(and(isNotNull(table.nextTryAt), lte(table.nextTryAt, new Date(nowMs))))
      .orderBy(table.nextTryAt)
      .limit(AT_ONCE)
      .for('update', { skipLocked: true })) as unknown as Row[];
    for (const row of due) {
      const waitMin = waitsMin[row.tries];
      const nextTryAt = waitMin === undefined ? null : new Date(nowMs + waitMin * MINUTE_MS);
      await tx
        .update(table)
        .set({ tries: row.tries + 1, nextTryAt })
        .where(isRow(row));
    }
    return due;
  });
}
