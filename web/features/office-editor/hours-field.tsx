import { useState } from 'react';
import { daySlots, EMPTY_GRID, type WeekGrid } from '#domain/time/week-grid.ts';
import { Button } from '../../ui/button.tsx';
import { ChoiceGroup } from '../../ui/choice-group.tsx';
import { TextField } from '../../ui/field.tsx';
import { useLanguage } from '../../client/messages.ts';
import { ExceptionsField } from './exceptions-field.tsx';
import styles from './hours-field.module.css';
import { HOURS_PRESETS, type HoursForm, readHoursText, writeExceptions, writeGrid } from './hours-text.ts';
import { SpanPainter } from './span-painter.tsx';
import { useEditorTexts } from './use-editor-texts.ts';
import { WeekGridField } from './week-grid-field.tsx';

/** Ten to four: a guess to begin with where no weekday says better. */
const HOLIDAY_GUESS = { first: 20, last: 32 };

/** The hours of one service: painted, chosen or typed, always one and the same text of OSM `opening_hours`. */
export function HoursField({
  hours,
  onChange,
  error,
  changed,
  today,
  nowMs,
}: {
  hours: string | null;
  onChange: (hours: string | null) => void;
  error: string | null;
  changed: boolean;
  today: string;
  nowMs: number;
}) {
  const t = useEditorTexts();
  const m = t.hours;
  const english = useLanguage() === 'en';
  const form = readHoursText(hours);
  const [asking, setAsking] = useState(false);
  const grid = form.kind === 'week' || form.kind === 'empty' ? form.grid : null;
  const exceptions = form.kind === 'unreadable' ? [] : form.exceptions;
  const paint = (next: WeekGrid) => onChange(writeGrid(next, exceptions));

  function choose(text: string): void {
    // The special days of a text that is replaced by a usual one stay: they are days of the calendar.
    const chosen = readHoursText(text);
    onChange(chosen.kind === 'week' && exceptions.length ? writeExceptions(chosen, exceptions) : text);
    setAsking(false);
  }

  return (
    <div className={styles.hours}>
      <div className={styles.presets}>
        <span>{m.presets}</span>
        <Button onClick={() => choose('24/7')}>{m.always}</Button>
        {Object.entries(HOURS_PRESETS).map(([name, text]) => (
          <Button key={name} onClick={() => choose(text)}>
            {m.presetNames[name]}
          </Button>
        ))}
        <Button disabled={hours === null} onClick={() => onChange(null)}>
          {m.unknown}
        </Button>
      </div>

      <TextField
        label={m.text}
        hint={m.textHint}
        error={error}
        changed={changed}
        value={hours ?? ''}
        onChange={(text) => onChange(text === '' ? null : text)}
      />
      <FormWords form={form} english={english} />

      {grid ? (
        <>
          <WeekGridField grid={grid} onChange={paint} />
          <SpanPainter grid={grid} onChange={paint} />
          {form.kind === 'week' && <Holidays grid={grid} onChange={paint} />}
        </>
      ) : asking ? (
        <div className={styles.ask} role="alertdialog" aria-label={m.paintAnyway}>
          <p>{m.paintConfirm}</p>
          <code>{hours}</code>
          <div className={styles.askButtons}>
            <Button variant="primary" onClick={() => (onChange(writeGrid(EMPTY_GRID, exceptions)), setAsking(false))}>
              {m.paintYes}
            </Button>
            <Button onClick={() => setAsking(false)}>{m.paintNo}</Button>
          </div>
        </div>
      ) : (
        <Button onClick={() => setAsking(true)}>{m.paintAnyway}</Button>
      )}

      <details className={styles.more} open={exceptions.length > 0}>
        <summary>
          {m.exceptions.heading}
          {exceptions.length > 0 && ` · ${exceptions.length}`}
        </summary>
        {form.kind === 'week' || form.kind === 'text' ? (
          <ExceptionsField
            exceptions={exceptions}
            today={today}
            nowMs={nowMs}
            onChange={(next) => onChange(writeExceptions(form, next))}
          />
        ) : (
          <p className={styles.quiet}>{m.exceptions.needsHours}</p>
        )}
      </details>
    </div>
  );
}

/** What the text means for riders, where that is not plain from the week. */
function FormWords({ form, english }: { form: HoursForm; english: boolean }) {
  const m = useEditorTexts().hours;
  if (form.kind === 'unreadable') {
    return (
      <output className={styles.warning}>
        {m.unreadable} {english && m.unreadableAt(form.message)}
      </output>
    );
  }
  if (form.kind === 'text') return <output className={styles.note}>{m.beyondGrid}</output>;
  if (form.kind === 'empty') return <p className={styles.quiet}>{m.notKnownYet}</p>;
  const never = !form.grid.slots.some(Boolean) && typeof form.grid.holidays === 'string';
  return never ? <output className={styles.warning}>{m.neverOpen}</output> : null;
}

function Holidays({ grid, onChange }: { grid: WeekGrid; onChange: (grid: WeekGrid) => void }) {
  const m = useEditorTexts().hours.holidays;
  const chosen = typeof grid.holidays === 'string' ? grid.holidays : 'own';

  function choose(choice: 'as_weekday' | 'closed' | 'own'): void {
    if (choice !== 'own') return onChange({ ...grid, holidays: choice });
    const sunday = daySlots(grid, 6);
    const guess = sunday.map((_, slot) => slot >= HOLIDAY_GUESS.first && slot < HOLIDAY_GUESS.last);
    onChange({ ...grid, holidays: sunday.some(Boolean) ? sunday : guess });
  }

  return (
    <div>
      <ChoiceGroup
        legend={m.legend}
        value={chosen}
        onChange={choose}
        options={[
          { value: 'as_weekday', label: m.as_weekday },
          { value: 'closed', label: m.closed },
          { value: 'own', label: m.own },
        ]}
      />
      {chosen !== 'as_weekday' && <p className={styles.quiet}>{m.hint}</p>}
    </div>
  );
}
