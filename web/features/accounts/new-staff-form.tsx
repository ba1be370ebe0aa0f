import { type FormEvent, useState } from 'react';
import { createStaff } from '../../client/accounts.ts';
import { memberships as en } from '../../client/messages/en/memberships.ts';
import { memberships as zh } from '../../client/messages/zh/memberships.ts';
import { useRefusals } from '../../client/refusals.ts';
import { useTexts } from '../../client/texts.ts';
import { Button } from '../../ui/button.tsx';
import { Field, inputClass } from '../../ui/field.tsx';
import { showToast } from '../../ui/notices.tsx';
import styles from './grant-form.module.css';
import { MIN_PASSWORD_LENGTH } from './password-section.tsx';

const USERNAME = /^[a-z0-9_.]{3,30}$/;
const NOTHING = { username: '', name: '', password: '' };

/** An account for a colleague; `onCreated` gets its name, to give it a role. */
export function NewStaffForm({ onCreated }: { onCreated: (username: string) => void }) {
  const m = useTexts({ zh, en });
  const refusal = useRefusals();
  const [typed, setTyped] = useState(NOTHING);
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const username = typed.username.trim().toLowerCase();
  const faults = {
    username: USERNAME.test(username) ? null : m.usernameWrong,
    name: typed.name.trim() ? null : m.nameMissing,
    password: typed.password.length < MIN_PASSWORD_LENGTH ? m.passwordShort(MIN_PASSWORD_LENGTH) : null,
  };

  async function onSubmit(event: FormEvent): Promise<void> {
    event.preventDefault();
    setTried(true);
    setError(null);
    if (faults.username || faults.name || faults.password) return;
    setBusy(true);
    try {
      await createStaff({ username, name: typed.name.trim(), password: typed.password });
      showToast({ text: m.created(username) });
      setTyped(NOTHING);
      setTried(false);
      onCreated(username);
    } catch (failure) {
      setError(refusal(failure));
    } finally {
      setBusy(false);
    }
  }

  const fields = [
    { key: 'username', label: m.username, maxLength: 30, autoCapitalize: 'none', spellCheck: false },
    { key: 'name', label: m.name, maxLength: 60 },
    { key: 'password', label: m.password, hint: m.passwordHint(MIN_PASSWORD_LENGTH), maxLength: 128 },
  ] as const;
  return (
    <details className={styles.more}>
      <summary>{m.newStaff}</summary>
      <form className={styles.form} onSubmit={(event) => void onSubmit(event)} noValidate>
        <p className={styles.quiet}>{m.newStaffHint}</p>
        {fields.map(({ key, label, ...rest }) => {
          const { hint = undefined, ...input } = { hint: undefined, ...rest };
          return (
            <Field key={key} label={label} hint={hint} error={tried ? faults[key] : null}>
              {(control) => (
                <input
                  {...control}
                  {...input}
                  className={inputClass}
                  autoComplete="off"
                  value={typed[key]}
                  onChange={({ target }) => setTyped({ ...typed, [key]: target.value })}
                />
              )}
            </Field>
          );
        })}
        {error && <p role="alert">{error}</p>}
        <Button type="submit" disabled={busy}>
          {busy ? m.saving : m.create}
        </Button>
      </form>
    </details>
  );
}
