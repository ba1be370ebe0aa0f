import { useState } from 'react';
import type { EmployerFileView } from '#domain/insurance/employer-file-contract.ts';
import { confirmWorkers } from '../../../client/employer-files.ts';
import { Button } from '../../../ui/button.tsx';
import styles from './employer.module.css';
import { DiscardList } from './discard-list.tsx';
import { yuan } from './employer-words.ts';
import { useEmployerRefusals, useEmployerTexts } from './use-employer-texts.ts';

/** The last look before the days are held. */
export function ConfirmList({ file, onChanged }: { file: EmployerFileView; onChanged: () => void }) {
  const m = useEmployerTexts().confirm;
  const refusal = useEmployerRefusals();
  const [leaveOut, setLeaveOut] = useState(false);
  const [know, setKnow] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const { good, bad } = file.counts;

  async function confirm(): Promise<void> {
    const missing = bad > 0 && !leaveOut ? m.leaveOutNeeded : know ? null : m.knowNeeded;
    setError(missing);
    if (missing) return;
    setBusy(true);
    try {
      await confirmWorkers(file.id, { leaveBadRowsOut: leaveOut, ownFen: file.ownFen, workersKnow: true });
    } catch (failure) {
      setError(refusal(failure));
    }
    setBusy(false);
    onChanged();
  }

  return (
    <section className={styles.card} aria-labelledby="confirm-list">
      <h2 id="confirm-list">{m.heading}</h2>
      {good === 0 ? (
        <p>{m.nothing}</p>
      ) : (
        <>
          {bad > 0 && (
            <label className={styles.check}>
              <input type="checkbox" checked={leaveOut} onChange={({ target }) => setLeaveOut(target.checked)} />
              {m.leaveOut(bad)}
            </label>
          )}
          <label className={styles.check}>
            <input type="checkbox" checked={know} onChange={({ target }) => setKnow(target.checked)} />
            {m.know}
          </label>
        </>
      )}
      {error && (
        <p role="alert" className={styles.notice}>
          {error}
        </p>
      )}
      <div className={styles.actions}>
        {good > 0 && (
          <Button variant="primary" disabled={busy} onClick={() => void confirm()}>
            {m.go(yuan(file.ownFen))}
          </Button>
        )}
        <DiscardList id={file.id} onChanged={onChanged} />
      </div>
    </section>
  );
}
