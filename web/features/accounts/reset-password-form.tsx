import { type FormEvent, useEffect, useState } from 'react';
import { lookAtReset, type ResetView, setPasswordByLink } from '../../client/accounts.ts';
import { resetPassword as en } from '../../client/messages/en/reset-password.ts';
import { resetPassword as zh } from '../../client/messages/zh/reset-password.ts';
import { useRefusals } from '../../client/refusals.ts';
import { useTexts } from '../../client/texts.ts';
import { Button } from '../../ui/button.tsx';
import { Field, inputClass } from '../../ui/field.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { timeOf } from './instant-words.ts';
import { MIN_PASSWORD_LENGTH } from './password-section.tsx';
import styles from './sign-in.module.css';

type Link = { status: 'looking' } | { status: 'void'; text: string } | { status: 'good'; view: ResetView };

/** A new password by a one-time link; nobody is signed in by it. */
export function ResetPasswordForm({ token, onDone }: { token: string; onDone: () => void }) {
  const m = useTexts({ zh, en });
  const refusal = useRefusals();
  const [link, setLink] = useState<Link>({ status: 'looking' });
  const [next, setNext] = useState('');
  const [again, setAgain] = useState('');
  const [visible, setVisible] = useState(false);
  const [error, setError] = useState<{ of: 'next' | 'again'; text: string } | null>(null);
  const [busy, setBusy] = useState(false);

  useEffect(
    function lookFirst() {
      let left = false;
      async function look(): Promise<void> {
        const known = await lookAtReset(token).then(
          (view): Link => ({ status: 'good', view }),
          (failure: unknown): Link => ({ status: 'void', text: refusal(failure) }),
        );
        if (!left) setLink(known);
      }
      void look();
      return () => {
        left = true;
      };
    },
    // Asked once per link: another language changes only the words.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
    [token],
  );

  async function onSubmit(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (next.length < MIN_PASSWORD_LENGTH) return setError({ of: 'next', text: m.tooShort(MIN_PASSWORD_LENGTH) });
    if (next !== again) return setError({ of: 'again', text: m.differs });
    setBusy(true);
    setError(null);
    try {
      await setPasswordByLink(token, next);
      onDone();
    } catch (failure) {
      setError({ of: 'next', text: refusal(failure) });
    } finally {
      setBusy(false);
    }
  }

  if (link.status === 'looking') return <Skeleton rows={3} label={m.looking} />;
  if (link.status === 'void') return <p role="alert">{link.text}</p>;
  const { name, username, expiresAt, removeSecondFactor } = link.view;
  const fields = [
    { key: 'next', label: m.next, hint: m.hint(MIN_PASSWORD_LENGTH), value: next, set: setNext },
    { key: 'again', label: m.again, hint: undefined, value: again, set: setAgain },
  ] as const;
  return (
    <form className={styles.form} onSubmit={(event) => void onSubmit(event)} noValidate>
      <div className={styles.told}>
        <p>
          <strong>{m.whose(name, username)}</strong>
        </p>
        <p className={styles.quiet}>{m.until(timeOf(expiresAt))}</p>
        <p className={styles.quiet}>{m.signsOut}</p>
        <p className={styles.quiet}>{removeSecondFactor ? m.removes : m.keeps}</p>
        <p className={styles.quiet}>{m.notYou}</p>
      </div>
      {fields.map(({ key, label, hint, value, set }) => (
        <Field key={key} label={label} hint={hint} error={error?.of === key ? error.text : null}>
          {(control) => (
            <input
              {...control}
              className={inputClass}
              type={visible ? 'text' : 'password'}
              autoComplete="new-password"
              maxLength={128}
              value={value}
              onChange={({ target }) => set(target.value)}
            />
          )}
        </Field>
      ))}
      <label className={styles.check}>
        <input type="checkbox" checked={visible} onChange={({ target }) => setVisible(target.checked)} />
        {m.show}
      </label>
      <Button type="submit" variant="primary" wide disabled={busy}>
        {busy ? m.saving : m.save}
      </Button>
    </form>
  );
}
