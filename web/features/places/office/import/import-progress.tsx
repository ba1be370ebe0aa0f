import { useState } from 'react';
import type { ImportView } from '#domain/places/import-contract.ts';
import { stopImport } from '../../../../client/imports.ts';
import { useRefusals } from '../../../../client/refusals.ts';
import { Button } from '../../../../ui/button.tsx';
import { showToast } from '../../../../ui/notices.tsx';
import styles from './import.module.css';
import { useImportTexts } from './use-import-texts.ts';

/** How far checking or storing is, and a way to stop it. */
export function ImportProgress({
  view: { id, progress },
  state,
  onChanged,
}: {
  view: ImportView;
  state: 'checking' | 'storing';
  onChanged: () => void;
}) {
  const m = useImportTexts().progress;
  const refusal = useRefusals();
  const [stopping, setStopping] = useState(false);
  const { done, total } = progress ?? { done: 0, total: null };

  async function stop(): Promise<void> {
    setStopping(true);
    try {
      await stopImport(id);
    } catch (error) {
      setStopping(false);
      showToast({ text: refusal(error) });
    }
    onChanged();
  }

  return (
    <section className={styles.card}>
      <h2>{m[state]}</h2>
      <progress
        className={styles.progress}
        max={total ?? undefined}
        value={total ? done : undefined}
        aria-label={m[state]}
      />
      <p className={styles.quiet}>{total ? m.of(done, total) : m.done(done)}</p>
      <div className={styles.actions}>
        <Button icon="close" disabled={stopping} onClick={() => void stop()}>
          {stopping ? m.stopping : m.stop}
        </Button>
        <span className={styles.quiet}>{m.stopHint[state]}</span>
      </div>
    </section>
  );
}
