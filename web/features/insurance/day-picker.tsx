import { useState } from 'react';
import { enrol as en } from '../../client/messages/en/enrol.ts';
import { enrol as zh } from '../../client/messages/zh/enrol.ts';
import { useMessages } from '../../client/messages.ts';
import { useTexts } from '../../client/texts.ts';
import { Button } from '../../ui/button.tsx';
import { ChoiceGroup } from '../../ui/choice-group.tsx';
import { CalendarLegend, DayCalendar } from './day-calendar.tsx';
import { dayFault, daysBetween, type DayLimits, firstDay, lastDay, nextDays } from './day-choice.ts';
import { longDayWords } from './day-words.ts';
import styles from './insurance.module.css';

const QUICK_DAYS = [7, 30] as const;

/** Days to buy: one by one, a span by its two ends, or the next few with one tap. */
export function DayPicker({
  limits,
  chosen,
  onChange,
}: {
  limits: DayLimits;
  chosen: readonly string[];
  onChange: (days: string[]) => void;
}) {
  const { pick: m } = useTexts({ zh, en });
  const { time } = useMessages().places;
  const [how, setHow] = useState<'single' | 'span'>('single');
  const [spanFrom, setSpanFrom] = useState<string | null>(null);
  const [told, setTold] = useState<string | null>(null);
  const most = limits.terms.longestTermDays.value;
  const words = (day: string) => longDayWords(day, limits.today, time);

  function onTap(day: string): void {
    const fault = dayFault(day, limits);
    if (fault) return setTold(faultWords(day, fault));
    setTold(null);
    if (how === 'span') return onSpan(day);
    if (chosen.includes(day)) return onChange(chosen.filter((other) => other !== day));
    if (chosen.length >= most) return setTold(m.tooMany(most));
    onChange([...chosen, day].sort());
  }

  function onSpan(day: string): void {
    if (spanFrom === null) {
      setSpanFrom(day);
      onChange([day]);
      return;
    }
    const days = daysBetween(spanFrom, day, limits);
    setSpanFrom(null);
    onChange(days);
    if (!days.includes(day) || !days.includes(spanFrom)) setTold(m.tooMany(most));
  }

  function faultWords(day: string, fault: keyof typeof m.faults): string {
    if (fault === 'too_soon') return m.faults.too_soon(words(day), words(firstDay(limits)));
    if (fault === 'too_far') return m.faults.too_far(words(day), words(lastDay(limits)));
    const by = limits.covered.get(day)?.by;
    return by ? m.faults.coveredBy(words(day), by) : m.faults[fault as 'past' | 'covered' | 'held'](words(day));
  }

  function quick(count: number): void {
    setTold(null);
    setSpanFrom(null);
    onChange(nextDays(count, limits));
  }

  return (
    <section className={styles.section} aria-labelledby="which-days">
      <h2 id="which-days">{m.heading}</h2>
      <div className={styles.actions}>
        <Button onClick={() => quick(1)}>{m.tomorrow}</Button>
        {QUICK_DAYS.filter((count) => count <= most).map((count) => (
          <Button key={count} onClick={() => quick(count)}>
            {m.quick(count)}
          </Button>
        ))}
        <Button variant="quiet" disabled={!chosen.length} onClick={() => onChange([])}>
          {m.clear}
        </Button>
      </div>
      <DayCalendar
        // What is bought begins on the first free day; that is the month to see.
        key={firstDay(limits).slice(0, 7)}
        today={limits.today}
        firstMonth={limits.today.slice(0, 7)}
        lastMonth={lastDay(limits).slice(0, 7)}
        initialMonth={(chosen[0] ?? firstDay(limits)).slice(0, 7)}
        covered={limits.covered}
        chosen={new Set(chosen)}
        isFree={(day) => dayFault(day, limits) === null}
        onTap={onTap}
        label={m.heading}
      />
      <output className={told ? styles.warning : styles.quiet}>
        {told ?? (how === 'single' ? m.hint : spanFrom ? m.spanNext(words(spanFrom)) : m.spanHint)}
      </output>
      <CalendarLegend covered={limits.covered} />
      <ChoiceGroup
        legend={m.how}
        value={how}
        onChange={(next) => {
          setHow(next);
          setSpanFrom(null);
          setTold(null);
        }}
        options={[
          { value: 'single', label: m.single },
          { value: 'span', label: m.span },
        ]}
      />
    </section>
  );
}
