import type { ConsentPurpose } from '#domain/accounts/consent.ts';
import type { PersonalField } from '#domain/accounts/personal-data.ts';
import { readPhoneNumber } from './phone-number.ts';

/** The consent that each field is kept under. */
export const PURPOSE_OF: Record<PersonalField, ConsentPurpose> = {
  name: 'identity',
  id_number: 'identity',
  phone: 'identity',
  bank_account: 'bank_account',
  medical: 'medical',
};

type Fault = 'missing' | 'tooLong' | 'idWrong' | 'bankWrong' | 'phoneWrong';

/**
 * What is plainly wrong with a value before it is sent, as a key of the messages; null: send it. The API decides (the
 * check digit of an ID number, for one); this only spares a round trip.
 */
export function checkPersonalValue(field: PersonalField, value: string): Fault | null {
  const text = value.trim();
  if (!text) return 'missing';
  const close = text.normalize('NFKC').replace(/[\s-]/g, '');
  switch (field) {
    case 'id_number':
      return /^\d{17}[\dXx]$/.test(close) ? null : 'idWrong';
    case 'bank_account':
      return /^\d{12,30}$/.test(close) ? null : 'bankWrong';
    case 'phone':
      return readPhoneNumber(text) ? null : 'phoneWrong';
    case 'name':
      return text.length > 60 ? 'tooLong' : null;
    case 'medical':
      return text.length > 2000 ? 'tooLong' : null;
  }
}
