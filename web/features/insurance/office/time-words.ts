/** `5.5 hours`, from two days on `2.3 days`; a dash where nothing is known. */
export function waitWords(
  hours: number | null,
  m: { hours: (hours: string) => string; days: (days: string) => string },
): string {
  if (hours === null) return '–';
  return hours < 48 ? m.hours(short(hours)) : m.days(short(hours / 24));
}

function short(value: number): string {
  return value < 10 ? String(Math.round(value * 10) / 10) : String(Math.round(value));
}
