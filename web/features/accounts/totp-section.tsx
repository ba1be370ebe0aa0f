import { type FormEvent, Suspense, useState } from 'react';
import { disableTotp, enableTotp, refreshSession, verifyTotp } from '../../client/accounts.ts';
import { me as en } from '../../client/messages/en/me.ts';
import { me as zh } from '../../client/messages/zh/me.ts';
import { useRefusals } from '../../client/refusals.ts';
import { useTexts } from '../../client/texts.ts';
import { Button } from '../../ui/button.tsx';
import { classes } from '../../ui/classes.ts';
import { Field, inputClass } from '../../ui/field.tsx';
import { later } from '../../ui/later.ts';
import { showToast } from '../../ui/notices.tsx';
import styles from './me.module.css';
import { readCode } from './phone-number.ts';
import { totpSecret } from './totp-secret.ts';

const QrCode = later(async () => (await import('../../ui/qr-code.tsx')).QrCode);

type Step = { at: 'rest' } | { at: 'password' } | { at: 'scan'; uri: string; backupCodes: string[] };

/** Turns the authenticator on (password, scan, first code) and off (password). For staff. */
export function TotpSection({ on, demo }: { on: boolean; demo: boolean }) {
  const { totp: m, data } = useTexts({ zh, en });
  const refusal = useRefusals();
  const [step, setStep] = useState<Step>({ at: 'rest' });
  const [typed, setTyped] = useState('');
  const [error, setError] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  function go(next: Step): void {
    setStep(next);
    setTyped('');
    setError(null);
  }

  async function onSubmit(event: FormEvent): Promise<void> {
    event.preventDefault();
    setBusy(true);
    setError(null);
    try {
      if (step.at === 'scan') {
        await verifyTotp(readCode(typed) ?? typed);
        await finish(m.done);
      } else if (on) {
        await disableTotp(typed);
        await finish(m.undone);
      } else {
        const { totpURI, backupCodes } = await enableTotp(typed);
        go({ at: 'scan', uri: totpURI, backupCodes });
      }
    } catch (failure) {
      setError(refusal(failure));
    } finally {
      setBusy(false);
    }
  }

  async function finish(text: string): Promise<void> {
    await refreshSession();
    showToast({ text });
    go({ at: 'rest' });
  }

  return (
    <section className={styles.section} aria-labelledby="my-totp">
      <h2 id="my-totp">{m.heading}</h2>
      <p className={styles.quiet}>{demo ? m.demo : on ? m.on : m.off}</p>
      {step.at === 'rest' && !demo && (
        <div>
          <Button onClick={() => go({ at: 'password' })}>{on ? m.unset : m.set}</Button>
        </div>
      )}
      {step.at !== 'rest' && (
        <form className={styles.form} onSubmit={(event) => void onSubmit(event)} noValidate>
          {step.at === 'scan' && (
            <div className={styles.scan}>
              <p>{m.scan}</p>
              <Suspense fallback={<div className={styles.qrRoom} />}>
                <QrCode text={step.uri} label={m.qrAlt} />
              </Suspense>
              <p>
                {m.secret}: <code className={styles.secret}>{totpSecret(step.uri) ?? step.uri}</code>
              </p>
              <h3>{m.backup}</h3>
              <p className={styles.quiet}>{m.backupHint}</p>
              <ul className={styles.codes}>
                {step.backupCodes.map((code) => (
                  <li key={code}>
                    <code>{code}</code>
                  </li>
                ))}
              </ul>
            </div>
          )}
          <Field key={step.at} label={step.at === 'scan' ? m.code : m.password} error={error}>
            {(control) => (
              <input
                {...control}
                className={classes(inputClass, styles.short)}
                {...(step.at === 'scan'
                  ? { inputMode: 'numeric' as const, autoComplete: 'one-time-code', maxLength: 7 }
                  : { type: 'password', autoComplete: 'current-password' })}
                value={typed}
                onChange={({ target }) => setTyped(target.value)}
              />
            )}
          </Field>
          <div className={styles.actions}>
            <Button type="submit" variant="primary" disabled={busy || !typed}>
              {step.at === 'scan' ? m.confirm : on ? m.unset : m.next}
            </Button>
            <Button onClick={() => go({ at: 'rest' })}>{data.cancel}</Button>
          </div>
        </form>
      )}
    </section>
  );
}
