import { execFileSync } from 'node:child_process';
import process from 'node:process';
import { describe, expect, it } from 'vitest';
import { holidayCalendar } from './holiday-source.ts';
import { compileHolidays, dayKind } from './holidays.ts';
import { dayNumber } from './shanghai.ts';

describe('holidayCalendar', () => {
  it('holds the arrangement for 2026 as the State Council published it', () => {
    const { coveredYears, daysOff, makeupWorkdays } = holidayCalendar([2026]);
    expect(coveredYears).toEqual([2026]);
    expect(daysOff).toHaveLength(33);
    expect(daysOff.filter((day) => day.startsWith('2026-10'))).toEqual(
      [1, 2, 3, 4, 5, 6, 7].map((day) => `2026-10-0${day}`),
    );
    const makeup = ['2026-01-04', '2026-02-14', '2026-02-28', '2026-05-09', '2026-09-20', '2026-10-10'];
    expect(makeupWorkdays).toEqual(makeup);
  });

  it('claims no year it does not hold, and still lists the days fixed by law', () => {
    const { coveredYears, daysOff, makeupWorkdays } = holidayCalendar([2027]);
    expect(coveredYears).toEqual([]);
    expect(makeupWorkdays).toEqual([]);
    const winterAndSpring = ['01-01', '02-05', '02-06', '02-07', '02-08', '04-05', '05-01', '05-02'];
    const summerAndAutumn = ['06-09', '09-15', '10-01', '10-02', '10-03'];
    expect(daysOff).toEqual([...winterAndSpring, ...summerAndAutumn].map((monthDay) => `2027-${monthDay}`));
  });

  it('counts a day once when Mid-Autumn falls on National Day’s holiday', () => {
    expect(holidayCalendar([2028]).daysOff.filter((day) => day === '2028-10-03')).toHaveLength(1);
  });

  it('is the same on machines west and east of Greenwich', () => {
    const script = `import { holidayCalendar } from './api/domain/time/holiday-source.ts';
      console.log(JSON.stringify(holidayCalendar([2025, 2026, 2027, 2028])));`;
    const here = holidayCalendar([2025, 2026, 2027, 2028]);
    for (const zone of ['America/Los_Angeles', 'Pacific/Kiritimati']) {
      const there = execFileSync(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
        env: { ...process.env, TZ: zone },
        encoding: 'utf8',
      });
      expect(JSON.parse(there), zone).toEqual(here);
    }
  });
});

describe('dayKind', () => {
  const lookup = compileHolidays(holidayCalendar([2026, 2027]));
  it.each([
    ['2026-10-01', 'holiday'],
    ['2026-10-10', 'makeup_workday'],
    ['2026-10-12', 'ordinary'],
    ['2026-10-11', 'ordinary'],
    ['2027-01-01', 'holiday'],
    ['2027-01-02', 'not_known'],
    ['2030-05-01', 'not_known'],
  ])('%s is %s', (day, kind) => {
    expect(dayKind(lookup, dayNumber(day), Number(day.slice(0, 4)))).toBe(kind);
  });
});
