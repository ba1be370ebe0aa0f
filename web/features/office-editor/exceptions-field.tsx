import { useState } from 'react';
import type { DatedException } from '#domain/time/dated-exceptions.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button, IconButton } from '../../ui/button.tsx';
import { ChoiceGroup } from '../../ui/choice-group.tsx';
import { TextField } from '../../ui/field.tsx';
import styles from './hours-field.module.css';
import { useEditorTexts } from './use-editor-texts.ts';
import { clockWords, dayWords } from './words.ts';

/** Days with hours of their own: closed over a festival, or open at other times on one day. */
export function ExceptionsField({
  exceptions,
  onChange,
  today,
  nowMs,
}: {
  exceptions: readonly DatedException[];
  onChange: (exceptions: readonly DatedException[]) => void;
  today: string;
  nowMs: number;
}) {
  const t = useEditorTexts();
  const m = t.hours.exceptions;
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const [kind, setKind] = useState<'closed' | 'open'>('closed');
  const [opens, setOpens] = useState('10:00');
  const [closes, setCloses] = useState('16:00');
  const last = to || from;
  const wrong = from !== '' && last < from;

  function whenWords(exception: DatedException): string {
    const first = dayWords(exception.from, nowMs, t);
    return exception.from === exception.to ? first : `${first} – ${dayWords(exception.to, nowMs, t)}`;
  }

  function whatWords({ times, comment }: DatedException): string {
    const hours = times
      ? times.map(({ startMin, endMin }) => `${clockWords(startMin)}–${clockWords(endMin)}`).join(t.change.comma)
      : m.closed;
    return comment ? `${hours} (${comment})` : hours;
  }

  function add(): void {
    const times = kind === 'closed' ? null : [spanOf(opens, closes)];
    onChange([...exceptions, { from, to: last, times }]);
    setFrom('');
    setTo('');
  }

  return (
    <div className={styles.exceptions}>
      {exceptions.length === 0 && <p className={styles.quiet}>{m.none}</p>}
      <ul>
        {exceptions.map((exception, index) => (
          <li key={JSON.stringify(exception)}>
            <span>
              {m.line(whenWords(exception), whatWords(exception))} {exception.to < today && <Badge>{m.past}</Badge>}
            </span>
            <IconButton
              icon="close"
              label={m.remove(whenWords(exception))}
              onClick={() => onChange(exceptions.filter((_, at) => at !== index))}
            />
          </li>
        ))}
      </ul>
      <div className={styles.exceptionForm}>
        <TextField label={m.from} type="date" value={from} onChange={setFrom} />
        <TextField label={m.to} type="date" value={to} onChange={setTo} error={wrong ? m.wrong : null} />
        <ChoiceGroup
          legend={m.heading}
          value={kind}
          onChange={setKind}
          options={[
            { value: 'closed', label: m.closed },
            { value: 'open', label: m.open },
          ]}
        />
        {kind === 'open' && (
          <>
            <TextField label={m.opensAt} type="time" value={opens} onChange={setOpens} />
            <TextField label={m.closesAt} type="time" value={closes} onChange={setCloses} />
          </>
        )}
        <Button icon="plus" disabled={from === '' || wrong || (kind === 'open' && (!opens || !closes))} onClick={add}>
          {m.add}
        </Button>
      </div>
    </div>
  );
}

/** Two times of the clock; what closes before it opens closes on the next day. */
function spanOf(opens: string, closes: string): { startMin: number; endMin: number } {
  const [startMin, end] = [minutesOf(opens), minutesOf(closes)];
  return { startMin, endMin: end > startMin ? end : end + 1440 };
}

function minutesOf(time: string): number {
  const [hours, minutes] = time.split(':').map(Number);
  return hours! * 60 + minutes!;
}
