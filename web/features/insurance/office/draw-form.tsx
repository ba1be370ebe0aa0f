import { type FormEvent, useState } from 'react';
import type { SampleView } from '#domain/insurance/review-contract.ts';
import { addDays } from '#domain/time/shanghai.ts';
import { drawSample } from '../../../client/insurance-office.ts';
import { useInsuranceRefusals } from '../../../client/insurance-refusals.ts';
import { officeFairness as en } from '../../../client/messages/en/office-fairness.ts';
import { officeFairness as zh } from '../../../client/messages/zh/office-fairness.ts';
import { randomUuid } from '../../../client/random-uuid.ts';
import { useTexts } from '../../../client/texts.ts';
import { Button } from '../../../ui/button.tsx';
import { TextField } from '../../../ui/field.tsx';
import styles from './desk.module.css';

/** Draws a sample of decided claims: by seed, so that it can be drawn again identically. */
export function DrawForm({ today, onDrawn }: { today: string; onDrawn: (sample: SampleView) => void }) {
  const { samples: m } = useTexts({ zh, en });
  const refusal = useInsuranceRefusals();
  const [id] = useState(randomUuid);
  const [seed, setSeed] = useState('');
  const [size, setSize] = useState('10');
  const [value, setValue] = useState('50');
  const [fromDay, setFromDay] = useState(addDays(today, -90));
  const [toDay, setToDay] = useState(addDays(today, -1));
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const faults = {
    seed: seed.trim() ? null : m.missing,
    size: wholeIn(size, 1, 1000) === null ? m.sizeWrong : null,
    value: wholeIn(value, 0, 100) === null ? m.valueWrong : null,
    days: fromDay && toDay && fromDay <= toDay ? null : m.daysWrong,
  };

  async function onSubmit(event: FormEvent): Promise<void> {
    event.preventDefault();
    setTried(true);
    if (Object.values(faults).some((fault) => fault !== null)) return;
    setBusy(true);
    setError(null);
    try {
      const drawn = { seed: seed.trim(), size: Number(size), valuePercent: Number(value), fromDay, toDay };
      onDrawn(await drawSample({ id, ...drawn }));
    } catch (failure) {
      setError(refusal(failure));
      setBusy(false);
    }
  }

  return (
    <form className={styles.part} aria-label={m.draw} noValidate onSubmit={(event) => void onSubmit(event)}>
      <div className={styles.fields}>
        <TextField
          label={m.seed}
          hint={m.seedHint}
          value={seed}
          error={tried ? faults.seed : null}
          onChange={(text) => setSeed(text.slice(0, 100))}
        />
        <TextField
          label={m.size}
          inputMode="numeric"
          value={size}
          error={tried ? faults.size : null}
          onChange={setSize}
        />
        <TextField
          label={m.value}
          hint={m.valueHint}
          inputMode="numeric"
          value={value}
          error={tried ? faults.value : null}
          onChange={setValue}
        />
        <TextField label={m.from} type="date" value={fromDay} onChange={setFromDay} />
        <TextField label={m.to} type="date" value={toDay} error={tried ? faults.days : null} onChange={setToDay} />
      </div>
      {error && (
        <p role="alert" className={styles.warning}>
          {error}
        </p>
      )}
      <div>
        <Button type="submit" variant="primary" disabled={busy} aria-busy={busy}>
          {busy ? m.going : m.go}
        </Button>
      </div>
    </form>
  );
}

function wholeIn(text: string, least: number, most: number): number | null {
  const number = /^\d{1,4}$/.test(text.trim()) ? Number(text) : null;
  return number !== null && number >= least && number <= most ? number : null;
}
