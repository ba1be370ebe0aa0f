import { desc, eq } from 'drizzle-orm';
import type { Database } from '../../db/connect.ts';
import { enrolments, insuredPersons } from '../../db/tables/enrolments.ts';
import type { Vault } from '../platform/vault.ts';
import { viewEnrolments } from './enrolment-view.ts';

/** What 益鹭保 keeps about the holder of an account, in the clear, for themselves. Empty: nothing. */
export async function exportCover(
  db: Database,
  vault: Vault,
  userId: string,
  nowMs: number,
): Promise<Record<string, unknown>> {
  const [person] = await db.select().from(insuredPersons).where(eq(insuredPersons.userId, userId));
  if (!person) return {};
  const ids = await db
    .select({ id: enrolments.id })
    .from(enrolments)
    .where(eq(enrolments.insuredPersonId, person.id))
    .orderBy(desc(enrolments.createdAt));
  return {
    insurance: {
      person: {
        name: await vault.getPersonal(db, person.id, 'name'),
        idNumber: await vault.getPersonal(db, person.id, 'id_number'),
        phone: await vault.getPersonal(db, person.id, 'phone'),
      },
      enrolments: await viewEnrolments(
        db,
        ids.map(({ id }) => id),
        nowMs,
      ),
    },
  };
}
