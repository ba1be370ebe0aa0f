import { type FormEvent, type ReactNode, useState } from 'react';
import { disableTotp, enableTotp, newBackupCodes, refreshSession, verifyTotp } from '../../client/accounts.ts';
import { me as en } from '../../client/messages/en/me.ts';
import { me as zh } from '../../client/messages/zh/me.ts';
import { useRefusals } from '../../client/refusals.ts';
import { useTexts } from '../../client/texts.ts';
import { Button } from '../../ui/button.tsx';
import { classes } from '../../ui/classes.ts';
import { Field, inputClass } from '../../ui/field.tsx';
import { showToast } from '../../ui/notices.tsx';
import { BackupCodes } from './backup-codes.tsx';
import styles from './me.module.css';
import { readCode } from './phone-number.ts';
import { TotpScan } from './totp-scan.tsx';

type Deed = 'set' | 'unset' | 'replace' | 'newCodes';
type Step =
  | { at: 'rest' }
  | { at: 'password'; deed: Deed }
  | { at: 'scan'; uri: string; backupCodes: string[] }
  | { at: 'codes'; backupCodes: string[] };

/** Sets the authenticator up (password, scan, first code), replaces it, takes it away, and makes new backup codes. */
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

  async function finish(text: string): Promise<void> {
    await refreshSession();
    showToast({ text });
    go({ at: 'rest' });
  }

  async function withPassword(deed: Deed): Promise<void> {
    if (deed === 'newCodes') return go({ at: 'codes', ...(await newBackupCodes(typed)) });
    if (deed !== 'set') await disableTotp(typed);
    if (deed === 'unset') return finish(m.undone);
    const { totpURI, backupCodes } = await enableTotp(typed);
    // From here on a replaced one is off, also for whoever turns away from the new one.
    if (deed === 'replace') await refreshSession();
    go({ at: 'scan', uri: totpURI, backupCodes });
  }

  async function onSubmit(event: FormEvent): Promise<void> {
    event.preventDefault();
    setBusy(true);
    setError(null);
    try {
      if (step.at === 'password') await withPassword(step.deed);
      else if (step.at === 'scan') {
        await verifyTotp(readCode(typed) ?? typed);
        await finish(m.done);
      }
    } catch (failure) {
      setError(refusal(failure));
    } finally {
      setBusy(false);
    }
  }

  const hints: Partial<Record<Deed, string>> = { replace: m.replaceHint, newCodes: m.newCodesHint };
  const next: Record<Deed, string> = { set: m.next, unset: m.unset, replace: m.next, newCodes: m.newCodes };
  const deeds: readonly Deed[] = on ? ['replace', 'newCodes', 'unset'] : ['set'];

  /** One thing to type, and what is shown above it. */
  function form(label: string, submit: string, input: object, above: ReactNode) {
    return (
      <form className={styles.form} onSubmit={(event) => void onSubmit(event)} noValidate>
        {above}
        <Field key={step.at} label={label} error={error}>
          {(control) => (
            <input
              {...control}
              {...input}
              className={classes(inputClass, styles.short)}
              value={typed}
              onChange={({ target }) => setTyped(target.value)}
            />
          )}
        </Field>
        <div className={styles.actions}>
          <Button type="submit" variant="primary" disabled={busy || !typed}>
            {submit}
          </Button>
          <Button onClick={() => go({ at: 'rest' })}>{data.cancel}</Button>
        </div>
      </form>
    );
  }

  return (
    <section className={styles.section} aria-labelledby="my-totp">
      <h2 id="my-totp">{m.heading}</h2>
      <p className={styles.quiet}>{demo ? m.demo : on ? m.on : m.off}</p>
      {step.at === 'rest' && !demo && (
        <div className={styles.actions}>
          {deeds.map((deed) => (
            <Button key={deed} onClick={() => go({ at: 'password', deed })}>
              {m[deed]}
            </Button>
          ))}
        </div>
      )}
      {step.at === 'password' &&
        form(
          m.password,
          next[step.deed],
          { type: 'password', autoComplete: 'current-password' },
          hints[step.deed] && <p>{hints[step.deed]}</p>,
        )}
      {step.at === 'scan' &&
        form(
          m.code,
          m.confirm,
          { inputMode: 'numeric', autoComplete: 'one-time-code', maxLength: 7 },
          <TotpScan uri={step.uri} backupCodes={step.backupCodes} />,
        )}
      {step.at === 'codes' && (
        <>
          <BackupCodes codes={step.backupCodes} />
          <div className={styles.actions}>
            <Button variant="primary" onClick={() => go({ at: 'rest' })}>
              {m.newCodesDone}
            </Button>
          </div>
        </>
      )}
    </section>
  );
}
