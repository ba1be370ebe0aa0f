import { addDays } from '../time/shanghai.ts';

/** The first and the last day of a quarter such as `2026-Q3`. */
export function quarterDays(quarter: string): { from: string; to: string } {
  const [year, number] = quarter.split('-Q').map(Number) as [number, number];
  return { from: firstDay(year, number), to: addDays(firstDay(year, number + 1), -1) };
}

/** The quarters that are over on a day, the newest first. */
export function finishedQuarters(today: string, count: number): string[] {
  const running = Number(today.slice(0, 4)) * 4 + Math.floor((Number(today.slice(5, 7)) - 1) / 3);
  return Array.from({ length: count }, (_, i) => {
    const at = running - 1 - i;
    return `${Math.floor(at / 4)}-Q${(at % 4) + 1}`;
  });
}

function firstDay(year: number, quarter: number): string {
  const month = (quarter - 1) * 3;
  return `${year + Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}-01`;
}
