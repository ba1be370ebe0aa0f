import { type FormEvent, useState } from 'react';
import { changePassword } from '../../client/accounts.ts';
import { me as en } from '../../client/messages/en/me.ts';
import { me as zh } from '../../client/messages/zh/me.ts';
import { useRefusals } from '../../client/refusals.ts';
import { useTexts } from '../../client/texts.ts';
import { Button } from '../../ui/button.tsx';
import { classes } from '../../ui/classes.ts';
import { Field, inputClass } from '../../ui/field.tsx';
import { showToast } from '../../ui/notices.tsx';
import styles from './me.module.css';

/** As the API demands. */
export const MIN_PASSWORD_LENGTH = 12;

/** A new password for oneself; it signs other devices out. */
export function PasswordSection({ demo }: { demo: boolean }) {
  const { password: m, data } = useTexts({ zh, en });
  const refusal = useRefusals();
  const [open, setOpen] = useState(false);
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [error, setError] = useState<{ of: 'current' | 'next'; text: string } | null>(null);
  const [busy, setBusy] = useState(false);

  function shut(): void {
    setOpen(false);
    setCurrent('');
    setNext('');
    setError(null);
  }

  async function onSubmit(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (next.length < MIN_PASSWORD_LENGTH) return setError({ of: 'next', text: m.tooShort(MIN_PASSWORD_LENGTH) });
    setBusy(true);
    setError(null);
    try {
      await changePassword(current, next);
      showToast({ text: m.done });
      shut();
    } catch (failure) {
      setError({ of: 'current', text: refusal(failure) });
    } finally {
      setBusy(false);
    }
  }

  return (
    <section className={styles.section} aria-labelledby="my-password">
      <h2 id="my-password">{m.heading}</h2>
      {demo && <p className={styles.quiet}>{m.demo}</p>}
      {!demo && !open && (
        <div>
          <Button onClick={() => setOpen(true)}>{m.change}</Button>
        </div>
      )}
      {open && (
        <form className={styles.form} onSubmit={(event) => void onSubmit(event)} noValidate>
          <Field label={m.current} error={error?.of === 'current' ? error.text : null}>
            {(control) => (
              <input
                {...control}
                className={classes(inputClass, styles.short)}
                type="password"
                autoComplete="current-password"
                value={current}
                onChange={({ target }) => setCurrent(target.value)}
              />
            )}
          </Field>
          <Field label={m.next} hint={m.hint(MIN_PASSWORD_LENGTH)} error={error?.of === 'next' ? error.text : null}>
            {(control) => (
              <input
                {...control}
                className={classes(inputClass, styles.short)}
                type="password"
                autoComplete="new-password"
                value={next}
                onChange={({ target }) => setNext(target.value)}
              />
            )}
          </Field>
          <div className={styles.actions}>
            <Button type="submit" variant="primary" disabled={busy || !current || !next}>
              {m.save}
            </Button>
            <Button onClick={shut}>{data.cancel}</Button>
          </div>
        </form>
      )}
    </section>
  );
}
