import { type FormEvent, useState } from 'react';
import { sendCode, verifyCode } from '../../client/accounts.ts';
import { signIn as en } from '../../client/messages/en/sign-in.ts';
import { signIn as zh } from '../../client/messages/zh/sign-in.ts';
import { useRefusals } from '../../client/refusals.ts';
import { useTexts } from '../../client/texts.ts';
import { Button } from '../../ui/button.tsx';
import { classes } from '../../ui/classes.ts';
import { Field, inputClass } from '../../ui/field.tsx';
import { readCode, readPhoneNumber, spacedPhone } from './phone-number.ts';
import styles from './sign-in.module.css';
import { useCountdown } from './use-countdown.ts';

const RESEND_MS = 60_000;

/** Phone, then code, then in. `codesInTerminal`: messages are not really sent. */
export function RiderSignIn({ codesInTerminal, onDone }: { codesInTerminal: boolean; onDone: () => void }) {
  const m = useTexts({ zh, en });
  const refusal = useRefusals();
  const [phone, setPhone] = useState('');
  const [code, setCode] = useState('');
  const [sentTo, setSentTo] = useState<string | null>(null);
  const [resendAtMs, setResendAtMs] = useState(0);
  const [error, setError] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const secondsLeft = useCountdown(resendAtMs);

  async function run(work: () => Promise<void>): Promise<void> {
    setBusy(true);
    setError(null);
    try {
      await work();
    } catch (failure) {
      setError(refusal(failure));
    } finally {
      setBusy(false);
    }
  }

  const send = (to: string) =>
    run(async () => {
      await sendCode(to);
      setSentTo(to);
      setCode('');
      setResendAtMs(Date.now() + RESEND_MS);
    });

  function onSendCode(event: FormEvent): void {
    event.preventDefault();
    const to = readPhoneNumber(phone);
    if (!to) setError(m.phoneWrong);
    else void send(to);
  }

  function onEnter(event: FormEvent): void {
    event.preventDefault();
    const typed = readCode(code);
    if (!typed || !sentTo) return setError(m.codeWrong);
    void run(async () => {
      await verifyCode(sentTo, typed);
      onDone();
    });
  }

  if (!sentTo) {
    return (
      <form className={styles.form} onSubmit={onSendCode} noValidate>
        <Field label={m.phone} hint={m.phoneHint} error={error}>
          {(control) => (
            <input
              {...control}
              className={inputClass}
              type="tel"
              inputMode="tel"
              autoComplete="tel-national"
              value={phone}
              onChange={({ target }) => setPhone(target.value)}
            />
          )}
        </Field>
        <Button type="submit" variant="primary" wide disabled={busy}>
          {busy ? m.sending : m.sendCode}
        </Button>
      </form>
    );
  }
  return (
    <form className={styles.form} onSubmit={onEnter} noValidate>
      <output className={styles.told}>
        <span>{m.codeSent(spacedPhone(sentTo))}</span>
        {codesInTerminal && <span className={styles.demoNote}>{m.inTerminal}</span>}
        <span className={styles.quiet}>{m.neverSay}</span>
      </output>
      <Field label={m.code} hint={m.codeHint} error={error}>
        {(control) => (
          <input
            {...control}
            // The one thing to do now; the field was not there before the tap.
            // oxlint-disable-next-line jsx-a11y/no-autofocus
            autoFocus
            className={classes(inputClass, styles.code)}
            inputMode="numeric"
            autoComplete="one-time-code"
            maxLength={7}
            value={code}
            onChange={({ target }) => setCode(target.value)}
          />
        )}
      </Field>
      <Button type="submit" variant="primary" wide disabled={busy}>
        {busy ? m.entering : m.enter}
      </Button>
      <div className={styles.others}>
        <Button variant="quiet" disabled={busy || secondsLeft > 0} onClick={() => void send(sentTo)}>
          {secondsLeft > 0 ? m.resendIn(secondsLeft) : m.resend}
        </Button>
        <Button
          variant="quiet"
          onClick={() => {
            setSentTo(null);
            setError(null);
          }}
        >
          {m.otherPhone}
        </Button>
      </div>
    </form>
  );
}
