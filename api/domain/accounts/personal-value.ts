import { readCitizenId } from './citizen-id.ts';
import { normaliseForLookup, type PersonalField } from './personal-data.ts';

/** A mobile number of mainland China, as people here have them. */
export const PHONE = /^1[3-9]\d{9}$/;

const MAX_NAME_LENGTH = 60;
const MAX_MEDICAL_LENGTH = 2000;

/**
 * Checks a value and gives the one spelling that is kept, or says in words what is wrong, never repeating the value.
 * `today` is `YYYY-MM-DD`.
 */
export function readPersonalValue(
  field: PersonalField,
  text: string,
  today: string,
): { ok: true; value: string } | { ok: false; words: string } {
  switch (field) {
    case 'id_number': {
      const read = readCitizenId(normaliseForLookup(text), today);
      if (read.ok) return { ok: true, value: read.number };
      return refuse(ID_FAULTS[read.fault]);
    }
    case 'phone': {
      const value = normaliseForLookup(text);
      return PHONE.test(value)
        ? { ok: true, value }
        : refuse('must be a mobile number of 11 digits that begins with 1');
    }
    case 'bank_account': {
      const value = normaliseForLookup(text);
      return /^\d{12,30}$/.test(value) ? { ok: true, value } : refuse('must be an account number of 12 to 30 digits');
    }
    case 'name': {
      const value = text.normalize('NFC').trim();
      if (value === '' || [...value].length > MAX_NAME_LENGTH)
        return refuse(`must have 1 to ${MAX_NAME_LENGTH} characters`);
      return /[\p{C}<>]/u.test(value) ? refuse('must be a name, without control characters') : { ok: true, value };
    }
    case 'medical': {
      const value = text.normalize('NFC').trim();
      if (value === '' || value.length > MAX_MEDICAL_LENGTH)
        return refuse(`must have 1 to ${MAX_MEDICAL_LENGTH} characters`);
      return { ok: true, value };
    }
  }
}

const refuse = (words: string) => ({ ok: false as const, words });

const ID_FAULTS = {
  shape: 'must have 18 characters: 17 digits, and a digit or X',
  birth_day: 'the birth day in the number (the 7th to the 14th digit) is not a day on which its holder can be born',
  check_digit: 'the last character does not fit the others: one of them is mistyped',
} as const;
