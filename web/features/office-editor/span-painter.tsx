import { useId, useState } from 'react';
import { DAYS_PER_WEEK, paintCells, SLOT_MIN, SLOTS_PER_DAY, type WeekGrid } from '#domain/time/week-grid.ts';
import { Button } from '../../ui/button.tsx';
import { Chip, ChipRow } from '../../ui/chip.tsx';
import { SelectField } from '../../ui/field.tsx';
import styles from './hours-field.module.css';
import { useEditorTexts } from './use-editor-texts.ts';
import { clockWords } from './words.ts';

const WORKDAYS = [0, 1, 2, 3, 4];
const WEEKEND = [5, 6];

/** Days and two times instead of painting: for a finger, and for whoever has the hours on a sheet of paper. */
export function SpanPainter({ grid, onChange }: { grid: WeekGrid; onChange: (grid: WeekGrid) => void }) {
  const t = useEditorTexts();
  const { span } = t.hours;
  const headingId = useId();
  const [days, setDays] = useState<ReadonlySet<number>>(new Set(WORKDAYS));
  const [from, setFrom] = useState(16);
  const [to, setTo] = useState(36);
  const groups = [
    { label: span.workdays, days: WORKDAYS },
    { label: span.weekend, days: WEEKEND },
    { label: span.all, days: [...WORKDAYS, ...WEEKEND] },
  ];
  const isExactly = (wanted: readonly number[]) => wanted.length === days.size && wanted.every((day) => days.has(day));

  function paint(open: boolean): void {
    let painted = grid;
    for (const day of days) {
      const last = to > from ? to : SLOTS_PER_DAY;
      painted = paintCells(painted, { row: day, slot: from }, { row: day, slot: last - 1 }, open);
      const next = (day + 1) % DAYS_PER_WEEK;
      if (to <= from && to > 0)
        painted = paintCells(painted, { row: next, slot: 0 }, { row: next, slot: to - 1 }, open);
    }
    onChange(painted);
  }

  return (
    <section className={styles.span} aria-labelledby={headingId}>
      <h4 id={headingId}>{span.heading}</h4>
      <ChipRow label={span.days} wrap>
        {groups.map((group) => (
          <Chip
            key={group.label}
            pressed={isExactly(group.days)}
            onPressedChange={(pressed) => setDays(new Set(pressed ? group.days : []))}
          >
            {group.label}
          </Chip>
        ))}
        {t.hours.weekdays.map((name, day) => (
          <Chip
            key={name}
            pressed={days.has(day)}
            onPressedChange={(pressed) => {
              const next = new Set(days);
              if (pressed) next.add(day);
              else next.delete(day);
              setDays(next);
            }}
          >
            {name}
          </Chip>
        ))}
      </ChipRow>
      <div className={styles.spanTimes}>
        <SelectField label={span.from} value={String(from)} onChange={(value) => setFrom(Number(value))}>
          {Array.from({ length: SLOTS_PER_DAY }, (_, slot) => (
            <option key={clockWords(slot * SLOT_MIN)} value={slot}>
              {clockWords(slot * SLOT_MIN)}
            </option>
          ))}
        </SelectField>
        <SelectField label={span.to} value={String(to)} onChange={(value) => setTo(Number(value))}>
          {Array.from({ length: SLOTS_PER_DAY }, (_, index) => index + 1).map((slot) => (
            <option key={slot} value={slot}>
              {clockWords(slot * SLOT_MIN)}
              {slot <= from ? ` (${span.nextDay})` : ''}
            </option>
          ))}
        </SelectField>
        <Button icon="plus" disabled={days.size === 0} onClick={() => paint(true)}>
          {span.add}
        </Button>
        <Button icon="minus" disabled={days.size === 0} onClick={() => paint(false)}>
          {span.take}
        </Button>
      </div>
    </section>
  );
}
