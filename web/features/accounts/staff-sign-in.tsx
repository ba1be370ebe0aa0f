import { type FormEvent, useRef, useState } from 'react';
import { signInByName, type SignInOptions, verifyBackupCode, verifyTotp } from '../../client/accounts.ts';
import { roles as rolesEn } from '../../client/messages/en/roles.ts';
import { signIn as en } from '../../client/messages/en/sign-in.ts';
import { roles as rolesZh } from '../../client/messages/zh/roles.ts';
import { signIn as zh } from '../../client/messages/zh/sign-in.ts';
import { useRefusals } from '../../client/refusals.ts';
import { useTexts } from '../../client/texts.ts';
import { Button } from '../../ui/button.tsx';
import { classes } from '../../ui/classes.ts';
import { Field, inputClass } from '../../ui/field.tsx';
import { readCode } from './phone-number.ts';
import styles from './sign-in.module.css';

/** Name and password, then the authenticator's code where it is asked for. */
export function StaffSignIn({ options, onDone }: { options: SignInOptions | null; onDone: () => void }) {
  const m = useTexts({ zh, en });
  const roles = useTexts({ zh: rolesZh, en: rolesEn });
  const refusal = useRefusals();
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const [visible, setVisible] = useState(false);
  const [step, setStep] = useState<'name' | 'totp' | 'backup'>('name');
  const [code, setCode] = useState('');
  const [error, setError] = useState<{ of: 'username' | 'password' | 'code'; text: string } | null>(null);
  const [busy, setBusy] = useState(false);
  const enter = useRef<HTMLButtonElement>(null);
  const errorOf = (field: 'username' | 'password' | 'code') => (error?.of === field ? error.text : null);

  async function run(work: () => Promise<void>): Promise<void> {
    setBusy(true);
    setError(null);
    try {
      await work();
    } catch (failure) {
      setError({ of: step === 'name' ? 'password' : 'code', text: refusal(failure) });
    } finally {
      setBusy(false);
    }
  }

  function onName(event: FormEvent): void {
    event.preventDefault();
    if (!username.trim()) return setError({ of: 'username', text: m.usernameMissing });
    if (!password) return setError({ of: 'password', text: m.passwordMissing });
    void run(async () => {
      const { secondStep } = await signInByName(username.trim(), password);
      if (secondStep) setStep('totp');
      else onDone();
    });
  }

  function onCode(event: FormEvent): void {
    event.preventDefault();
    const typed = step === 'backup' ? code.trim() : readCode(code);
    if (!typed) return setError({ of: 'code', text: step === 'backup' ? m.backupCodeMissing : m.codeWrong });
    void run(async () => {
      await (step === 'backup' ? verifyBackupCode(typed) : verifyTotp(typed));
      onDone();
    });
  }

  if (step !== 'name') {
    return (
      <form className={styles.form} onSubmit={onCode} noValidate>
        <Field
          key={step}
          label={step === 'backup' ? m.backupCode : m.secondStep}
          hint={step === 'backup' ? m.backupCodeHint : m.secondStepHint}
          error={errorOf('code')}
        >
          {(control) => (
            <input
              {...control}
              // The one thing to do now; the field was not there before the tap.
              // oxlint-disable-next-line jsx-a11y/no-autofocus
              autoFocus
              className={classes(inputClass, styles.code)}
              {...(step === 'backup'
                ? { autoComplete: 'off', maxLength: 40 }
                : { inputMode: 'numeric' as const, autoComplete: 'one-time-code', maxLength: 7 })}
              value={code}
              onChange={({ target }) => setCode(target.value)}
            />
          )}
        </Field>
        <Button type="submit" variant="primary" wide disabled={busy}>
          {busy ? m.entering : m.enter}
        </Button>
        <Button
          variant="quiet"
          onClick={() => {
            setStep(step === 'backup' ? 'totp' : 'backup');
            setCode('');
            setError(null);
          }}
        >
          {step === 'backup' ? m.useTotp : m.useBackup}
        </Button>
        <Button
          variant="quiet"
          onClick={() => {
            setStep('name');
            setCode('');
            setError(null);
          }}
        >
          {m.startAgain}
        </Button>
      </form>
    );
  }
  return (
    <>
      <form className={styles.form} onSubmit={onName} noValidate>
        <Field label={m.username} error={errorOf('username')}>
          {(control) => (
            <input
              {...control}
              className={inputClass}
              autoComplete="username"
              autoCapitalize="none"
              spellCheck={false}
              value={username}
              onChange={({ target }) => setUsername(target.value)}
            />
          )}
        </Field>
        <Field label={m.password} error={errorOf('password')}>
          {(control) => (
            <input
              {...control}
              className={inputClass}
              type={visible ? 'text' : 'password'}
              autoComplete="current-password"
              value={password}
              onChange={({ target }) => setPassword(target.value)}
            />
          )}
        </Field>
        <label className={styles.check}>
          <input type="checkbox" checked={visible} onChange={({ target }) => setVisible(target.checked)} />
          {m.showPassword}
        </label>
        <Button ref={enter} type="submit" variant="primary" wide disabled={busy}>
          {busy ? m.entering : m.enter}
        </Button>
        <p className={styles.quiet}>{m.forgotten}</p>
      </form>
      {options && options.demoAccounts.length > 0 && (
        <section className={styles.demo} aria-labelledby="demo-accounts">
          <h2 id="demo-accounts">{m.demo}</h2>
          {options.demoPassword && <p className={styles.quiet}>{m.demoHint(options.demoPassword)}</p>}
          <ul className={styles.accounts}>
            {options.demoAccounts.map((account) => (
              <li key={account.username}>
                <Button
                  wide
                  aria-pressed={username === account.username}
                  className={styles.account}
                  onClick={() => {
                    setUsername(account.username);
                    setPassword(options.demoPassword ?? '');
                    setError(null);
                    enter.current?.focus();
                  }}
                >
                  <span>{roles[account.role]}</span>
                  <code>{account.username}</code>
                </Button>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}
