import { type FormEvent, type ReactNode, useState } from 'react';
import { type Role, ROLE_HOME, ROLES } from '#domain/accounts/roles.ts';
import { grantMembership } from '../../client/accounts.ts';
import { memberships as en } from '../../client/messages/en/memberships.ts';
import { roles as rolesEn } from '../../client/messages/en/roles.ts';
import { memberships as zh } from '../../client/messages/zh/memberships.ts';
import { roles as rolesZh } from '../../client/messages/zh/roles.ts';
import { useRefusals } from '../../client/refusals.ts';
import { useTexts } from '../../client/texts.ts';
import { Button } from '../../ui/button.tsx';
import { Field, inputClass } from '../../ui/field.tsx';
import { showToast } from '../../ui/notices.tsx';
import styles from './grant-form.module.css';

/** A role for a person by their account's name, and where it is held, as the role needs it. */
export function GrantForm({
  organisations,
  areas,
  initialUsername,
  onGranted,
}: {
  organisations: readonly { id: string; name: string }[];
  /** Streets and districts as options of a select. */
  areas: ReactNode;
  /** Of an account that was just made. */
  initialUsername: string;
  onGranted: () => void;
}) {
  const m = useTexts({ zh, en });
  const roles = useTexts({ zh: rolesZh, en: rolesEn });
  const refusal = useRefusals();
  const [username, setUsername] = useState(initialUsername);
  const [role, setRole] = useState<Role>('officer');
  const [home, setHome] = useState('');
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const kind = ROLE_HOME[role];

  async function onSubmit(event: FormEvent): Promise<void> {
    event.preventDefault();
    setTried(true);
    setError(null);
    if (!username.trim() || (kind !== 'none' && !home)) return;
    setBusy(true);
    try {
      await grantMembership({
        username: username.trim(),
        role,
        ...(kind === 'organisation' && { organisationId: home }),
        ...(kind === 'jurisdiction' && { jurisdictionCode: home }),
      });
      showToast({ text: m.granted });
      setUsername('');
      setTried(false);
      onGranted();
    } catch (failure) {
      setError(refusal(failure));
    } finally {
      setBusy(false);
    }
  }

  return (
    <form className={styles.form} aria-labelledby="grant-a-role" onSubmit={(event) => void onSubmit(event)} noValidate>
      <h2 id="grant-a-role">{m.grant}</h2>
      <Field label={m.username} hint={m.usernameHint} error={tried && !username.trim() ? m.usernameMissing : null}>
        {(control) => (
          <input
            {...control}
            className={inputClass}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            maxLength={30}
            value={username}
            onChange={({ target }) => setUsername(target.value)}
          />
        )}
      </Field>
      <Field label={m.role}>
        {(control) => (
          <select
            {...control}
            className={inputClass}
            value={role}
            onChange={({ target }) => {
              setRole(target.value as Role);
              setHome('');
            }}
          >
            {ROLES.map((one) => (
              <option key={one} value={one}>
                {roles[one]}
              </option>
            ))}
          </select>
        )}
      </Field>
      {kind !== 'none' && (
        <Field
          label={kind === 'organisation' ? m.organisation : m.jurisdiction}
          error={tried && !home ? m.chooseMissing : null}
        >
          {(control) => (
            <select {...control} className={inputClass} value={home} onChange={({ target }) => setHome(target.value)}>
              <option value="">{m.choose}</option>
              {kind === 'organisation'
                ? organisations.map(({ id, name }) => (
                    <option key={id} value={id}>
                      {name}
                    </option>
                  ))
                : areas}
            </select>
          )}
        </Field>
      )}
      {error && <p role="alert">{error}</p>}
      <Button type="submit" variant="primary" disabled={busy}>
        {busy ? m.saving : m.save}
      </Button>
    </form>
  );
}
