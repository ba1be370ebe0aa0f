import { type KeyboardEvent, useRef, useState } from 'react';
import { addDays } from '#domain/time/shanghai.ts';
import { enrol as en } from '../../client/messages/en/enrol.ts';
import { enrol as zh } from '../../client/messages/zh/enrol.ts';
import { useMessages } from '../../client/messages.ts';
import { useTexts } from '../../client/texts.ts';
import { IconButton } from '../../ui/button.tsx';
import { laterIcons } from '../../ui/later-icons.ts';
import styles from './day-calendar.module.css';
import { type CoveredDay, monthAfter, weeksOf } from './day-choice.ts';
import { longDayWords } from './day-words.ts';

const STEP: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };

/**
 * One month of days. Without `onTap` it only shows. A day that cannot be chosen can still be tapped, so that somebody
 * can be told why.
 */
export function DayCalendar({
  today,
  firstMonth,
  lastMonth,
  initialMonth,
  covered,
  chosen,
  isFree,
  onTap,
  label,
}: {
  today: string;
  /** The months that can be turned to, `YYYY-MM`. */
  firstMonth: string;
  lastMonth: string;
  initialMonth: string;
  covered: ReadonlyMap<string, CoveredDay>;
  chosen?: ReadonlySet<string>;
  isFree?: (day: string) => boolean;
  onTap?: (day: string) => void;
  label: string;
}) {
  const { pick: m } = useTexts({ zh, en });
  const { time } = useMessages().places;
  const [month, setMonth] = useState(initialMonth);
  const [focused, setFocused] = useState<string | null>(null);
  const grid = useRef<HTMLTableElement>(null);
  const weeks = weeksOf(month);
  const [year, number] = month.split('-').map(Number) as [number, number];
  // One stop of the tab key for the whole month; the arrows go on from there.
  const tabStop =
    (focused?.startsWith(month) ? focused : null) ?? weeks.flat().find((day) => day && isFree?.(day)) ?? `${month}-01`;

  function onKeyDown(event: KeyboardEvent): void {
    const step = STEP[event.key];
    if (!step || !onTap) return;
    event.preventDefault();
    const next = addDays(tabStop, step);
    const nextMonth = next.slice(0, 7);
    if (nextMonth < firstMonth || nextMonth > lastMonth) return;
    setFocused(next);
    setMonth(nextMonth);
    requestAnimationFrame(() => grid.current?.querySelector<HTMLElement>(`[data-day="${next}"]`)?.focus());
  }

  function wordsOf(day: string): string {
    const known = covered.get(day);
    return [
      longDayWords(day, today, time),
      day === today && m.today,
      known && (known.held ? m.held : known.by === null ? m.ofOwn : m.ofEmployer(known.by)),
      chosen?.has(day) && m.chosen,
    ]
      .filter(Boolean)
      .join(' · ');
  }

  function cell(day: string) {
    const known = covered.get(day);
    const marks = {
      'data-day': day,
      'data-today': day === today || undefined,
      'data-covered': known ? (known.held ? 'held' : known.by === null ? 'own' : 'employer') : undefined,
      className: styles.day,
    };
    const sign = known && <span className={styles.sign}>{known.held ? '…' : known.by === null ? '✓' : '◆'}</span>;
    if (!onTap) {
      return (
        <span {...marks}>
          <span aria-hidden="true">
            {Number(day.slice(8))}
            {sign}
          </span>
          <span className="visually-hidden">{wordsOf(day)}</span>
        </span>
      );
    }
    const free = isFree?.(day) ?? false;
    return (
      <button
        {...marks}
        type="button"
        aria-label={wordsOf(day)}
        aria-pressed={chosen?.has(day) ?? false}
        aria-disabled={!free || undefined}
        tabIndex={day === tabStop ? 0 : -1}
        onFocus={() => setFocused(day)}
        onClick={() => onTap(day)}
      >
        {Number(day.slice(8))}
        {sign}
      </button>
    );
  }

  return (
    <div className={styles.calendar}>
      <div className={styles.head}>
        <IconButton
          icon={laterIcons.back}
          label={m.earlier}
          disabled={month <= firstMonth}
          onClick={() => setMonth(monthAfter(month, -1))}
        />
        <strong aria-live="polite">{m.month(year, number)}</strong>
        <IconButton
          icon={laterIcons.forward}
          label={m.later}
          disabled={month >= lastMonth}
          onClick={() => setMonth(monthAfter(month, 1))}
        />
      </div>
      {/* The keys of the days inside it. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <table ref={grid} aria-label={label} onKeyDown={onKeyDown}>
        <thead>
          <tr>
            {m.weekdays.map((name, weekday) => (
              <th key={name} scope="col" abbr={time.weekdays[weekday]}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeks.map((week) => (
            <tr key={week.find(Boolean)}>
              {week.map((day, weekday) => (
                <td key={day ?? `empty-${weekday}`}>{day && cell(day)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** What the signs in the days mean, as far as they occur. */
export function CalendarLegend({ covered }: { covered: ReadonlyMap<string, CoveredDay> }) {
  const { pick: m } = useTexts({ zh, en });
  const all = [...covered.values()];
  const entries = [
    ['own', '✓', m.legendOwn, all.some(({ by, held }) => !held && by === null)],
    ['employer', '◆', m.legendEmployer, all.some(({ by, held }) => !held && by !== null)],
    ['held', '…', m.legendHeld, all.some(({ held }) => held)],
  ] as const;
  if (!all.length) return null;
  return (
    <ul className={styles.legend}>
      {entries.map(
        ([kind, sign, words, occurs]) =>
          occurs && (
            <li key={kind}>
              <span className={styles.swatch} data-covered={kind} aria-hidden="true">
                {sign}
              </span>
              {words}
            </li>
          ),
      )}
    </ul>
  );
}
