import type { PersonalField } from '#domain/accounts/personal-data.ts';
import { readPersonalValue } from '#domain/accounts/personal-value.ts';

type Fault = 'missing' | 'tooLong' | 'idWrong' | 'bankWrong' | 'phoneWrong';

const FAULT_OF: Record<PersonalField, Fault> = {
  name: 'tooLong',
  id_number: 'idWrong',
  phone: 'phoneWrong',
  bank_account: 'bankWrong',
  medical: 'tooLong',
};

/** What the API would refuse, found before it is sent: a key of the messages, or null. `today`: `YYYY-MM-DD`. */
export function checkPersonalValue(field: PersonalField, value: string, today: string): Fault | null {
  if (!value.trim()) return 'missing';
  return readPersonalValue(field, value, today).ok ? null : FAULT_OF[field];
}
