import type { DateRange } from './opening-rules.ts';
import { MONTHS } from './osm-dates.ts';
import { pad } from './osm-reader.ts';

/** Writes a season as `parseSeason` reads it. */
export function formatSeason(season: DateRange[]): string {
  return season.map(formatDates).join(',');
}

/** `Oct 01`, `Oct 01-07`, `Jun 01-Sep 30`, `Jun-Sep`, and with years `2026 Feb 16-20`, `2026 Dec 24-2027 Jan 03`, `2026`. */
export function formatDates({ from, to }: DateRange): string {
  const [fromYear, fromMonth, fromDay] = splitDate(from);
  const [toYear, toMonth, toDay] = splitDate(to);
  const dated = fromYear > 0;
  if (dated && from % 10000 === 101 && to % 10000 === 1231) {
    return fromYear === toYear ? `${fromYear}` : `${fromYear}-${toYear}`;
  }
  const wholeMonths = fromDay === 1 && toDay === 31;
  const write = (year: number, month: number, day: number) =>
    (year ? `${year} ` : '') + MONTHS[month - 1]! + (wholeMonths ? '' : ` ${pad(day)}`);
  const start = write(fromYear, fromMonth, fromDay);
  if (from === to) return start;
  if (fromYear === toYear && fromMonth === toMonth && from < to) return wholeMonths ? start : `${start}-${pad(toDay)}`;
  return `${start}-${write(toYear, toMonth, toDay)}`;
}

function splitDate(date: number): [number, number, number] {
  return [Math.floor(date / 10000), Math.floor((date % 10000) / 100), date % 100];
}
