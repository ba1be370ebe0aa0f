import type { HolidayLookup } from '#domain/time/holidays.ts';
import type { Database } from '../db/connect.ts';
import type { AccountsOptions } from './accounts/accounts.ts';
import { eraseAppointments, exportAppointments } from './appointments/settle-person.ts';
import { eraseInsuredPerson } from './insurance/erase-insured-person.ts';
import { exportCover } from './insurance/export-cover.ts';
import type { Vault } from './platform/vault.ts';

/** What the rooms above the accounts keep about a person: how it is taken away and erased with the account. */
export function otherRoomsData(
  { db, vault, holidays }: { db: Database; vault: Vault; holidays: HolidayLookup },
  clock: () => number,
): Required<Pick<AccountsOptions, 'onExport' | 'onErase'>> {
  return {
    onExport: async (personId) => ({
      ...(await exportCover(db, vault, personId, clock())),
      ...(await exportAppointments(db, vault, personId, clock())),
    }),
    onErase: async (tx, personId, nowMs) => [
      ...(await eraseInsuredPerson(tx, vault, personId, nowMs)),
      ...(await eraseAppointments(tx, holidays, personId, nowMs)),
    ],
  };
}
