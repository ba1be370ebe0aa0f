import type { PersonalField } from './personal-data.ts';

/**
 * What a screen shows of a personal value: enough to recognise one's own, too little to use.
 */
export function maskPersonal(field: PersonalField, value: string): string {
  switch (field) {
    case 'id_number':
      return keepEnds(value, 3, 4);
    case 'phone':
      return keepEnds(value, 3, 4);
    case 'name':
      return maskName(value);
    case 'bank_account':
      return keepEnds(value, 0, 4);
    case 'medical':
      return '***';
  }
}

/** `138****5678`; null stays null. */
export function maskPhone(phone: string | null): string | null {
  return phone === null ? null : maskPersonal('phone', phone);
}

/** 王** for any length, so that the length tells nothing; a compound surname shows its first character only. */
function maskName(name: string): string {
  const [first] = name;
  return first === undefined || name.length === first.length ? '**' : `${first}**`;
}

/** At least this much stays hidden; of a value too short for that, everything does. */
const MIN_HIDDEN = 4;

function keepEnds(value: string, head: number, tail: number): string {
  const characters = [...value];
  const hidden = characters.length - head - tail;
  if (hidden < MIN_HIDDEN) return '*'.repeat(MIN_HIDDEN);
  return [...characters.slice(0, head), '*'.repeat(hidden), ...characters.slice(-tail)].join('');
}
