import { eq } from 'drizzle-orm';
import type { Transaction } from '../../db/connect.ts';
import { enrolments, insuredPersons } from '../../db/tables/enrolments.ts';

export type EnrolmentRow = typeof enrolments.$inferSelect;

/**
 * The enrolment as it stands, with its person's row locked to the end of the transaction. Whatever changes covers,
 * enrolments, payments or refunds of a person locks that row first, so that nobody waits for each other in a circle.
 */
export async function lockEnrolment(
  tx: Transaction,
  enrolmentId: string,
): Promise<{ enrolment: EnrolmentRow; userId: string | null } | null> {
  const [found] = await tx
    .select({ personId: enrolments.insuredPersonId })
    .from(enrolments)
    .where(eq(enrolments.id, enrolmentId));
  if (!found) return null;
  const [person] = await tx
    .select({ userId: insuredPersons.userId })
    .from(insuredPersons)
    .where(eq(insuredPersons.id, found.personId))
    .for('update');
  const [enrolment] = await tx.select().from(enrolments).where(eq(enrolments.id, enrolmentId));
  return { enrolment: enrolment!, userId: person!.userId };
}
