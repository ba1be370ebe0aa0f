import { formatDates } from './format-dates.ts';
import type { OpeningHours, Rule, TimeSpan } from './opening-rules.ts';
import { WEEKDAYS } from './osm-opening-hours.ts';
import { pad } from './osm-reader.ts';
import { MINUTES_PER_DAY } from './shanghai.ts';

/** Writes hours in OSM's form, so that `parseOpeningHours` reads the same rules again. The season is not part of it. */
export function formatOpeningHours(hours: OpeningHours): string {
  return hours.rules
    .map((rule, index) => {
      const next = hours.rules[index + 1];
      // Without a word between them, `09:00-12:00` and an added `14:00-18:00` would read as one rule.
      const sayOpen = next?.joint === 'add' && !formatDays(next) && !next.dates.length;
      return (index ? JOINTS[rule.joint] : '') + formatRule(rule, sayOpen);
    })
    .join('');
}

const JOINTS = { replace: '; ', add: ', ', fallback: ' || ' };

function formatRule(rule: Rule, sayOpen: boolean): string {
  const selectors = [rule.dates.map(formatDates).join(','), formatDays(rule)].filter(Boolean);
  const times = rule.times.map(formatTimes).join(',');
  const state = { open: 'open', closed: 'off', unknown: 'unknown' }[rule.state];
  const comment = rule.comment === undefined ? '' : `"${rule.comment}"`;
  const always = !selectors.length && !times && rule.state === 'open';
  // A comment alone says unknown; times alone say open.
  const silent =
    rule.state === 'unknown' ? comment : rule.state === 'open' && !comment && !sayOpen && (times || always);
  return [...selectors, times, always && '24/7', !silent && state, comment].filter(Boolean).join(' ');
}

function formatDays({ weekdays, nth, publicHoliday }: Rule): string {
  const parts: string[] = [];
  for (let first = 0; first < 7; first++) {
    if (!(weekdays & (1 << first))) continue;
    let last = first;
    while (weekdays & (1 << (last + 1))) last++;
    parts.push(
      last === first ? WEEKDAYS[first]! : `${WEEKDAYS[first]}${last === first + 1 ? ',' : '-'}${WEEKDAYS[last]}`,
    );
    first = last;
  }
  WEEKDAYS.forEach((name, weekday) => {
    const numbers = nth.filter((one) => one.weekday === weekday).map((one) => one.nth);
    if (numbers.length) parts.push(`${name}[${numbers.join(',')}]`);
  });
  if (publicHoliday) parts.push('PH');
  return parts.join(',');
}

function formatTimes({ startMin, endMin, openEnd }: TimeSpan): string {
  const plus = openEnd ? '+' : '';
  if (startMin === endMin) return formatTime(startMin) + plus;
  // `22:00-06:00` reads better than 30:00, as long as it cannot be taken for the same day.
  const wraps = endMin > MINUTES_PER_DAY && endMin - MINUTES_PER_DAY <= startMin;
  return `${formatTime(startMin)}-${formatTime(wraps ? endMin - MINUTES_PER_DAY : endMin)}${plus}`;
}

/** Minutes after midnight as `HH:MM`, up to `48:00`. */
function formatTime(minutes: number): string {
  return `${pad(Math.floor(minutes / 60))}:${pad(minutes % 60)}`;
}
