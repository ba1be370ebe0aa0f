import { and, desc, eq, inArray, isNull } from 'drizzle-orm';
import { maskPersonal } from '#domain/accounts/masking.ts';
import type { MyCover } from '#domain/insurance/enrolment-contract.ts';
import { shanghaiDay } from '#domain/time/shanghai.ts';
import type { Database } from '../../db/connect.ts';
import { users } from '../../db/tables/accounts.ts';
import { enrolments, insuredPersons } from '../../db/tables/enrolments.ts';
import type { Vault } from '../platform/vault.ts';
import { viewEnrolments } from './enrolment-view.ts';

/** The newest so many are shown. */
const MAX_SHOWN = 200;

/** Everything that the calendar of somebody who is signed in shows. */
export async function getMyCover(
  db: Database,
  { vault, userId }: { vault: Vault; userId: string },
  nowMs: number,
): Promise<MyCover> {
  const [person] = await db.select().from(insuredPersons).where(eq(insuredPersons.userId, userId));
  const known = (field: 'name' | 'id_number') => vault.getPersonal(db, person?.id ?? userId, field);
  const [name, idNumber] = [await known('name'), await known('id_number')];
  const bought = person
    ? await db
        .select({ id: enrolments.id })
        .from(enrolments)
        .where(eq(enrolments.insuredPersonId, person.id))
        .orderBy(desc(enrolments.createdAt), enrolments.id)
        .limit(MAX_SHOWN)
    : [];
  return {
    today: shanghaiDay(nowMs),
    name: name && maskPersonal('name', name),
    idNumber: idNumber && maskPersonal('id_number', idNumber),
    employerWaits: !person && (await isInsuredByPhone(db, vault, userId)),
    enrolments: await viewEnrolments(
      db,
      bought.map(({ id }) => id),
      nowMs,
    ),
  };
}

/** Whether an employer gave the phone that this account has shown to be its own. */
async function isInsuredByPhone(db: Database, vault: Vault, userId: string): Promise<boolean> {
  const [account] = await db
    .select({ phone: users.phoneNumber, isVerified: users.phoneNumberVerified })
    .from(users)
    .where(eq(users.id, userId));
  if (!account?.phone || !account.isVerified) return false;
  const ids = await vault.findByLookup(db, 'phone', account.phone);
  if (ids.length === 0) return false;
  const [waiting] = await db
    .select({ id: insuredPersons.id })
    .from(insuredPersons)
    .where(and(inArray(insuredPersons.id, ids), isNull(insuredPersons.userId)))
    .limit(1);
  return waiting !== undefined;
}
