import { Suspense, useState } from 'react';
import type { EmployerFileView } from '#domain/insurance/employer-file-contract.ts';
import { simulateWorkersPayment, startWorkersPayment } from '../../../client/employer-files.ts';
import { Button, ButtonLink } from '../../../ui/button.tsx';
import { later } from '../../../ui/later.ts';
import styles from './employer.module.css';
import { DiscardList } from './discard-list.tsx';
import { momentOf, yuan } from './employer-words.ts';
import { useEmployerRefusals, useEmployerTexts } from './use-employer-texts.ts';

const QrCode = later(async () => (await import('../../../ui/qr-code.tsx')).QrCode);

/** All days are held: one payment insures them. The page around it asks again until it is there. */
export function PayList({ file, onChanged }: { file: EmployerFileView; onChanged: () => void }) {
  const m = useEmployerTexts().pay;
  const refusal = useEmployerRefusals();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const [links, setLinks] = useState<EmployerFileView['payment']>(null);
  const { payment } = file;
  const isSimulated = payment?.provider === 'simulated';

  async function run(work: () => Promise<EmployerFileView>): Promise<void> {
    setBusy(true);
    setError(null);
    try {
      setLinks((await work()).payment);
    } catch (failure) {
      setError(refusal(failure));
    }
    setBusy(false);
    onChanged();
  }

  return (
    <section className={styles.card} aria-labelledby="pay-list">
      <h2 id="pay-list">{m.heading(yuan(file.ownFen))}</h2>
      {file.heldUntil && <p>{m.until(momentOf(file.heldUntil))}</p>}
      {isSimulated && <p className={styles.notice}>{m.simulated}</p>}
      {error && (
        <p role="alert" className={styles.notice}>
          {error}
        </p>
      )}
      {links?.codeUrl && (
        <div className={styles.code}>
          <p>{m.code}</p>
          <Suspense fallback={null}>
            <QrCode text={links.codeUrl} label={m.code} />
          </Suspense>
        </div>
      )}
      {links?.payUrl && <ButtonLink href={links.payUrl}>{m.open}</ButtonLink>}
      <div className={styles.actions}>
        {isSimulated ? (
          <Button variant="primary" disabled={busy} onClick={() => void run(() => simulateWorkersPayment(file.id))}>
            {busy ? m.busy : m.simulate}
          </Button>
        ) : (
          !links && (
            <Button variant="primary" disabled={busy} onClick={() => void run(() => startWorkersPayment(file.id))}>
              {busy ? m.busy : m.open}
            </Button>
          )
        )}
        <DiscardList id={file.id} onChanged={onChanged} />
      </div>
      {!isSimulated && <p className={styles.quiet}>{m.wait}</p>}
    </section>
  );
}
