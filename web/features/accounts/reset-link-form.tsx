import { type FormEvent, useState } from 'react';
import { makeReset } from '../../client/accounts.ts';
import { memberships as en } from '../../client/messages/en/memberships.ts';
import { memberships as zh } from '../../client/messages/zh/memberships.ts';
import { officePaths } from '../../client/office-paths.ts';
import { useRefusals } from '../../client/refusals.ts';
import { useTexts } from '../../client/texts.ts';
import { Button } from '../../ui/button.tsx';
import { classes } from '../../ui/classes.ts';
import { Field, inputClass } from '../../ui/field.tsx';
import { showToast } from '../../ui/notices.tsx';
import styles from './grant-form.module.css';
import { timeOf } from './instant-words.ts';
import { isReason } from './reason.ts';

const NOTHING = { username: '', reason: '', removeSecondFactor: false };

/** A one-time link for a colleague who cannot sign in any more. It is shown once, to be handed over. */
export function ResetLinkForm() {
  const { reset: m, usernameMissing } = useTexts({ zh, en });
  const refusal = useRefusals();
  const [typed, setTyped] = useState(NOTHING);
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const [made, setMade] = useState<{ username: string; link: string; until: string } | null>(null);
  const username = typed.username.trim();

  async function onSubmit(event: FormEvent): Promise<void> {
    event.preventDefault();
    setTried(true);
    setError(null);
    if (!username || !isReason(typed.reason)) return;
    setBusy(true);
    try {
      const { token, expiresAt } = await makeReset({ ...typed, username, reason: typed.reason.trim() });
      const link = window.location.origin + officePaths.resetPassword(token);
      setMade({ username, link, until: timeOf(expiresAt) });
      setTyped(NOTHING);
      setTried(false);
    } catch (failure) {
      setError(refusal(failure));
    } finally {
      setBusy(false);
    }
  }

  async function copy(link: string): Promise<void> {
    // Only secure origins have it; elsewhere the link is selected by a tap.
    await navigator.clipboard?.writeText(link);
    showToast({ text: m.copied });
  }

  return (
    <details className={styles.more}>
      <summary>{m.open}</summary>
      {made ? (
        <div className={classes(styles.form, styles.made)}>
          <output className={styles.wide}>{m.done(made.username, made.until)}</output>
          <Field label={m.link}>
            {(control) => (
              <input
                {...control}
                className={inputClass}
                readOnly
                value={made.link}
                onFocus={({ target }) => target.select()}
              />
            )}
          </Field>
          {'clipboard' in navigator && (
            <Button variant="primary" onClick={() => void copy(made.link)}>
              {m.copy}
            </Button>
          )}
          <Button onClick={() => setMade(null)}>{m.another}</Button>
        </div>
      ) : (
        <form className={styles.form} aria-label={m.open} onSubmit={(event) => void onSubmit(event)} noValidate>
          <p className={styles.quiet}>{m.lead}</p>
          <Field label={m.username} error={tried && !username ? usernameMissing : null}>
            {(control) => (
              <input
                {...control}
                className={inputClass}
                autoComplete="off"
                autoCapitalize="none"
                spellCheck={false}
                maxLength={30}
                value={typed.username}
                onChange={({ target }) => setTyped({ ...typed, username: target.value })}
              />
            )}
          </Field>
          <Field label={m.reason} hint={m.reasonHint} error={tried && !isReason(typed.reason) ? m.reasonMissing : null}>
            {(control) => (
              <input
                {...control}
                className={inputClass}
                autoComplete="off"
                maxLength={500}
                value={typed.reason}
                onChange={({ target }) => setTyped({ ...typed, reason: target.value })}
              />
            )}
          </Field>
          <label className={styles.check}>
            <input
              type="checkbox"
              checked={typed.removeSecondFactor}
              onChange={({ target }) => setTyped({ ...typed, removeSecondFactor: target.checked })}
            />
            {m.removeSecondFactor}
          </label>
          {error && <p role="alert">{error}</p>}
          <Button type="submit" disabled={busy}>
            {busy ? m.making : m.make}
          </Button>
        </form>
      )}
    </details>
  );
}
