import chineseDays from 'chinese-days';
import type { HolidayCalendar } from './holidays.ts';
import { addDays, dayFromNumber, dayNumber } from './shanghai.ts';

// Node finds no named exports in the CommonJS build of chinese-days, whatever its types say.
// oxlint-disable-next-line import/no-named-as-default-member
const { getDayDetail, getLunarDate } = chineseDays;

/** The law as amended in 2024 counts the days below as holidays from this year on. */
const LAW_IN_FORCE_FROM = 2025;

/**
 * The holiday calendar for the given years, from chinese-days (version 1.5.7 holds 2004 to 2026).
 *
 * A year whose arrangement the State Council has not yet published (or that chinese-days does not hold) is left out of
 * `coveredYears`; its statutory days are still listed, because they follow from the law and the lunar calendar.
 */
export function holidayCalendar(years: readonly number[]): HolidayCalendar {
  const calendar: HolidayCalendar = { coveredYears: [], daysOff: [], makeupWorkdays: [] };
  for (const year of years) {
    // Every arrangement names National Day, so it tells whether the year is there.
    if (arrangedDay(`${year}-10-01`)) {
      calendar.coveredYears.push(year);
      for (const day of daysOfYear(year)) {
        const arranged = arrangedDay(day);
        if (arranged) (arranged.work ? calendar.makeupWorkdays : calendar.daysOff).push(day);
      }
    } else if (year >= LAW_IN_FORCE_FROM) {
      calendar.daysOff.push(...statutoryDays(year));
    }
  }
  return calendar;
}

/**
 * Only `work` and whether it is named are trusted: chinese-days reads its own result's date in the machine's zone, and
 * west of Greenwich that is the day before. An ordinary day is named after its weekday; an arranged one is named
 * "English,中文,days".
 */
function arrangedDay(day: string): { work: boolean } | null {
  const detail = getDayDetail(day);
  return detail.name.includes(',') ? detail : null;
}

/**
 * Days off by 全国年节及纪念日放假办法 (国务院令第795号, in force since 2025-01-01): New Year's Day, the eve and first three
 * days of the lunar year, Qingming, 1-2 May, Dragon Boat, Mid-Autumn, 1-3 October. Bridging days are not among them.
 */
function statutoryDays(year: number): string[] {
  const days = ['01-01', '05-01', '05-02', '10-01', '10-02', '10-03'].map((monthDay) => `${year}-${monthDay}`);
  days.push(qingming(year));
  for (const day of daysOfYear(year)) {
    const { lunarMon, lunarDay, isLeap } = getLunarDate(day);
    if (isLeap) continue;
    if (lunarMon === 1 && lunarDay === 1) days.push(addDays(day, -1));
    if (lunarMon === 1 && lunarDay <= 3) days.push(day);
    if (lunarMon === 5 && lunarDay === 5) days.push(day);
    if (lunarMon === 8 && lunarDay === 15) days.push(day);
  }
  // Mid-Autumn can fall on one of the first days of October.
  return [...new Set(days)].sort();
}

/**
 * The day of the solar term 清明 by the usual formula for 2000 to 2099, which agrees with chinese-days for 2025 to 2099
 * and, unlike its getSolarTermDate, does not depend on the machine's zone.
 */
function qingming(year: number): string {
  const y = year - 2000;
  return `${year}-04-0${Math.floor(y * 0.2422 + 4.81) - Math.floor(y / 4)}`;
}

function daysOfYear(year: number): string[] {
  const first = dayNumber(`${year}-01-01`);
  const next = dayNumber(`${year + 1}-01-01`);
  return Array.from({ length: next - first }, (_, index) => dayFromNumber(first + index));
}
