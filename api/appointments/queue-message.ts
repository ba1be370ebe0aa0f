import type { AppointmentMessageKind } from '#domain/appointments/appointment-messages.ts';
import type { Transaction } from '../../db/connect.ts';
import { appointmentMessages } from '../../db/tables/appointments.ts';

export type QueuedMessage = {
  subjectId: string;
  version: number;
  kind: AppointmentMessageKind;
  userId: string;
  siteName: string;
  startMs: number;
};

/** Has a message sent by housekeeping, once, with what it tells as it was now. */
export async function queueMessage(tx: Transaction, message: QueuedMessage, nowMs: number): Promise<void> {
  const { startMs, ...rest } = message;
  const now = new Date(nowMs);
  await tx
    .insert(appointmentMessages)
    .values({ ...rest, startsAt: new Date(startMs), createdAt: now, nextTryAt: now })
    .onConflictDoNothing();
}
